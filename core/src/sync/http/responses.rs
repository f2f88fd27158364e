//! Sending requests and reading responses.

use promise_protocol::{MAX_RESPONSE_BYTES, Problem, ProblemCode, coding};
use reqwest::{RequestBuilder, Response, StatusCode, header::CONTENT_ENCODING};
use serde::de::DeserializeOwned;

use crate::sync::TransportError;

const MAX_PROBLEM_BYTES: usize = 64 << 10;

/// Executes a request. Returns the response if its status is a success.
pub(super) async fn execute(request: RequestBuilder) -> Result<Response, TransportError> {
    let response = request.send().await.map_err(|error| {
        if error.is_connect() { TransportError::Unreachable } else { TransportError::Broken }
    })?;
    let status = response.status();
    if status.is_success() {
        return Ok(response);
    }
    let body = read_body(response, MAX_PROBLEM_BYTES).await?;
    let problem = serde_json::from_slice::<Problem>(&body);
    Err(TransportError::Refused(match problem {
        Ok(Problem { code: ProblemCode::Revoked, order, .. }) => {
            return Err(TransportError::Revoked(order));
        }
        Ok(problem) => problem.code,
        Err(_) if status == StatusCode::TOO_MANY_REQUESTS => ProblemCode::TooMany,
        Err(_) if status.is_server_error() => ProblemCode::Busy,
        // Not this project's server, but for instance the sign-in page of a Wi-Fi.
        Err(_) => return Err(TransportError::NotUnderstood),
    }))
}

/// Reads the message in a response.
pub(super) async fn read_message<T: DeserializeOwned>(
    response: Response,
) -> Result<T, TransportError> {
    let is_coded = content_encoding(&response) == coding::DCZ;
    let mut body = read_body(response, MAX_RESPONSE_BYTES).await?;
    if is_coded {
        body = coding::decode_message(&body, MAX_RESPONSE_BYTES)
            .map_err(|_| TransportError::NotUnderstood)?;
    }
    serde_json::from_slice(&body).map_err(|_| TransportError::NotUnderstood)
}

/// Reads a body of at most `max_bytes`.
pub(super) async fn read_body(
    mut response: Response,
    max_bytes: usize,
) -> Result<Vec<u8>, TransportError> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|_| TransportError::Broken)? {
        if body.len() + chunk.len() > max_bytes {
            return Err(TransportError::NotUnderstood);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

pub(super) fn content_encoding(response: &Response) -> String {
    let value = response.headers().get(CONTENT_ENCODING).and_then(|value| value.to_str().ok());
    value.unwrap_or_default().to_ascii_lowercase()
}
