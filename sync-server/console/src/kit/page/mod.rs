//! What every page has: a title, whoever reads it, and where else they can go.

pub(crate) mod assets;
pub(crate) mod headers;
pub(crate) mod response;

use promise_services::StaffRole;
use serde::Deserialize;

use crate::kit::words;

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
    /// For managers: how many young people have no adviser today, if any.
    pub(crate) unassigned_banner: Option<String>,
}

impl Page {
    /// A page for somebody who is not signed in.
    pub(crate) fn plain(title: &str, csrf: String) -> Self {
        Self { title: words::t(title), csrf, ..Self::default() }
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

    /// Adds the notice of what was just done: the message `{prefix}-{key}`, if there is one.
    pub(crate) fn notice(mut self, prefix: &str, key: Option<&str>) -> Self {
        self.done = key.and_then(|key| words::find(&format!("{prefix}-{key}")));
        self
    }
}

/// The query of a page that can show what was just done.
#[derive(Deserialize)]
pub(crate) struct NoticeQuery {
    pub(crate) done: Option<String>,
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

/// A role as people say it.
pub(crate) fn role_name(role: StaffRole) -> String {
    words::t(&format!("role-{}", role.as_str()))
}
