//! A page that asks before something in the draft is done.

use askama::Template;

use crate::kit::{
    forms::{Field, Input},
    page::Page,
};

/// A page that asks before something is done.
#[derive(Template)]
#[template(path = "kit/confirm.html")]
pub(crate) struct Confirm {
    pub(crate) page: Page,
    pub(crate) lead: Vec<String>,
    /// What goes with it.
    pub(crate) names: Vec<String>,
    pub(crate) action: String,
    pub(crate) hidden: Vec<(String, String)>,
    pub(crate) fields: Vec<Field>,
    pub(crate) button: String,
    pub(crate) is_danger: bool,
}
