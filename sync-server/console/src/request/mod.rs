//! Reading a request: who asks, where from, and what they sent.

mod cookies;
mod origin;
mod posted;
mod session;
mod upload;

/// An address with these parts in its query; those that are empty are left out.
pub(super) fn address(path: &str, parts: &[(&str, &str)]) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in parts.iter().filter(|(_, value)| !value.is_empty()) {
        query.append_pair(name, value);
    }
    let query = query.finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

pub(super) use cookies::{ANONYMOUS, Cookies, SESSION, csrf_of, forget, keep};
pub(super) use posted::{Carried, Posted, own_path};
pub(super) use session::{AnonymousForm, Caller, Session, StaffForm};
pub(super) use upload::SentFile;
