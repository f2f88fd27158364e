//! A page that asks before something in the draft is done.

use askama::Template;

use super::{
    form::{Field, Input},
    page::Page,
};

/// A page that asks before something is done.
#[derive(Template)]
#[template(path = "promise_confirm.html")]
pub(super) struct Confirm {
    pub(super) page: Page,
    pub(super) lead: Vec<String>,
    /// What goes with it.
    pub(super) names: Vec<String>,
    pub(super) action: String,
    pub(super) hidden: Vec<(String, String)>,
    pub(super) fields: Vec<Field>,
    pub(super) button: String,
    pub(super) is_danger: bool,
}
