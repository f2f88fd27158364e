//! Authorization: every route of the router, for every role, on every kind of object.
//!
//! A route that is not in the table fails, and so does a line of the table without a route. A
//! refused request must not change anything.

mod allocations;
mod contact_files;
mod lists;
mod malformed_ids;
mod published;
mod world;

use promise_console::route_list;
use promise_services::StaffRole;

use world::{Object, World};

/// What a route is about, which decides who may use it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    /// Any caller, anonymous ones too: signing in.
    Anonymous,
    /// Any signed-in caller, about their own account.
    OwnAccount,
    /// Viewing a young person.
    See,
    /// Changing something about a young person.
    Change,
    /// Changing the label of a young person in the caller's own caseload.
    Label,
    /// Changing a card.
    Card,
    /// The list of young people.
    People,
    /// The list of cards.
    Cards,
    /// The address book as a whole.
    AddressBook,
    /// An entry of the address book.
    Entry,
    /// Merging or removing an entry.
    RemoveEntry,
    /// Starting a hand-over.
    HandOver,
    /// The log.
    Log,
    /// Staff accounts: the list.
    Staff,
    /// Staff accounts: one of them, or a request about one.
    OneOfStaff,
    /// Emergencies at sign-ins.
    Emergencies,
    /// Caseloads in figures, and young people without an adviser.
    Teams,
    /// Adding young people.
    AddPeople,
    /// Assigning an adviser, and changing a reference.
    AssignAdviser,
    /// Exporting the log.
    ExportLog,
    /// Exporting the caseload.
    ExportPeople,
    /// Exporting everything that is held about a young person.
    SubjectAccess,
    /// Viewing the published content or the draft, as a whole or one record of it.
    SeePublished,
    /// Editing the draft.
    Edit,
    /// Publishing the draft.
    Publish,
}

