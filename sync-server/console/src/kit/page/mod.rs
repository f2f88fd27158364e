//! The frame of every page: title, navigation, notices and errors.

pub(crate) mod assets;
pub(crate) mod headers;
pub(crate) mod record;
pub(crate) mod response;

use serde::Deserialize;

use crate::kit::{format, words};

/// A link to a page.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    pub(crate) href: String,
    pub(crate) text: String,
    /// Whether it leads to the page that is shown.
    pub(crate) is_current: bool,
}

impl Link {
    /// A link to another page.
    pub(crate) fn new(href: impl Into<String>, text: String) -> Self {
        Self { href: href.into(), text, is_current: false }
    }
}

/// An error in a field of a form.
#[derive(Clone, Debug)]
pub(crate) struct FieldError {
    /// The id of the field's element.
    pub(crate) field: String,
    pub(crate) message: String,
}

/// The frame of a page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Page {
    pub(crate) title: String,
    /// The name of the signed-in staff member; empty for anonymous callers.
    pub(crate) user: String,
    pub(crate) council: String,
    /// The navigation.
    pub(crate) links: Vec<Link>,
    /// The signed-in staff member's own account.
    pub(crate) account: Option<Link>,
    pub(crate) back: Option<Link>,
    /// What was just done.
    pub(crate) notice: Option<String>,
    pub(crate) errors: Vec<FieldError>,
    /// The token that forms on this page must send.
    pub(crate) csrf: String,
    /// For managers: how many young people have no adviser today, if any.
    pub(crate) unassigned_banner: Option<String>,
    /// For administrators, managers and auditors: how many emergencies wait for a review, if any.
    pub(crate) emergency_banner: Option<String>,
}

impl Page {
    /// A page for an anonymous caller. The message of key `title` is its title.
    pub(crate) fn anonymous(title: &str, csrf: String) -> Self {
        Self { title: words::t(title), csrf, ..Self::default() }
    }

    /// Adds a link back.
    pub(crate) fn back(mut self, href: impl Into<String>, text: String) -> Self {
        self.back = Some(Link::new(href, text));
        self
    }

    /// Adds the summary of errors.
    pub(crate) fn with_errors(mut self, errors: Vec<FieldError>) -> Self {
        self.errors = errors;
        self
    }

    /// Adds the notice of what was just done: the message `done-{done}`, if there is one.
    pub(crate) fn notice(mut self, done: Option<&str>) -> Self {
        self.notice = done.and_then(|done| words::find(&format!("done-{done}")));
        self
    }

    /// Returns the title of the browser's window, with a note if the form has errors.
    pub(crate) fn window_title(&self) -> String {
        let key = if self.errors.is_empty() { "window-title" } else { "window-title-error" };
        words::with(key, "title", &self.title)
    }
}

/// The query of a page that can show what was just done.
#[derive(Deserialize)]
pub(crate) struct NoticeQuery {
    pub(crate) done: Option<String>,
}

/// What templates call.
#[expect(
    clippy::unused_self,
    clippy::trivially_copy_pass_by_ref,
    reason = "templates call methods and pass references"
)]
impl Page {
    /// Returns a message without arguments.
    pub(crate) fn t(&self, key: &str) -> String {
        words::t(key)
    }

    /// Formats a message with the argument `count`.
    pub(crate) fn count(&self, key: &str, count: &usize) -> String {
        words::count(key, *count)
    }

    /// Formats a message with one text argument.
    pub(crate) fn with(&self, key: &str, name: &str, value: &str) -> String {
        words::with(key, name, value)
    }

    /// Splits an e-mail address where a line may break: see [`format::address_parts`].
    pub(crate) fn address_parts<'a>(&self, address: &'a str) -> Vec<Vec<&'a str>> {
        format::address_parts(address)
    }

    /// Returns a text of any language as HTML, in which numbers and addresses keep their order.
    pub(crate) fn isolated(&self, text: &str) -> String {
        words::text::isolated(text, None)
    }

    /// Like [`isolated`](Self::isolated), in an element with this `dir`.
    pub(crate) fn isolated_in(&self, text: &str, direction: &str) -> String {
        words::text::isolated(text, Some(direction))
    }

    /// Returns the path of the style sheet.
    pub(crate) fn style(&self) -> String {
        assets::style()
    }

    /// Returns the path of the script.
    pub(crate) fn script(&self) -> String {
        assets::script()
    }
}
