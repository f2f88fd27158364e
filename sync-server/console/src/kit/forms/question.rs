//! A page that asks for a confirmation or a few fields, or only shows facts.

use askama::Template;

use crate::kit::{
    forms::{Field, Input},
    page::{Link, Page},
    words,
};

/// A page with paragraphs, facts, fields and one button. Built step by step.
#[derive(Template)]
#[template(path = "kit/question.html")]
pub(crate) struct Question {
    pub(crate) page: Page,
    lead: Vec<String>,
    /// Facts: a name and the lines of its value.
    rows: Vec<(String, Vec<String>)>,
    /// A number that is compared with that of another screen, in groups, and what it is called.
    number: Option<(String, Vec<String>)>,
    /// What else is affected, or was done, and the heading above it.
    list: Vec<String>,
    list_title: String,
    /// Paragraphs between what is listed and the form.
    notes: Vec<String>,
    fields: Vec<Field>,
    hidden: Vec<(String, String)>,
    /// The form's action and the text of its button.
    submit: Option<(String, String)>,
    is_danger: bool,
    /// A button beside the first one: the name of its field and its text.
    second: Option<(String, String)>,
    links: Vec<Link>,
    /// Whether the page is loaded again once it has changed, because someone else is at work.
    is_waiting: bool,
}

impl Question {
    /// A page that only shows something.
    pub(crate) fn info(page: Page) -> Self {
        Self {
            page,
            lead: Vec::new(),
            rows: Vec::new(),
            number: None,
            list: Vec::new(),
            list_title: String::new(),
            notes: Vec::new(),
            fields: Vec::new(),
            hidden: Vec::new(),
            submit: None,
            is_danger: false,
            second: None,
            links: Vec::new(),
            is_waiting: false,
        }
    }

    /// A page whose form is sent to `action` by a button with the message of key `button`.
    pub(crate) fn new(page: Page, action: impl Into<String>, button: &str) -> Self {
        Self { submit: Some((action.into(), words::t(button))), ..Self::info(page) }
    }

    /// A page that asks before the record with the page `path` is removed. `fingerprint` is the record's
    /// when the page was made: the removal is refused if it has changed since.
    pub(crate) fn removal(page: Page, path: &str, button: &str, fingerprint: String) -> Self {
        let seen = vec![("seen".to_owned(), fingerprint)];
        Self::new(page, format!("{path}/remove"), button).hidden(seen).danger()
    }

    /// Adds a paragraph.
    pub(crate) fn lead(mut self, text: String) -> Self {
        self.lead.push(text);
        self
    }

    /// Adds a fact whose name has this key.
    pub(crate) fn row(mut self, key: &str, lines: Vec<String>) -> Self {
        self.rows.push((words::t(key), lines));
        self
    }

    /// Adds a number that is compared with that of another screen, as large as a code. Lines break only at its
    /// spaces.
    pub(crate) fn number(mut self, name: String, number: &str) -> Self {
        let groups = number.split_whitespace().map(str::to_owned);
        self.number = Some((name, groups.collect()));
        self
    }

    /// Adds a list of what else is affected.
    pub(crate) fn list(mut self, list: Vec<String>) -> Self {
        self.list = list;
        self
    }

    /// Adds a list below a heading with the message of this key.
    pub(crate) fn titled_list(mut self, title: &str, list: Vec<String>) -> Self {
        self.list_title = words::t(title);
        self.list(list)
    }

    /// Adds a paragraph between what is listed and the form.
    pub(crate) fn note(mut self, text: String) -> Self {
        self.notes.push(text);
        self
    }

    /// Adds fields.
    pub(crate) fn fields(mut self, fields: Vec<Field>) -> Self {
        self.fields = fields;
        self
    }

    /// Adds hidden fields.
    pub(crate) fn hidden(mut self, hidden: Vec<(String, String)>) -> Self {
        self.hidden = hidden;
        self
    }

    /// Makes the button a warning.
    pub(crate) fn danger(mut self) -> Self {
        self.is_danger = true;
        self
    }

    /// Adds a button that sends the form with this field set.
    pub(crate) fn second_button(mut self, field: &str, text: &str) -> Self {
        self.second = Some((field.to_owned(), words::t(text)));
        self
    }

    /// Loads the page again once it has changed, if the browser runs scripts. Add a link that does so without.
    pub(crate) fn waiting(mut self) -> Self {
        self.is_waiting = true;
        self
    }

    /// Adds a link below.
    pub(crate) fn link(mut self, href: impl Into<String>, text: String) -> Self {
        self.links.push(Link::new(href, text));
        self
    }
}
