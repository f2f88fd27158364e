//! Reading a request: who asks, where from, and what they sent.

mod cookies;
mod origin;
mod posted;
mod upload;
mod visit;

pub(super) use cookies::{Cookies, SESSION, VISIT, csrf_of, forget, keep};
pub(super) use posted::{Carried, Posted, own_path};
pub(super) use upload::SentFile;
pub(super) use visit::{Caller, Sent, Stranger, Visit};