/// Every route but those of published content, which are beside the drafts that they need.
const TABLE: &[(&str, &str, Class)] = &[
    ("GET", "/console/sign-in", Class::Anonymous),
    ("POST", "/console/sign-in", Class::Anonymous),
    ("GET", "/console/sign-in/code", Class::Anonymous),
    ("POST", "/console/sign-in/code", Class::Anonymous),
    ("GET", "/console/sign-in/authenticator", Class::Anonymous),
    ("POST", "/console/sign-in/authenticator", Class::Anonymous),
    ("GET", "/console/welcome/{token}", Class::Anonymous),
    ("POST", "/console/welcome/{token}", Class::Anonymous),
    ("GET", "/console/accessibility", Class::Anonymous),
    ("GET", "/console/assets/{file}", Class::Anonymous),
    ("GET", "/console", Class::Anonymous),
    ("GET", "/console/again", Class::OwnAccount),
    ("POST", "/console/again", Class::OwnAccount),
    ("GET", "/console/account", Class::OwnAccount),
    ("POST", "/console/account/codes", Class::OwnAccount),
    ("POST", "/console/sign-out", Class::OwnAccount),
    ("GET", "/console/people", Class::People),
    ("GET", "/console/people/{person}", Class::See),
    ("GET", "/console/people/{person}/invite", Class::Change),
    ("POST", "/console/people/{person}/invite", Class::Change),
    ("GET", "/console/people/{person}/codes/{code}", Class::Change),
    ("POST", "/console/people/{person}/codes/{code}", Class::Change),
    ("GET", "/console/people/{person}/label", Class::Label),
    ("POST", "/console/people/{person}/label", Class::Label),
    ("GET", "/console/people/{person}/relink", Class::Change),
    ("POST", "/console/people/{person}/relink", Class::Change),
    ("GET", "/console/people/{person}/phones/{phone}/confirm", Class::Change),
    ("POST", "/console/people/{person}/phones/{phone}/confirm", Class::Change),
    ("GET", "/console/people/{person}/phones/{phone}/unpair", Class::Change),
    ("POST", "/console/people/{person}/phones/{phone}/unpair", Class::Change),
    ("GET", "/console/people/{person}/asks/{ask}", Class::Change),
    ("POST", "/console/people/{person}/asks/{ask}", Class::Change),
    ("GET", "/console/people/{person}/appointments/new", Class::Change),
    ("POST", "/console/people/{person}/appointments/new", Class::Change),
    ("GET", "/console/people/{person}/appointments/{id}", Class::Change),
    ("POST", "/console/people/{person}/appointments/{id}", Class::Change),
    ("POST", "/console/people/{person}/appointments/{id}/cancel", Class::Change),
    ("GET", "/console/people/{person}/timescales/{timescale}", Class::Change),
    ("POST", "/console/people/{person}/timescales/{timescale}", Class::Change),
    ("GET", "/console/people/{person}/contacts", Class::See),
    ("GET", "/console/people/{person}/contacts/give", Class::Change),
    ("POST", "/console/people/{person}/contacts/give", Class::Change),
    ("GET", "/console/people/{person}/contacts/new", Class::Change),
    ("POST", "/console/people/{person}/contacts/new", Class::Change),
    ("GET", "/console/people/{person}/contacts/only", Class::Change),
    ("POST", "/console/people/{person}/contacts/only", Class::Change),
    ("POST", "/console/people/{person}/contacts/order", Class::Change),
    ("GET", "/console/people/{person}/contacts/{entry}/end", Class::Change),
    ("POST", "/console/people/{person}/contacts/{entry}/end", Class::Change),
    ("POST", "/console/people/{person}/keep/{staff}", Class::Change),
    ("GET", "/console/cards", Class::Cards),
    ("GET", "/console/cards/{staff}", Class::Card),
    // Before the form of the card, which leaves no details to check.
    ("POST", "/console/cards/{staff}/check", Class::Card),
    ("POST", "/console/cards/{staff}", Class::Card),
    ("GET", "/console/cards/{staff}/leave", Class::Card),
    ("POST", "/console/cards/{staff}/leave", Class::Card),
    ("GET", "/console/cards/{staff}/phones", Class::Card),
    ("GET", "/console/cards/{staff}/phones/list", Class::Card),
    ("GET", "/console/address-book", Class::AddressBook),
    ("GET", "/console/address-book/import", Class::AddressBook),
    ("POST", "/console/address-book/import", Class::AddressBook),
    ("GET", "/console/address-book/import/check", Class::AddressBook),
    ("POST", "/console/address-book/import/check", Class::AddressBook),
    ("POST", "/console/address-book/import/discard", Class::AddressBook),
    ("GET", "/console/address-book/{entry}", Class::Entry),
    ("POST", "/console/address-book/{entry}/check", Class::Entry),
    ("POST", "/console/address-book/{entry}", Class::Entry),
    ("GET", "/console/address-book/{entry}/leave", Class::Entry),
    ("POST", "/console/address-book/{entry}/leave", Class::Entry),
    ("GET", "/console/address-book/{entry}/phones", Class::Entry),
    ("GET", "/console/address-book/{entry}/phones/list", Class::Entry),
    ("GET", "/console/address-book/{entry}/remove", Class::RemoveEntry),
    // Last: nothing of the entry is left after it.
    ("POST", "/console/address-book/{entry}/remove", Class::RemoveEntry),
    ("GET", "/console/hand-over", Class::HandOver),
    ("POST", "/console/hand-over", Class::Card),
    ("POST", "/console/hand-over/confirm", Class::Card),
    ("GET", "/console/log", Class::Log),
    ("GET", "/console/staff", Class::Staff),
    ("GET", "/console/staff/{staff}/sign-in", Class::OneOfStaff),
    ("POST", "/console/staff/{staff}/sign-in", Class::OneOfStaff),
    ("GET", "/console/team", Class::Teams),
    ("GET", "/console/unassigned", Class::Teams),
    ("POST", "/console/unassigned", Class::AssignAdviser),
    ("POST", "/console/unassigned/confirm", Class::AssignAdviser),
    ("GET", "/console/allocations", Class::AddPeople),
    ("POST", "/console/allocations", Class::AddPeople),
    ("POST", "/console/allocations/apply", Class::AddPeople),
    ("GET", "/console/people/new", Class::AddPeople),
    ("POST", "/console/people/new", Class::AddPeople),
    ("GET", "/console/people/{person}/adviser", Class::AssignAdviser),
    ("POST", "/console/people/{person}/adviser", Class::AssignAdviser),
    ("GET", "/console/people/{person}/reference", Class::AssignAdviser),
    ("POST", "/console/people/{person}/reference", Class::AssignAdviser),
    ("GET", "/console/people/{person}/export", Class::SubjectAccess),
    ("POST", "/console/people/{person}/export", Class::SubjectAccess),
    ("GET", "/console/log/check", Class::Log),
    ("POST", "/console/log/check", Class::Log),
    ("GET", "/console/export", Class::ExportLog),
    ("POST", "/console/export/log", Class::ExportLog),
    ("POST", "/console/export/people", Class::ExportPeople),
    ("GET", "/console/staff/new", Class::Staff),
    ("POST", "/console/staff/new", Class::Staff),
    ("GET", "/console/staff/{staff}", Class::OneOfStaff),
    ("GET", "/console/staff/{staff}/role", Class::OneOfStaff),
    ("POST", "/console/staff/{staff}/role", Class::OneOfStaff),
    ("GET", "/console/staff/{staff}/handle", Class::OneOfStaff),
    ("POST", "/console/staff/{staff}/handle", Class::OneOfStaff),
    // Deactivated and then reactivated, so that the account works for the routes that follow.
    ("GET", "/console/staff/{staff}/deactivate", Class::OneOfStaff),
    ("POST", "/console/staff/{staff}/deactivate", Class::OneOfStaff),
    ("GET", "/console/staff/{staff}/reactivate", Class::OneOfStaff),
    ("POST", "/console/staff/{staff}/reactivate", Class::OneOfStaff),
    ("GET", "/console/staff/requests/{request}", Class::OneOfStaff),
    ("POST", "/console/staff/requests/{request}", Class::OneOfStaff),
    // The emergency leaves the account of its administrator as it is.
    ("GET", "/console/staff/{staff}/emergency", Class::OneOfStaff),
    ("POST", "/console/staff/{staff}/emergency", Class::OneOfStaff),
    ("GET", "/console/emergencies", Class::Emergencies),
    ("GET", "/console/notices", Class::OwnAccount),
    ("POST", "/console/notices", Class::OwnAccount),
];

