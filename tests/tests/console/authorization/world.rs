//! Two councils with an object for every route, and a staff member of one role.

use std::cell::{Cell, RefCell};

use chrono::Days;
use promise_core::AskAbout;
use promise_database::{Actor, PrivilegedAct, PrivilegedActKind, PrivilegedActState, SignIn};
use promise_protocol::PackName;
use promise_services::{
    OsRandom, StaffRole, StaffScope,
    address_book::{self, Reach},
    assignments::hand_over::{self, HandOver},
    calendar::today,
    cards::CardEdit,
    devices::pairing::{self, WaitingState},
    people::{appointments, asks},
    sign_in, staff_writes,
};
use promise_tests::harness::{
    TestPhone, TestServer,
    pairing::{new_phone, step},
};
use serde_json::json;

use crate::visitor::Visitor;

/// Whose object it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Object {
    Own,
    Other,
    OtherCouncil,
    Deleted,
}

impl Object {
    pub(super) const ALL: [Self; 4] = [Self::Own, Self::Other, Self::OtherCouncil, Self::Deleted];
}

/// A young person with a record of every kind, and their adviser.
struct About1 {
    person: String,
    /// Another young person of the same adviser, who is about to be handed over.
    leaving: String,
    /// A young person without an adviser.
    alone: String,
    staff: String,
    phone: String,
    /// A second phone of theirs, which waits to be confirmed.
    limited: String,
    /// The id of a code with which a phone waits for a yes, and the number that it shows.
    code: (String, String),
    ask: String,
    appointments: [String; 2],
    /// An entry that they have, and its contact.
    entry: (String, String),
    /// An entry that they do not have.
    other_entry: String,
}

pub(super) struct World {
    pub(super) server: TestServer,
    pub(super) visitor: Visitor,
    objects: [About1; 4],
    colleague: String,
    used: Cell<usize>,
    /// A request that waits, about each of the first three objects' councils, and a recovery code with
    /// which the caller can confirm it.
    pub(super) requests: RefCell<(Vec<String>, String)>,
}

impl World {
    pub(super) fn new(role: StaffRole) -> Self {
        let server = TestServer::behind_proxy();
        server.run(&["council", "add", "otherton", "Otherton Council"]);
        let staff = |council: &str, handle: &str| {
            let line = ["staff", "add", "--council", council, "--handle", handle, "--name", handle];
            let line = [&line[..], &["--email", "staff@example.org"]].concat();
            server.run(&line).trim().to_owned()
        };
        let (me, other, far) =
            (staff("riverbridge", "me"), staff("riverbridge", "other"), staff("otherton", "far"));
        let colleague = staff("riverbridge", "colleague");
        let far_colleague = staff("otherton", "colleague");
        let objects = [
            object(&server, "riverbridge", &me, &colleague),
            object(&server, "riverbridge", &other, &colleague),
            object(&server, "otherton", &far, &far_colleague),
            object(&server, "riverbridge", &me, &colleague),
        ];
        let visitor = Visitor::signed_up(&server, "me", role.as_str());
        for person in [&objects[3].person, &objects[3].leaving, &objects[3].alone] {
            server.run(&["person", "erase", "--person", person, "--yes"]);
        }
        Self {
            server,
            visitor,
            objects,
            colleague,
            used: Cell::new(0),
            requests: RefCell::default(),
        }
    }

    pub(super) fn sign_out(&self) {
        self.visitor.get("/console/account");
        assert_eq!(self.visitor.post("/console/sign-out", &[]).status, 303);
        self.visitor.get("/console/sign-in");
    }

    /// Returns a number that was not used yet.
    pub(super) fn next(&self) -> usize {
        self.used.set(self.used.get() + 1);
        self.used.get()
    }

