//! Headers that every answer has, but one.

use axum::{http::StatusCode, response::Response};

/// Marks an answer that goes without the headers below. Answers to a sync do: a `POST` with
/// `Authorization` is not cached by anybody, a body without a type is not sniffed by an app that
/// reads JSON, and 60 bytes of each answer count on a small plan.
#[derive(Clone, Copy)]
pub(super) struct Bare;

/// Adds what keeps browsers and caches from doing harm.
pub(super) fn secure(mut response: Response, is_https: bool) -> Response {
    let is_bare = response.extensions().get::<Bare>().is_some();
    if is_bare && response.status() == StatusCode::OK {
        return response;
    }
    promise_console::secure(&mut response, is_https);
    response
}
