//! Cookies: one for whoever is signed in, one for whoever is about to.

use axum::http::{HeaderMap, HeaderValue, header};
use cookie::{Cookie, SameSite};
use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};

/// Whoever is signed in, or has begun to.
pub(crate) const SESSION: &str = "__Host-session";

/// Whoever is not: it ties a form to the browser that asked for it.
pub(crate) const ANONYMOUS: &str = "__Host-visit";

/// The tokens that a browser sent along.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cookies {
    pub(crate) session: Option<String>,
    pub(crate) anonymous: Option<String>,
}

impl Cookies {
    /// Reads them.
    pub(crate) fn read(headers: &HeaderMap) -> Self {
        let mut read = Self::default();
        let sent = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        for cookie in sent.flat_map(Cookie::split_parse).flatten() {
            let value = Some(cookie.value().to_owned()).filter(|value| value.len() <= 64);
            match cookie.name() {
                SESSION => read.session = value,
                ANONYMOUS => read.anonymous = value,
                _ => {}
            }
        }
        read
    }
}

/// Keeps a token in the browser until it is closed.
pub(crate) fn keep(headers: &mut HeaderMap, name: &'static str, token: &str) {
    set(headers, &base(name, token.to_owned()));
}

/// Takes a cookie out of the browser.
pub(crate) fn forget(headers: &mut HeaderMap, name: &'static str) {
    let mut cookie = base(name, String::new());
    cookie.make_removal();
    set(headers, &cookie);
}

fn base(name: &'static str, value: String) -> Cookie<'static> {
    Cookie::build((name, value))
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Strict)
        .build()
}

fn set(headers: &mut HeaderMap, cookie: &Cookie<'_>) {
    if let Ok(value) = HeaderValue::from_str(&cookie.to_string()) {
        headers.append(header::SET_COOKIE, value);
    }
}

/// What a form must send along: only a page of ours can know it, since only it saw the cookie.
pub(crate) fn csrf_of(token: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(b"form of ");
    hash.update(token);
    BASE64URL_NOPAD.encode(&hash.finalize())
}
