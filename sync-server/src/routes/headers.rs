//! Headers that every answer has, but one.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::Response,
};

/// Marks an answer that goes without the headers below. Answers to a sync do: a `POST` with
/// `Authorization` is not cached by anybody, a body without a type is not sniffed by an app that
/// reads JSON, and 60 bytes of each answer count on a small plan.
#[derive(Clone, Copy)]
pub(super) struct Bare;

/// Adds what keeps browsers and caches from doing harm.
pub(super) async fn secure(mut response: Response) -> Response {
    let is_bare = response.extensions().get::<Bare>().is_some();
    if is_bare && response.status() == StatusCode::OK {
        return response;
    }
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}
