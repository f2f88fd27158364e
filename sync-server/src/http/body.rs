//! Reading and writing the bodies of pairing and syncing: `PROTOCOL.md`, section 8.

use std::time::Duration;

use axum::{
    body::{Body, Bytes},
    extract::Request,
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use futures_util::StreamExt;
use promise_protocol::{MAX_REQUEST_BYTES, PROTOCOL, coding};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::ApiError;
use promise_services::ServiceError;

/// How long a body may take. A phone on a slow network sends a full one in less.
const PATIENCE: Duration = Duration::from_mins(2);

/// What an answer's form depends on.
#[derive(Clone, Copy)]
pub(super) struct Form {
    typed: bool,
    reads_dcz: bool,
}

/// Reads a body: JSON, plain or coded with the message dictionary.
pub(super) async fn read<T: DeserializeOwned>(request: Request) -> Result<(T, Form), ApiError> {
    let (head, body) = request.into_parts();
    let form = form(&head.headers)?;
    let is_coded = is_coded(&head.headers)?;
    let bytes = tokio::time::timeout(PATIENCE, gather(body));
    let bytes = bytes.await.map_err(|_| ApiError::Malformed)??;
    let value = if is_coded { parse(&decode(&bytes)?) } else { parse(&bytes) };
    Ok((value?, form))
}

/// The form that a request's headers ask for. A request without a body asks for one too.
pub(super) fn form(headers: &HeaderMap) -> Result<Form, ApiError> {
    let typed = is_typed(headers)?;
    let reads_dcz = accepts(headers).iter().any(|coding| coding == coding::DCZ);
    Ok(Form { typed, reads_dcz })
}

/// Writes an answer in the form the request asks for.
pub(super) fn write<T: Serialize>(answer: &T, form: Form) -> Response {
    let json = serde_json::to_vec(answer).unwrap_or_default();
    let coded = if form.reads_dcz { coding::encode_message(&json) } else { None };
    let is_coded = coded.is_some();
    let mut response = Response::new(Body::from(coded.unwrap_or(json)));
    if is_coded {
        let value = HeaderValue::from_static(coding::DCZ);
        response.headers_mut().insert(header::CONTENT_ENCODING, value);
    }
    if form.typed {
        let value = HeaderValue::from_static("application/json");
        response.headers_mut().insert(header::CONTENT_TYPE, value);
    }
    response
}

/// The codings that `Accept-Encoding` names, without those it refuses (`q=0`).
pub(super) fn accepts(headers: &HeaderMap) -> Vec<String> {
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

/// Whether the body names its type; if so, it must be JSON.
fn is_typed(headers: &HeaderMap) -> Result<bool, ApiError> {
    let Some(value) = headers.get(header::CONTENT_TYPE) else { return Ok(false) };
    let text = value.to_str().map_err(|_| ApiError::WrongType)?;
    let name = text.split(';').next().unwrap_or_default().trim();
    if name.eq_ignore_ascii_case("application/json") { Ok(true) } else { Err(ApiError::WrongType) }
}

fn is_coded(headers: &HeaderMap) -> Result<bool, ApiError> {
    let Some(value) = headers.get(header::CONTENT_ENCODING) else { return Ok(false) };
    match value.as_bytes() {
        b"dcz" => Ok(true),
        b"identity" => Ok(false),
        _ => Err(ApiError::WrongType),
    }
}

async fn gather(body: Body) -> Result<Vec<u8>, ApiError> {
    let mut stream = body.into_data_stream();
    let mut bytes = Vec::new();
    while let Some(chunk) = stream.next().await {
        let chunk: Bytes = chunk.map_err(|_| ApiError::Malformed)?;
        if bytes.len() + chunk.len() > MAX_REQUEST_BYTES {
            return Err(ApiError::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

fn decode(coded: &[u8]) -> Result<Vec<u8>, ApiError> {
    use coding::CodingError;
    coding::decode_message(coded, MAX_REQUEST_BYTES).map_err(|error| match error {
        CodingError::OtherDictionary | CodingError::NotDcz => ApiError::WrongType,
        CodingError::Broken if says_it_is_larger(coded) => ApiError::TooLarge,
        CodingError::Broken => ApiError::Malformed,
    })
}

/// Whether the zstd frame, which follows 40 bytes of header, says that it grows past the limit.
fn says_it_is_larger(coded: &[u8]) -> bool {
    let frame = coded.get(40..).unwrap_or_default();
    let size = zstd::zstd_safe::get_frame_content_size(frame).ok().flatten();
    size.is_some_and(|size| size > MAX_REQUEST_BYTES as u64)
}

/// Reads JSON. A body of another version may have another shape, so the version is looked for
/// where the body does not fit.
fn parse<T: DeserializeOwned>(json: &[u8]) -> Result<T, ApiError> {
    #[derive(Deserialize)]
    struct Version {
        protocol: u32,
    }
    serde_json::from_slice(json).map_err(|_| match serde_json::from_slice::<Version>(json) {
        Ok(version) if version.protocol != PROTOCOL => ServiceError::UnsupportedProtocol.into(),
        _ => ApiError::Malformed,
    })
}
