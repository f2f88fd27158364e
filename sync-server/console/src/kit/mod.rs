//! What every feature is built from: requests and sessions, forms, pages, words and tables.

pub(crate) mod app;
pub mod caller;
pub(crate) mod csv;
pub(crate) mod delays;
pub(crate) mod feature;
pub(crate) mod format;
pub(crate) mod forms;
pub(crate) mod page;
pub(crate) mod privileged_act;
pub(crate) mod qr;
pub(crate) mod rate;
pub(crate) mod session;
pub(crate) mod state;
pub(crate) mod timescales;
pub(crate) mod url;
pub(crate) mod words;
