//! A page that asks one thing: what it is about, a few fields, and a button.

use askama::Template;

use crate::kit::{
    forms::{Field, Input},
    page::{Link, Page},
    words,
};

/// A page that asks one thing, or only tells it.
#[derive(Template)]
#[template(path = "kit/question.html")]
pub(crate) struct Question {
    pub(crate) page: Page,
    lead: Vec<String>,
    /// What it is about: a name, and what there is to say, a line each.
    rows: Vec<(String, Vec<String>)>,
    fields: Vec<Field>,
    hidden: Vec<(String, String)>,
    /// Where it is sent, and what the button says.
    send: Option<(String, String)>,
    is_danger: bool,
    links: Vec<Link>,
}

impl Question {
    /// A page that only tells something.
    pub(crate) fn telling(page: Page) -> Self {
        Self {
            page,
            lead: Vec::new(),
            rows: Vec::new(),
            fields: Vec::new(),
            hidden: Vec::new(),
            send: None,
            is_danger: false,
            links: Vec::new(),
        }
    }

    /// A page whose form goes to `action` with a button of this key.
    pub(crate) fn asking(page: Page, action: String, button: &str) -> Self {
        Self { send: Some((action, words::t(button))), ..Self::telling(page) }
    }

    /// With a paragraph in front.
    pub(crate) fn lead(mut self, text: String) -> Self {
        self.lead.push(text);
        self
    }

    /// With something that it is about, whose name has this key.
    pub(crate) fn row(mut self, key: &str, lines: Vec<String>) -> Self {
        self.rows.push((words::t(key), lines));
        self
    }

    /// With fields.
    pub(crate) fn fields(mut self, fields: Vec<Field>) -> Self {
        self.fields = fields;
        self
    }

    /// With what is sent along unseen.
    pub(crate) fn hidden(mut self, hidden: Vec<(String, String)>) -> Self {
        self.hidden = hidden;
        self
    }

    /// With a button that warns.
    pub(crate) fn danger(mut self) -> Self {
        self.is_danger = true;
        self
    }

    /// With a place to go to below.
    pub(crate) fn link(mut self, href: String, text: String) -> Self {
        self.links.push(Link { href, text, is_here: false });
        self
    }
}
