//! A page that shows what two people changed in the same record of the draft, side by side.

use askama::Template;

use super::page::Page;

/// A field that both changed.
pub(super) struct Both {
    pub(super) id: String,
    pub(super) label: String,
    pub(super) language: String,
    pub(super) direction: &'static str,
    pub(super) theirs: String,
    pub(super) mine: String,
}

/// Shows each, and lets the second of them choose.
#[derive(Template)]
#[template(path = "promise_clash.html")]
pub(super) struct Clashing {
    pub(super) page: Page,
    pub(super) action: String,
    pub(super) hidden: Vec<(String, String)>,
    pub(super) both: Vec<Both>,
}
