//! `GET /v1/pictures/{hash}`: pictures that the promise refers to. Public and immutable.

use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderValue, header},
    response::Response,
};
use promise_protocol::{Problem, pack::is_hash};
use promise_services::publishing::pictures;

use super::{ApiError, App};

/// Fetch a picture
///
/// A picture has at most 40 kB. Check that the bytes have the hash.
#[utoipa::path(
    get,
    path = "/v1/pictures/{hash}",
    params(("hash" = String, Path, description = "SHA-256 of the picture, in hexadecimal")),
    responses(
        (status = 200, description = "The picture", content_type = "image/webp", body = Vec<u8>),
        (status = 404, description = "No such picture", body = Problem,
            content_type = "application/problem+json"),
    )
)]
pub(super) async fn picture(
    State(app): State<App>,
    Path(hash): Path<String>,
) -> Result<Response, ApiError> {
    if !is_hash(&hash) {
        return Err(ApiError::NotFound);
    }
    let found = app.database.read(move |tx| pictures::find(tx, &hash)).await?;
    let picture = found.ok_or(ApiError::NotFound)?;
    let media_type = HeaderValue::from_str(&picture.media_type).map_err(|_| ApiError::NotFound)?;
    let mut response = Response::new(Body::from(picture.bytes));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, media_type);
    let immutable = HeaderValue::from_static("public, max-age=31536000, immutable");
    headers.insert(header::CACHE_CONTROL, immutable);
    Ok(response)
}