/// Every line of the table.
fn table() -> impl Iterator<Item = &'static (&'static str, &'static str, Class)> {
    TABLE.iter().chain(published::ROUTES).chain(lists::ROUTES)
}

/// The expected result of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expected {
    Done,
    /// 403: the role may not do this.
    Role,
    /// 404: for this caller, the object does not exist.
    Nothing,
}

#[expect(clippy::match_same_arms, reason = "a table: each row is a rule of its own")]
fn expected(class: Class, role: StaffRole, object: Object) -> Expected {
    use Class as C;
    use Expected::{Done, Nothing, Role as NoRole};
    use Object as O;
    use StaffRole::{Administrator, Adviser, Auditor, Editor, Manager, Publisher};
    let in_council = matches!(object, O::Own | O::Other);
    match (class, role) {
        (C::Anonymous | C::OwnAccount, _) => Done,
        (C::See | C::Change, Adviser) if object == O::Own => Done,
        (C::See | C::Change, Adviser) => Nothing,
        (C::See | C::Change, Manager) | (C::See, Auditor) => {
            if in_council {
                Done
            } else {
                Nothing
            }
        }
        (C::Label, Adviser | Manager) if object == O::Own => Done,
        (C::Label, Manager) if in_council => NoRole,
        (C::Label, Adviser | Manager) => Nothing,
        (C::People, Adviser | Manager | Auditor) => Done,
        (C::Cards, Manager) | (C::HandOver, Adviser | Manager) | (C::Log, Auditor) => Done,
        (C::AddressBook, Adviser | Manager) => Done,
        // Every adviser of the council may change what all of them give.
        (C::Entry, Adviser | Manager) | (C::RemoveEntry, Manager) => {
            if in_council {
                Done
            } else {
                Nothing
            }
        }
        (C::Staff, Administrator) => Done,
        (C::Emergencies, Administrator | Manager | Auditor) => Done,
        (C::Teams | C::ExportLog, Manager | Auditor) => Done,
        (C::AddPeople | C::ExportPeople, Manager) => Done,
        (C::OneOfStaff, Administrator)
        | (C::Card | C::AssignAdviser | C::SubjectAccess, Manager) => {
            if in_council {
                Done
            } else {
                Nothing
            }
        }
        (C::Card, Adviser) => match object {
            O::Own => Done,
            O::Other => NoRole,
            O::OtherCouncil | O::Deleted => Nothing,
        },
        (C::SeePublished, Manager | Auditor) | (C::SeePublished | C::Edit, Editor) => {
            if in_council { Done } else { Nothing }
        }
        (C::SeePublished | C::Edit | C::Publish, Publisher) => {
            if in_council {
                Done
            } else {
                Nothing
            }
        }
        // The card's owner is looked up before the role is checked.
        (C::Card, _) if !in_council => Nothing,
        _ => NoRole,
    }
}