    /// Returns everything that a refused request could have changed.
    pub(super) fn state(&self) -> String {
        let state = self.server.transact(|tx| {
            let mut state = Vec::new();
            for council in ["riverbridge", "otherton"] {
                // A view is logged, which is not a change.
                state.push(format!("{:?}", tx.people(&council.into())?));
                for person in tx.people(&council.into())? {
                    state.push(format!("{:?}", tx.devices(&person.id)?));
                    state.push(format!("{:?}", tx.invitations_of(&person.id)?));
                    state.push(format!("{:?}", tx.person_label(&person.id)?));
                    state.push(format!("{:?}", tx.assignments_of_person(&person.id)?));
                    state.push(format!("{:?}", tx.given_contacts_of_person(&person.id)?));
                }
                state.push(format!("{:?}", tx.book_entries(&council.into())?));
                for staff in tx.staff_of(&council.into())? {
                    state.push(format!("{:?} {staff:?}", tx.sign_in(&staff.id)?));
                }
                state.push(format!("{:?}", tx.privileged_acts_of(&council.into())?));
                state.push(format!(
                    "{:?}",
                    tx.last_entry(&council.into())?.map(|entry| entry.number)
                ));
                state.push(format!(
                    "{:?} {:?}",
                    tx.draft(&council.into())?,
                    tx.newest_edition(&council.into())?
                ));
                for pack in PackName::ALL {
                    state.push(format!("{:?}", tx.draft_pack(&council.into(), pack)?));
                }
            }
            Ok(state)
        });
        state.join("\n")
    }

    /// Stores a request about the colleagues of each council, by the operator, and a way to confirm it.
    /// Every colleague has used their sign-in, so that an emergency can be made.
    pub(super) fn prepare_staff(&self) {
        let me = self.objects[0].staff.as_str();
        let other = [self.colleague.as_str(), &self.objects[1].staff, &self.objects[2].staff];
        let number = self.next();
        let made = self.server.transact(|tx| {
            let mut requests = Vec::new();
            for (index, staff) in other.iter().enumerate() {
                let member = tx.staff(&(*staff).into())?.unwrap();
                let known = tx.sign_in(&member.id)?;
                let name = format!("staff{index}");
                let used = known.clone().unwrap_or_else(|| {
                    SignIn::new(member.id.clone(), name.clone(), StaffRole::Adviser)
                });
                tx.set_sign_in(&SignIn { password: Some("hash".into()), ..used.clone() })?;
                let act = PrivilegedAct {
                    id: format!("request{number}-{index}").into(),
                    council: member.council,
                    subject: member.id,
                    kind: PrivilegedActKind::Reset,
                    role: used.role,
                    role_before: Some(used.role),
                    sign_in_name: used.name,
                    reason: String::new(),
                    asked_by: Actor::Operator,
                    asked_at: chrono::Utc::now().timestamp_millis(),
                    state: PrivilegedActState::Waiting,
                    decision: None,
                    seen_at: None,
                    disputed_at: None,
                    review: None,
                };
                tx.set_privileged_act(&act)?;
                requests.push(act.id.into_string());
            }
            let codes = sign_in::new_recovery_codes(tx, &me.into(), &mut OsRandom)?;
            Ok((requests, codes[0].clone()))
        });
        *self.requests.borrow_mut() = made;
    }

    /// Ends the requests that wait: a second one about a colleague is refused.
    pub(super) fn end_requests(&self) {
        let (requests, _) = self.requests.take();
        self.server.transact(|tx| {
            for request in requests {
                if let Some(act) = tx.privileged_act(&request.into())? {
                    let state = PrivilegedActState::Lapsed;
                    tx.set_privileged_act(&PrivilegedAct { state, ..act })?;
                }
            }
            Ok(())
        });
    }

    fn request(&self, object: Object) -> String {
        let requests = self.requests.borrow();
        requests.0.get(object as usize).cloned().unwrap_or_else(|| "nobodynobody".to_owned())
    }

