//! Reading and writing the bodies of pairing and syncing: `PROTOCOL.md`, section 7.

use std::time::Duration;

use axum::{
    body::{Body, Bytes},
    extract::Request,
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use futures_util::StreamExt;
use promise_protocol::{MAX_REQUEST_BYTES, PROTOCOL, coding};
use promise_services::ServiceError;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::ApiError;

/// How long a body may take. A phone on a slow network sends a full one in less.
const BODY_TIMEOUT: Duration = Duration::from_mins(2);

/// The length of the header before the zstd frame in the coding `dcz`.
const DCZ_HEADER_BYTES: usize = 40;

/// How the response to a request is written.
#[derive(Clone, Copy)]
pub(super) struct ResponseFormat {
    /// Name the content type, because the request does.
    has_content_type: bool,
    /// Compress with the message dictionary where that is smaller.
    accepts_dcz: bool,
}

impl ResponseFormat {
    /// Returns the format that a request's headers ask for.
    pub(super) fn of(headers: &HeaderMap) -> Result<Self, ApiError> {
        let accepts_dcz = accepted_codings(headers).iter().any(|coding| coding == coding::DCZ);
        Ok(Self { has_content_type: has_json_type(headers)?, accepts_dcz })
    }
}

/// Reads a JSON body, plain or compressed with the message dictionary.
pub(super) async fn read<T: DeserializeOwned>(
    request: Request,
) -> Result<(T, ResponseFormat), ApiError> {
    let (head, body) = request.into_parts();
    let format = ResponseFormat::of(&head.headers)?;
    let is_compressed = is_compressed(&head.headers)?;
    let bytes = tokio::time::timeout(BODY_TIMEOUT, collect(body));
    let bytes = bytes.await.map_err(|_| ApiError::MalformedBody)??;
    let value = if is_compressed { parse(&decompress(&bytes)?) } else { parse(&bytes) };
    Ok((value?, format))
}

/// Writes a JSON body.
pub(super) fn write<T: Serialize>(value: &T, format: ResponseFormat) -> Response {
    let json = serde_json::to_vec(value).unwrap_or_default();
    let compressed = if format.accepts_dcz { coding::encode_message(&json) } else { None };
    let is_compressed = compressed.is_some();
    let mut response = Response::new(Body::from(compressed.unwrap_or(json)));
    if is_compressed {
        let value = HeaderValue::from_static(coding::DCZ);
        response.headers_mut().insert(header::CONTENT_ENCODING, value);
    }
    if format.has_content_type {
        let value = HeaderValue::from_static("application/json");
        response.headers_mut().insert(header::CONTENT_TYPE, value);
    }
    response
}

/// Returns the codings in `Accept-Encoding`, without those that it excludes (`q=0`).
pub(super) fn accepted_codings(headers: &HeaderMap) -> Vec<String> {
    let values = headers.get_all(header::ACCEPT_ENCODING).iter();
    let items = values.filter_map(|value| value.to_str().ok()).flat_map(|text| text.split(','));
    items
        .filter_map(|item| {
            let (name, weight) = item.split_once(';').unwrap_or((item, ""));
            let weight = weight.trim().to_ascii_lowercase();
            let weight = weight.strip_prefix("q=").and_then(|q| q.trim().parse::<f32>().ok());
            (weight != Some(0.0)).then(|| name.trim().to_ascii_lowercase())
        })
        .collect()
}

/// Returns `true` if the request has a content type, which must then be JSON.
fn has_json_type(headers: &HeaderMap) -> Result<bool, ApiError> {
    let Some(value) = headers.get(header::CONTENT_TYPE) else { return Ok(false) };
    let text = value.to_str().map_err(|_| ApiError::UnsupportedType)?;
    let name = text.split(';').next().unwrap_or_default().trim();
    let is_json = name.eq_ignore_ascii_case("application/json");
    if is_json { Ok(true) } else { Err(ApiError::UnsupportedType) }
}

fn is_compressed(headers: &HeaderMap) -> Result<bool, ApiError> {
    let Some(value) = headers.get(header::CONTENT_ENCODING) else { return Ok(false) };
    match value.as_bytes() {
        b"dcz" => Ok(true),
        b"identity" => Ok(false),
        _ => Err(ApiError::UnsupportedType),
    }
}

async fn collect(body: Body) -> Result<Vec<u8>, ApiError> {
    let mut stream = body.into_data_stream();
    let mut bytes = Vec::new();
    while let Some(chunk) = stream.next().await {
        let chunk: Bytes = chunk.map_err(|_| ApiError::MalformedBody)?;
        if bytes.len() + chunk.len() > MAX_REQUEST_BYTES {
            return Err(ApiError::BodyTooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

fn decompress(bytes: &[u8]) -> Result<Vec<u8>, ApiError> {
    use coding::CodingError;
    coding::decode_message(bytes, MAX_REQUEST_BYTES).map_err(|error| match error {
        CodingError::OtherDictionary | CodingError::NotDcz => ApiError::UnsupportedType,
        CodingError::Broken if declares_too_many_bytes(bytes) => ApiError::BodyTooLarge,
        CodingError::Broken => ApiError::MalformedBody,
    })
}

/// Returns `true` if the zstd frame declares a content size over the limit.
fn declares_too_many_bytes(bytes: &[u8]) -> bool {
    let frame = bytes.get(DCZ_HEADER_BYTES..).unwrap_or_default();
    let size = zstd::zstd_safe::get_frame_content_size(frame).ok().flatten();
    size.is_some_and(|size| size > MAX_REQUEST_BYTES as u64)
}

/// Parses JSON. A body of another protocol version may have another shape: if it does not fit, the
/// version decides which error it is.
fn parse<T: DeserializeOwned>(json: &[u8]) -> Result<T, ApiError> {
    #[derive(Deserialize)]
    struct Version {
        protocol: u32,
    }
    serde_json::from_slice(json).map_err(|_| match serde_json::from_slice::<Version>(json) {
        Ok(version) if version.protocol != PROTOCOL => ServiceError::UnsupportedProtocol.into(),
        _ => ApiError::MalformedBody,
    })
}
