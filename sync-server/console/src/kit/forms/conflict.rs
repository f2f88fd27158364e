//! A page that shows what two people changed in the same record of the draft, side by side.

use askama::Template;

use crate::kit::page::Page;

/// A field that both changed.
pub(crate) struct Both {
    pub(crate) id: String,
    pub(crate) label: String,
    pub(crate) language: String,
    pub(crate) direction: &'static str,
    pub(crate) theirs: String,
    pub(crate) mine: String,
}

/// Shows each, and lets the second of them choose.
#[derive(Template)]
#[template(path = "kit/conflict.html")]
pub(crate) struct Clashing {
    pub(crate) page: Page,
    pub(crate) action: String,
    pub(crate) hidden: Vec<(String, String)>,
    pub(crate) both: Vec<Both>,
}
