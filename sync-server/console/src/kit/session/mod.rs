//! Who sends a request: cookies, origin checks and the extractors for signed-in and anonymous
//! callers.

mod cookies;
mod extract;
pub(crate) mod origin;

pub(crate) use cookies::{ANONYMOUS, Cookies, SESSION, csrf_of, forget, keep};
pub(crate) use extract::{AnonymousForm, Caller, Session, StaffForm, same};
