//! `GET /v1/packs/{hash}`: what a council publishes. Public, and the same for ever.

use axum::{
    body::Body,
    extract::{Path, State, rejection::PathRejection},
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use promise_protocol::{Edition, Problem, coding, pack::is_hash};

use super::{ApiError, App, body};
use crate::service::{
    ServiceError,
    packs::{self, Coding, Prepared, Wanted, Work},
};

/// Fetch a pack
///
/// Name the pack you have in `Available-Dictionary`, and read `dcz`: the answer is then the
/// difference. Check that the decoded bytes have the hash.
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
    let wanted = wanted(&headers);
    let (coding, bytes) = match prepared(&app, &hash, &wanted).await? {
        Prepared::Ready(coding, bytes) => (coding, bytes),
        Prepared::ToCompress(_) => compressed(&app, &hash, &wanted).await?,
    };
    Ok(answer(&coding, bytes))
}

fn wanted(headers: &HeaderMap) -> Wanted {
    let has = headers.get("available-dictionary").and_then(|value| value.to_str().ok());
    Wanted {
        accepts: body::accepts(headers),
        has: has.and_then(coding::pack_of_available_dictionary),
    }
}

async fn prepared(app: &App, hash: &str, wanted: &Wanted) -> Result<Prepared, ApiError> {
    let (hash, wanted) = (hash.to_owned(), wanted.clone());
    let found = app.readers.run(move |tx| packs::prepare(tx, &hash, &wanted)).await?;
    found.ok_or(ApiError::NotFound)
}

/// Compresses a pack, unless somebody else did so while this request waited for its turn.
async fn compressed(app: &App, hash: &str, wanted: &Wanted) -> Result<(Coding, Vec<u8>), ApiError> {
    let _turn = app.compressing.lock().await;
    let work = match prepared(app, hash, wanted).await? {
        Prepared::Ready(coding, bytes) => return Ok((coding, bytes)),
        Prepared::ToCompress(work) => work,
    };
    let coding = work.coding.clone();
    let done = tokio::task::spawn_blocking(move || compress(*work)).await;
    let (work, bytes) = done.map_err(|_| ServiceError::Coding)??;
    let kept = app.writer.run(move |tx| packs::remember(tx, &work, &bytes).map(|()| bytes));
    Ok((coding, kept.await?))
}

/// Compresses what phones will ask for first when an edition takes the place of another.
pub(crate) async fn compress_ahead(
    app: &App,
    newest: &Edition,
    older: Option<&Edition>,
) -> Result<(), ApiError> {
    for (hash, wanted) in packs::first_asked(newest, older) {
        compressed(app, &hash, &wanted).await?;
    }
    Ok(())
}

fn compress(work: Work) -> Result<(Work, Vec<u8>), ServiceError> {
    let bytes = packs::compress(&work)?;
    Ok((work, bytes))
}

fn answer(coding: &Coding, bytes: Vec<u8>) -> Response {
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
