//! Cookies: one for the session, one that ties forms to an anonymous caller's browser.

use axum::http::{HeaderMap, HeaderValue, header};
use cookie::{Cookie, SameSite};
use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};

/// The cookie of a session, complete or begun.
pub(crate) const SESSION: &str = "__Host-session";

/// The cookie of an anonymous caller. It ties a form to the browser that requested it.
pub(crate) const ANONYMOUS: &str = "__Host-visit";

/// Longer values are not tokens of this server.
const MAX_TOKEN_LENGTH: usize = 64;

/// The tokens that a browser sent.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cookies {
    pub(crate) session: Option<String>,
    pub(crate) anonymous: Option<String>,
}

impl Cookies {
    /// Reads the tokens from a request's headers.
    pub(crate) fn read(headers: &HeaderMap) -> Self {
        let mut cookies = Self::default();
        let sent = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        for cookie in sent.flat_map(Cookie::split_parse).flatten() {
            let token = cookie.value();
            let token = (token.len() <= MAX_TOKEN_LENGTH).then(|| token.to_owned());
            match cookie.name() {
                SESSION => cookies.session = token,
                ANONYMOUS => cookies.anonymous = token,
                _ => {}
            }
        }
        cookies
    }
}

/// Sets a cookie that the browser keeps until it is closed.
pub(crate) fn set_cookie(headers: &mut HeaderMap, name: &'static str, token: &str) {
    append(headers, &build(name, token.to_owned()));
}

/// Removes a cookie from the browser.
pub(crate) fn remove_cookie(headers: &mut HeaderMap, name: &'static str) {
    let mut cookie = build(name, String::new());
    cookie.make_removal();
    append(headers, &cookie);
}

fn build(name: &'static str, value: String) -> Cookie<'static> {
    Cookie::build((name, value))
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Strict)
        .build()
}

fn append(headers: &mut HeaderMap, cookie: &Cookie<'_>) {
    if let Ok(value) = HeaderValue::from_str(&cookie.to_string()) {
        headers.append(header::SET_COOKIE, value);
    }
}

/// Returns the token that a form must send. Only pages of this server can know it, because it is
/// derived from the cookie.
pub(crate) fn csrf_token(token: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(b"form of ");
    hash.update(token);
    BASE64URL_NOPAD.encode(&hash.finalize())
}
