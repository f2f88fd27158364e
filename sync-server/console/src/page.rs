//! What every page has: a title, whoever reads it, and where else they can go.

use super::{assets, request::Session, words};
use promise_services::{Permission, StaffRole};

/// A place to go to.
#[derive(Clone, Debug)]
pub(super) struct Link {
    pub(super) href: String,
    pub(super) text: String,
    /// Whether it is where the reader is.
    pub(super) is_here: bool,
}

/// What went wrong with one field.
#[derive(Clone, Debug)]
pub(super) struct Mistake {
    /// The id of the field.
    pub(super) field: String,
    pub(super) text: String,
}

/// What every page has.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    pub(super) title: String,
    /// The name on the reader's card; empty before they signed in.
    pub(super) reader: String,
    pub(super) council: String,
    pub(super) links: Vec<Link>,
    pub(super) back: Option<Link>,
    /// What was just done.
    pub(super) done: Option<String>,
    pub(super) mistakes: Vec<Mistake>,
    /// What a form on this page must send along.
    pub(super) csrf: String,
    /// For managers: how many young people nobody looks after; empty if everybody has somebody.
    pub(super) alarm: String,
}

impl Page {
    /// A page for somebody who is not signed in.
    pub(super) fn plain(title: &str, csrf: String) -> Self {
        Self { title: words::t(title), csrf, ..Self::default() }
    }

    /// A page for somebody who is.
    pub(super) fn of(session: &Session, title: String) -> Self {
        Self {
            title,
            reader: session.signed_in.name.clone(),
            council: session.signed_in.council.clone(),
            links: links(session),
            csrf: session.csrf(),
            alarm: alarm(session),
            ..Self::default()
        }
    }

    /// With a way back.
    pub(super) fn back(mut self, href: String, text: String) -> Self {
        self.back = Some(Link { href, text, is_here: false });
        self
    }

    /// With what went wrong.
    pub(super) fn mistakes(mut self, mistakes: Vec<Mistake>) -> Self {
        self.mistakes = mistakes;
        self
    }

    /// The title as the browser shows it: what went wrong comes first.
    pub(super) fn window_title(&self) -> String {
        let key = if self.mistakes.is_empty() { "window-title" } else { "window-title-error" };
        words::with(key, "title", &self.title)
    }

    /// With what was just done, if something was.
    pub(super) fn done(mut self, key: Option<&str>) -> Self {
        const KNOWN: [&str; 13] = [
            "answered",
            "appointment",
            "cancelled",
            "unpaired",
            "handed-over",
            "kept",
            "leave",
            "saved",
            "given",
            "added",
            "role-changed",
            "switched-off",
            "switched-on",
        ];
        let known = KNOWN.into_iter().find(|known| Some(*known) == key);
        self.done = known.map(|known| words::t(&format!("done-{known}")));
        self
    }
}

/// What templates ask for.
#[expect(
    clippy::unused_self,
    clippy::trivially_copy_pass_by_ref,
    reason = "as templates call them"
)]
impl Page {
    /// A message.
    pub(super) fn t(&self, key: &str) -> String {
        words::t(key)
    }

    /// A message about a number of things.
    pub(super) fn count(&self, key: &str, count: &usize) -> String {
        words::count(key, *count)
    }

    /// A message with one text in it.
    pub(super) fn with(&self, key: &str, name: &str, value: &str) -> String {
        words::with(key, name, value)
    }

    /// Where the style is.
    pub(super) fn style(&self) -> String {
        assets::style()
    }

    /// Where the script is.
    pub(super) fn script(&self) -> String {
        assets::script()
    }
}

/// The page that lists them says it itself.
fn alarm(session: &Session) -> String {
    match session.alone {
        0 => String::new(),
        _ if session.path.starts_with("/console/alarm") => String::new(),
        alone => words::count("alarm-banner", alone),
    }
}

fn links(session: &Session) -> Vec<Link> {
    let role = session.signed_in.role;
    let own_card = format!("/console/cards/{}", session.signed_in.staff);
    let all = [
        (Permission::SeePeople.is_granted_to(role), "/console/people", "nav-people"),
        (Permission::SeeTeams.is_granted_to(role), "/console/team", "nav-team"),
        (Permission::OwnCard.is_granted_to(role), &own_card, "nav-card"),
        (Permission::AnyCard.is_granted_to(role), "/console/cards", "nav-cards"),
        (Permission::ChangePeople.is_granted_to(role), "/console/hand-over", "nav-hand-over"),
        (Permission::SeePublished.is_granted_to(role), "/console/promise", "nav-promise"),
        (
            Permission::SeePublished.is_granted_to(role),
            "/console/opportunities",
            "nav-opportunities",
        ),
        (Permission::SeePublished.is_granted_to(role), "/console/directory", "nav-directory"),
        (Permission::ManageStaff.is_granted_to(role), "/console/staff", "nav-staff"),
        (Permission::SeeLog.is_granted_to(role), "/console/log", "nav-log"),
        (Permission::ExportLog.is_granted_to(role), "/console/export", "nav-export"),
        (true, "/console/account", "nav-account"),
    ];
    let mut links: Vec<Link> = all
        .into_iter()
        .filter(|(may, ..)| *may)
        .map(|(_, href, key)| Link { href: href.to_owned(), text: words::t(key), is_here: false })
        .collect();
    // The longest that fits: a manager's own card is among the cards too.
    let here = links
        .iter()
        .filter(|link| session.path.starts_with(&link.href))
        .max_by_key(|link| link.href.len())
        .map(|link| link.href.clone());
    for link in &mut links {
        link.is_here = Some(&link.href) == here.as_ref();
    }
    links
}

/// A role as people say it.
pub(super) fn role_name(role: StaffRole) -> String {
    words::t(&format!("role-{}", role.as_str()))
}
