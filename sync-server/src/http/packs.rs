//! `GET /v1/packs/{hash}`: what a council publishes. Public and immutable.

use axum::{
    body::Body,
    extract::{Path, State, rejection::PathRejection},
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use promise_protocol::{Problem, coding, pack::is_hash};
use promise_services::publishing::packs::{Coding, PackRequest};

use super::{ApiError, App, body};

/// Fetch a pack
///
/// With the hash of an older pack in `Available-Dictionary` and `dcz` in `Accept-Encoding`, the
/// response is compressed against that pack. Check that the decoded bytes have the hash.
#[utoipa::path(
    get,
    path = "/v1/packs/{hash}",
    params(("hash" = String, Path, description = "SHA-256 of the pack, in hexadecimal")),
    responses(
        (status = 200, description = "The pack", content_type = "application/json", body = Object),
        (status = 404, description = "No such pack", body = Problem,
            content_type = "application/problem+json"),
        (status = 503, description = "Try again in a moment", body = Problem,
            content_type = "application/problem+json"),
    )
)]
pub(super) async fn pack(
    State(app): State<App>,
    hash: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let Path(hash) = hash.map_err(|_| ApiError::NotFound)?;
    if !is_hash(&hash) {
        return Err(ApiError::NotFound);
    }
    let request = pack_request(&headers);
    let coded = app.compressor.coded(&hash, &request).await?;
    let (coding, bytes) = coded.ok_or(ApiError::NotFound)?;
    Ok(response(&coding, bytes))
}

fn pack_request(headers: &HeaderMap) -> PackRequest {
    let dictionary = headers.get("available-dictionary").and_then(|value| value.to_str().ok());
    PackRequest {
        accepts: body::accepted_codings(headers),
        has: dictionary.and_then(coding::pack_of_available_dictionary),
    }
}

fn response(coding: &Coding, bytes: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    let mut set = |name, value| headers.insert(name, HeaderValue::from_static(value));
    set(header::CONTENT_TYPE, "application/json");
    set(header::CACHE_CONTROL, "public, max-age=31536000, immutable");
    set(header::VARY, "accept-encoding, available-dictionary");
    if let Some(coding) = coding.header() {
        set(header::CONTENT_ENCODING, coding);
    }
    response
}