    /// Requests a route about an object, as its form would, and returns the status.
    pub(super) fn ask(&self, method: &str, route: &str, object: Object) -> u16 {
        if route.starts_with("/console/promise") {
            return self.ask_published(method, route, object);
        }
        if World::is_list(route) {
            return self.ask_list(method, route, object);
        }
        if World::is_contact_file(route) {
            return self.ask_contact_file(method, route);
        }
        if World::is_allocation_import(route) {
            return self.ask_allocations(method, route);
        }
        let about = &self.objects[object as usize];
        let staff = if object == Object::Deleted { "nobodynobody" } else { &about.staff };
        let entry = if object == Object::Deleted { "nobodynobody" } else { &about.entry.0 };
        let is_keep = route.ends_with("/keep/{staff}");
        // A record with a phone of its own links no lost one.
        let needs_no_phone = is_keep || route.ends_with("/relink");
        let is_cancel = route.ends_with("/cancel");
        let is_confirm = route.ends_with("{phone}/confirm");
        let path = route
            .replace("{person}", if needs_no_phone { &about.leaving } else { &about.person })
            .replace("{staff}", staff)
            .replace("{entry}", entry)
            .replace("{phone}", if is_confirm { &about.limited } else { &about.phone })
            .replace("{code}", &about.code.0)
            .replace("{timescale}", "adviser-visit")
            .replace("{ask}", &about.ask)
            .replace("{id}", &about.appointments[usize::from(is_cancel)])
            .replace("{request}", &self.request(object))
            .replace("{token}", "made-up")
            .replace("{file}", "made-up");
        if method == "GET" {
            let from = if route.ends_with("hand-over") { "?from=" } else { "" };
            let from = if from.is_empty() { String::new() } else { format!("{from}{staff}") };
            // A hand-over starts from the caller's own page.
            let own = from.is_empty() || object != Object::Own;
            let asked = if own { format!("{path}{from}") } else { path };
            return if route.ends_with("hand-over") && object != Object::Own {
                self.visitor.get("/console/hand-over").status
            } else {
                self.visitor.get(&asked).status
            };
        }
        // The form as it was, and a page to take the token from.
        let is_entry = route.starts_with("/console/address-book");
        let card =
            if is_entry { format!("address-book/{entry}") } else { format!("cards/{staff}") };
        let was = self.visitor.get(&format!("/console/{card}")).field("was");
        self.visitor.get("/console/account");
        let was = was.unwrap_or_default();
        let fields = self.fields(route, object, was);
        // The administrator's own account is not replaced while it is in use.
        if route.starts_with("/console/staff/") && object == Object::Own {
            let path = path.replace(&about.staff, &self.colleague);
            return self.visitor.post(&path, &fields).status;
        }
        self.visitor.post(&path, &fields).status
    }

    /// The fields of every form, of which each form takes its own.
    fn fields(&self, route: &str, object: Object, was: String) -> Vec<(&'static str, String)> {
        let about = &self.objects[object as usize];
        let staff = if object == Object::Deleted { "nobodynobody" } else { &about.staff };
        let is_entry = route.starts_with("/console/address-book");
        let day = today(chrono::Utc::now().timestamp_millis()).checked_add_days(Days::new(9));
        let parts = day.unwrap().format("%-d %-m %Y").to_string();
        let parts: Vec<&str> = parts.split(' ').collect();
        self.next();
        let text = |text: &str| text.to_owned();
        let is_alarm = route.starts_with("/console/unassigned");
        // An entry has to be reachable.
        let number = if is_entry || route.contains("/contacts/") { "020 7946 0001" } else { "" };
        let mut fields = vec![
            ("display_name", format!("Name {}", self.used.get())),
            ("was", was),
            ("phone-0-number", text(number)),
            ("entry", about.other_entry.clone()),
            ("contact", about.entry.1.clone()),
            ("move", text("down")),
            ("note", text("They moved. The duty line helps.")),
            ("title", text("Review")),
            ("time", text("14:30")),
            ("label", format!("L {}", self.used.get())),
            ("reply", format!("Yes {}", self.used.get())),
            ("status", text("done")),
            ("code", self.requests.borrow().1.clone()),
            ("reason", text("They lost their phone")),
            ("name", format!("name{}", self.used.get())),
            ("role", text("adviser")),
            ("password", text(crate::visitor::PASSWORD)),
            ("person", if is_alarm { about.alone.clone() } else { about.person.clone() }),
            // A staff member who is not their adviser yet.
            ("adviser", self.objects[usize::from(object == Object::Own)].staff.clone()),
            ("reference", format!("CL-{}", self.used.get())),
            ("handle", format!("handle{}", self.used.get())),
            ("kind", text("json")),
            ("check", text("7K3F-9M2D")),
            ("why", text("lost_or_stolen")),
            ("digits", about.code.1.clone()),
            (
                "to",
                if route.contains("hand-over") || is_alarm {
                    self.colleague.clone()
                } else {
                    String::new()
                },
            ),
            // When a visit was last.
            ("last-day", text("5")),
            ("last-month", text("1")),
            ("last-year", text("2026")),
            // Hand-over, and those of a staff member.
            ("from", text(staff)),
        ];
        for name in ["date", "day", "from", "to"] {
            let names: [&'static str; 3] = match name {
                "date" => ["date-day", "date-month", "date-year"],
                "day" => ["day-day", "day-month", "day-year"],
                "from" => ["from-day", "from-month", "from-year"],
                _ => ["to-day", "to-month", "to-year"],
            };
            for (name, part) in names.into_iter().zip(&parts) {
                fields.push((name, (*part).to_owned()));
            }
        }
        fields
    }
}

