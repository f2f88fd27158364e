//! Security headers of every response.

use axum::{
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::Response,
};

/// Only resources of this server, and no inline script or style.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
                      connect-src 'self'; form-action 'self'; base-uri 'none'; \
                      frame-ancestors 'none'";

/// Nothing about a page leaves for other sites: links to them send no `Referer`, and forms to them,
/// which [`POLICY`] forbids as well, no `Origin`.
///
/// The stricter `no-referrer` also hides the `Origin` of forms from this server, which needs it: see
/// `session::origin`. What `same-origin` sends more is the address of the page before, to the server
/// that served it. The one secret in an address is the link of a new staff member. It works once,
/// and a proxy that logs requests has seen it with the request for that page.
const REFERRER_POLICY: &str = "same-origin";

/// Browsers use only HTTPS for two years.
const HSTS: &str = "max-age=63072000";

/// Adds the security headers to a response. Responses without `Cache-Control` are not stored.
pub fn secure(response: &mut Response, is_https: bool) {
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::REFERRER_POLICY, REFERRER_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if is_https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(HSTS));
    }
    no_store(headers);
}

/// Forbids storing a response that has no `Cache-Control` yet.
fn no_store(headers: &mut HeaderMap) {
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
}
