//! Security headers, which every response has except one.

use axum::{http::StatusCode, response::Response};

/// Marks a successful response that goes without the headers below: the response to a sync. A
/// `POST` with `Authorization` is not cached by anyone, an app that reads JSON does not sniff a
/// body's type, and 60 bytes of each response count on a small data plan.
#[derive(Clone, Copy)]
pub(super) struct WithoutSecurityHeaders;

/// Adds the headers that keep browsers and caches from doing harm.
pub(super) fn secure(mut response: Response, is_https: bool) -> Response {
    let is_marked = response.extensions().get::<WithoutSecurityHeaders>().is_some();
    if is_marked && response.status() == StatusCode::OK {
        return response;
    }
    promise_console::secure(&mut response, is_https);
    response
}
