//! What every page has: a title, whoever reads it, and where else they can go.

pub(crate) mod assets;
pub(crate) mod headers;
pub(crate) mod response;

use promise_services::{Permission, StaffRole};

use crate::kit::{session::Session, words};

/// A place to go to.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    pub(crate) href: String,
    pub(crate) text: String,
    /// Whether it is where the reader is.
    pub(crate) is_here: bool,
}

/// What went wrong with one field.
#[derive(Clone, Debug)]
pub(crate) struct Mistake {
    /// The id of the field.
    pub(crate) field: String,
    pub(crate) text: String,
}

/// What every page has.
#[derive(Clone, Debug, Default)]
pub(crate) struct Page {
    pub(crate) title: String,
    /// The name on the reader's card; empty before they signed in.
    pub(crate) reader: String,
    pub(crate) council: String,
    pub(crate) links: Vec<Link>,
    pub(crate) back: Option<Link>,
    /// What was just done.
    pub(crate) done: Option<String>,
    pub(crate) mistakes: Vec<Mistake>,
    /// What a form on this page must send along.
    pub(crate) csrf: String,
    /// For managers: how many young people nobody looks after; empty if everybody has somebody.
    pub(crate) alarm: String,
}

impl Page {
    /// A page for somebody who is not signed in.
    pub(crate) fn plain(title: &str, csrf: String) -> Self {
        Self { title: words::t(title), csrf, ..Self::default() }
    }

    /// A page for somebody who is.
    pub(crate) fn of(session: &Session, title: String) -> Self {
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
    pub(crate) fn back(mut self, href: String, text: String) -> Self {
        self.back = Some(Link { href, text, is_here: false });
        self
    }

    /// With what went wrong.
    pub(crate) fn mistakes(mut self, mistakes: Vec<Mistake>) -> Self {
        self.mistakes = mistakes;
        self
    }

    /// The title as the browser shows it: what went wrong comes first.
    pub(crate) fn window_title(&self) -> String {
        let key = if self.mistakes.is_empty() { "window-title" } else { "window-title-error" };
        words::with(key, "title", &self.title)
    }

    /// With what was just done, if something was.
    pub(crate) fn done(mut self, key: Option<&str>) -> Self {
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
    pub(crate) fn t(&self, key: &str) -> String {
        words::t(key)
    }

    /// A message about a number of things.
    pub(crate) fn count(&self, key: &str, count: &usize) -> String {
        words::count(key, *count)
    }

    /// A message with one text in it.
    pub(crate) fn with(&self, key: &str, name: &str, value: &str) -> String {
        words::with(key, name, value)
    }

    /// Where the style is.
    pub(crate) fn style(&self) -> String {
        assets::style()
    }

    /// Where the script is.
    pub(crate) fn script(&self) -> String {
        assets::script()
    }
}

/// The page that lists them says it itself.
fn alarm(session: &Session) -> String {
    match session.alone {
        0 => String::new(),
        _ if session.path.starts_with("/console/unassigned") => String::new(),
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
pub(crate) fn role_name(role: StaffRole) -> String {
    words::t(&format!("role-{}", role.as_str()))
}
