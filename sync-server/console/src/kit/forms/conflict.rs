//! The page that shows what two staff members changed in the same record, and lets the second one
//! choose for each field.

use askama::Template;

use crate::kit::{forms::FormData, page::Page, words::text};

/// The prefix of a radio button's name.
const PREFIX: &str = "choose-";

/// A field that both changed.
pub(crate) struct ConflictField {
    id: String,
    label: String,
    /// The language of the values; empty if they are in the page's.
    language: String,
    direction: &'static str,
    theirs: String,
    mine: String,
}

impl ConflictField {
    /// A field with what is saved now and what was typed.
    pub(crate) fn new(id: String, label: String, theirs: String, mine: String) -> Self {
        Self { id, label, language: String::new(), direction: "auto", theirs, mine }
    }

    /// Sets the language of the values.
    pub(crate) fn language(mut self, language: &str) -> Self {
        language.clone_into(&mut self.language);
        self.direction = text::direction(language);
        self
    }
}

/// The page.
#[derive(Template)]
#[template(path = "kit/conflict.html")]
pub(crate) struct ConflictTemplate {
    pub(crate) page: Page,
    pub(crate) lead: String,
    pub(crate) action: String,
    /// What was sent, to be sent again with the choices.
    pub(crate) hidden: Vec<(String, String)>,
    pub(crate) fields: Vec<ConflictField>,
    pub(crate) button: String,
}

/// Returns the fields of a form that are sent again with the choices for `conflicts`. The form counts
/// as made from `was` then: if a value changes again meanwhile, there is another conflict.
pub(crate) fn resent_fields(
    form: &FormData,
    was: String,
    conflicts: &[ConflictField],
) -> Vec<(String, String)> {
    let choices = conflicts.iter().map(|conflict| Side::field_name(&conflict.id));
    let replaced: Vec<String> =
        ["csrf", "was"].map(str::to_owned).into_iter().chain(choices).collect();
    let replaced: Vec<&str> = replaced.iter().map(String::as_str).collect();
    let mut fields = form.fields_except(&replaced);
    fields.push(("was".to_owned(), was));
    fields
}

/// Whose value of a field stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// The one that is saved now.
    Theirs,
    /// The one that was typed.
    Mine,
}

impl Side {
    /// Returns the choice for the field of this id, if the form has one.
    pub(crate) fn read(form: &FormData, id: &str) -> Option<Self> {
        match form.raw(&format!("{PREFIX}{id}")) {
            "mine" => Some(Self::Mine),
            "theirs" => Some(Self::Theirs),
            _ => None,
        }
    }

    /// Returns the name of the form field that holds the choice.
    fn field_name(id: &str) -> String {
        format!("{PREFIX}{id}")
    }
}