#[test]
fn every_route_is_in_the_table_once() {
    let mut routes = route_list();
    let mut table: Vec<_> = table().map(|(method, path, _)| (*method, *path)).collect();
    routes.sort_unstable();
    table.sort_unstable();
    assert_eq!(routes, table);
}

#[test]
fn every_cell_of_the_table_holds() {
    let mut cells = 0;
    for role in StaffRole::ALL {
        let world = World::new(role);
        for object in Object::ALL {
            for (method, path, class) in table() {
                let names = [
                    "{person}",
                    "{staff}",
                    "{entry}",
                    "{section}",
                    "{pledge}",
                    "{record}",
                    "{request}",
                ];
                let mut names = names.into_iter().chain(lists::NAMES);
                let is_about_one = names.any(|name| path.contains(name));
                let is_about_one = is_about_one || path.starts_with("/console/hand-over");
                let is_about_one =
                    is_about_one || (*path, *method) == ("/console/unassigned", "POST");
                let is_about_one = is_about_one || *path == "/console/unassigned/confirm";
                // Signing out is checked elsewhere: all requests here are signed in.
                if *path == "/console/sign-out" || (!is_about_one && object != Object::Own) {
                    continue;
                }
                let wanted = match (role, *class, *path) {
                    // What these need is looked up under their own role first.
                    (role, Class::Card, path) if path.starts_with("/console/hand-over") => {
                        hand_over(role, object)
                    }
                    _ => expected(*class, role, object),
                };
                world.prepare(path);
                let before = world.state();
                let status = world.ask(method, path, object);
                let cell = format!("{role:?} {method} {path} {object:?}: {status}");
                match wanted {
                    Expected::Done if *class == Class::Anonymous => {
                        assert!(status != 403 && status < 500, "{cell}");
                    }
                    Expected::Done => assert!(matches!(status, 200 | 303), "{cell}"),
                    Expected::Role => assert_eq!(status, 403, "{cell}"),
                    Expected::Nothing => assert_eq!(status, 404, "{cell}"),
                }
                if wanted != Expected::Done {
                    assert_eq!(world.state(), before, "{cell}: something changed");
                }
                cells += 1;
            }
        }
    }
    println!("{cells} cells");
    assert_eq!(
        cells,
        1068 + 24 + 48 + 48 + 48 + 48 + 552 + 96 + 576 + 114 + 48 + 462 + 30 + 18 + 48 + 48,
        "a cell was left out, or there are more"
    );
}

/// Like cards, but roles that change no young people are refused first.
fn hand_over(role: StaffRole, object: Object) -> Expected {
    match role {
        StaffRole::Adviser | StaffRole::Manager => expected(Class::Card, role, object),
        _ => Expected::Role,
    }
}

#[test]
fn anonymous_caller_gets_nothing() {
    let world = World::new(StaffRole::Manager);
    world.sign_out();
    for (method, path, class) in table().filter(|(.., class)| *class != Class::Anonymous) {
        let before = world.state();
        let status = world.ask(method, path, Object::Own);
        // A file is not kept through signing in.
        let wanted = if *method == "GET" || World::has_file(method, path) { 303 } else { 401 };
        assert_eq!(status, wanted, "{method} {path} {class:?}");
        assert_eq!(world.state(), before, "{method} {path}");
    }
}
