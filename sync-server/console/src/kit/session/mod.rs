//! Who sends a request: cookies, origin checks and the extractors for signed-in and anonymous
//! callers.

pub(crate) mod challenge;
mod cookies;
mod form;
mod origin;
mod signed_in;
mod upload;

pub(crate) use cookies::{ANONYMOUS, Cookies, SESSION, csrf_token, remove_cookie, set_cookie};
pub(crate) use form::{AnonymousForm, StaffForm};
pub(crate) use signed_in::{Caller, EMERGENCIES, NOTICES, Session};
pub(crate) use upload::UploadForm;
