//! A form whose fields may translate English texts, which stand beside them.

use askama::Template;

use crate::kit::{
    forms::{Field, Input},
    page::Page,
};

/// A field, with the English text that it translates; empty if it is no translation.
pub(crate) struct TranslationRow {
    pub(crate) field: Field,
    pub(crate) english: String,
}

/// The page with the form.
#[derive(Template)]
#[template(path = "kit/translation_form.html")]
pub(crate) struct TranslationTemplate {
    pub(crate) page: Page,
    pub(crate) lead: Vec<String>,
    pub(crate) action: String,
    /// The record as the form shows it.
    pub(crate) was: String,
    pub(crate) rows: Vec<TranslationRow>,
}