fn object(server: &TestServer, council: &str, staff: &str, colleague: &str) -> About1 {
    let add = || server.run(&["person", "add", "--council", council]).trim().to_owned();
    let (person, leaving, alone) = (add(), add(), add());
    server.assign(&person, staff);
    server.assign(&leaving, staff);
    let phone = TestPhone::paired(server, &person);
    phone.asks().write("Can we meet?", AskAbout::Anything).unwrap();
    phone.sync().unwrap();
    TestPhone::paired(server, &person);
    let scope = StaffScope::operator();
    let now = chrono::Utc::now().timestamp_millis();
    server.transact(|tx| {
        let mut meeting = || {
            let fields = [("title".to_owned(), json!("Review"))].into();
            appointments::add(tx, &scope, &person.as_str().into(), fields, now, &mut OsRandom)
        };
        let appointments = [meeting()?, meeting()?];
        let last = [("last_on".to_owned(), json!("2026-01-05"))].into();
        let visit = ("timescale", "adviser-visit");
        staff_writes::write(tx, &scope, &person.as_str().into(), visit.0, visit.1, last, now)?;
        let first_day = today(now).checked_add_days(Days::new(30)).unwrap();
        let plan = HandOver { from: staff.into(), to: colleague.into(), first_day };
        hand_over::plan(
            tx,
            &scope,
            std::slice::from_ref(&leaving.as_str().into()),
            &plan,
            now,
            &mut OsRandom,
        )?;
        let (new, url) = (new_phone(), server.url());
        let of = person.as_str().into();
        let code = pairing::invite(tx, &scope, &of, 10_080, now, &mut OsRandom)?;
        let (typed, id) = (code.to_string(), code.invitation_id().to_owned());
        step(tx, &new.start(&typed, &url), now, &mut OsRandom)?;
        step(tx, &new.open(&typed, &url), now, &mut OsRandom)?;
        let WaitingState::Digits { digits, .. } = pairing::find(tx, &scope, &id, now)?.state else {
            panic!("the phone shows a number")
        };
        let code = (id, digits.to_string());
        let at_council = StaffScope::of_council(council.into());
        let mut add_entry = |name: &str| {
            let email = json!("help@example.org");
            let fields = [("display_name".to_owned(), json!(name)), ("email".to_owned(), email)];
            let card = CardEdit::new(fields.into())?;
            address_book::add(tx, &at_council, Reach::Council, card, now, &mut OsRandom)
        };
        let (entry, other_entry) = (add_entry("Surgery")?, add_entry("Hostel")?);
        let given = (&of, &entry);
        let contact = address_book::give(tx, &at_council, given, None, now, &mut OsRandom)?;
        let entry = (entry.into_string(), contact);
        let other_entry = other_entry.into_string();
        let ask = asks::list(tx, &scope, &person.as_str().into())?[0].id.clone();
        let devices = tx.devices(&person.as_str().into())?;
        let [phone, limited] = [0, 1].map(|index: usize| devices[index].author.to_string());
        let staff = staff.to_owned();
        let person = person.clone();
        Ok(About1 {
            person,
            leaving,
            alone,
            staff,
            phone,
            limited,
            code,
            ask,
            appointments,
            entry,
            other_entry,
        })
    })
}
