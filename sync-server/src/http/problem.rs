//! How errors become answers: the one place.

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use promise_protocol::{Problem, ProblemCode};

use promise_database::DatabaseError;
use promise_services::{ServiceError, devices::pairing::CodeRefusal};

/// Why a request was not done.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// A service did not do it.
    #[error(transparent)]
    Service(#[from] ServiceError),
    /// The pairing code does not pair.
    #[error("the pairing code was refused")]
    Code(CodeRefusal),
    /// The body is not what this address takes.
    #[error("the body cannot be read")]
    Malformed,
    /// The body is larger than this address takes.
    #[error("the body is too large")]
    TooLarge,
    /// The body's type or coding is not one this address reads.
    #[error("the body's type or coding is not read here")]
    WrongType,
    /// Too many requests from one place.
    #[error("too many requests")]
    TooMany,
    /// Nothing at this address.
    #[error("nothing here")]
    NotFound,
    /// The address does not take the method.
    #[error("not this method")]
    WrongMethod,
}

impl From<DatabaseError> for ApiError {
    fn from(error: DatabaseError) -> Self {
        Self::Service(error.into())
    }
}

impl ApiError {
    /// What it is, for a program.
    pub fn code(&self) -> ProblemCode {
        match self {
            Self::Service(error) => service_code(error),
            Self::Code(refusal) => refusal.problem(),
            Self::Malformed => ProblemCode::Malformed,
            Self::TooLarge => ProblemCode::TooLarge,
            Self::WrongType => ProblemCode::WrongType,
            Self::TooMany => ProblemCode::TooMany,
            Self::NotFound => ProblemCode::NotFound,
            Self::WrongMethod => ProblemCode::WrongMethod,
        }
    }
}

fn service_code(error: &ServiceError) -> ProblemCode {
    match error {
        ServiceError::NotPaired => ProblemCode::NotPaired,
        ServiceError::UnsupportedProtocol => ProblemCode::WrongVersion,
        ServiceError::TooLarge => ProblemCode::TooLarge,
        ServiceError::Revoked => ProblemCode::Revoked,
        ServiceError::TooMany(_) => ProblemCode::TooMany,
        ServiceError::WrongPerson => ProblemCode::Malformed,
        ServiceError::NotFound("pack" | "phone") => ProblemCode::NotFound,
        ServiceError::Database(DatabaseError::Busy | DatabaseError::Stopped) => ProblemCode::Busy,
        _ => ProblemCode::Internal,
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let code = self.code();
        if code == ProblemCode::Internal {
            // Errors hold no values and name nobody, so they may be logged.
            tracing::error!(error = %self, "a request failed");
        }
        answer(code)
    }
}

/// Status, title and what to do next.
fn words(code: ProblemCode) -> (StatusCode, &'static str, &'static str) {
    use ProblemCode as P;
    use StatusCode as S;
    match code {
        P::CodeWrong => (
            S::FORBIDDEN,
            "This is not a pairing code of this server",
            "Check the code on your adviser's screen and type it again.",
        ),
        P::CodeUsed => (S::FORBIDDEN, "This code has been used", ASK),
        P::CodeExpired => (S::FORBIDDEN, "This code is too old", ASK),
        P::CodeLocked => (S::FORBIDDEN, "This code was typed wrongly too often", ASK),
        P::NotPaired => (
            S::UNAUTHORIZED,
            "This phone is not connected",
            "Ask your adviser for a code, and connect the phone again.",
        ),
        P::Revoked => (
            S::UNAUTHORIZED,
            "This phone was taken off",
            "It wipes itself. Ask your adviser for a code to connect a phone again.",
        ),
        P::WrongVersion => (
            S::BAD_REQUEST,
            "The phone and the server speak different versions",
            "Update the app, or the server if the app is the newer one.",
        ),
        P::Malformed => (S::BAD_REQUEST, "The request cannot be read", "Do not send it again."),
        P::TooLarge => (S::PAYLOAD_TOO_LARGE, "The request is too large", "Send less at once."),
        P::WrongType => (
            S::UNSUPPORTED_MEDIA_TYPE,
            "The request's type or coding is not read here",
            "Send JSON, plain or in the dcz coding with the message dictionary.",
        ),
        P::NotFound => (S::NOT_FOUND, "There is nothing here", "Check the address."),
        P::WrongMethod => {
            (S::METHOD_NOT_ALLOWED, "Not with this method", "See /openapi.json for the methods.")
        }
        P::TooMany => (S::TOO_MANY_REQUESTS, "Too many requests", "Wait a minute and try again."),
        P::Busy => (S::SERVICE_UNAVAILABLE, "The server is busy", "Try again in a moment."),
        P::Internal | P::Unknown => (
            S::INTERNAL_SERVER_ERROR,
            "The server failed",
            "Try again later, and tell whoever runs the server if it goes on.",
        ),
    }
}

const ASK: &str = "Ask your adviser for a new code.";

fn answer(code: ProblemCode) -> Response {
    let (status, title, detail) = words(code);
    let problem =
        Problem { status: status.as_u16(), code, title: title.into(), detail: detail.into() };
    let mut response = Response::new(Body::from(serde_json::to_vec(&problem).unwrap_or_default()));
    *response.status_mut() = status;
    let mut head =
        |name, value| response.headers_mut().insert(name, HeaderValue::from_static(value));
    head(header::CONTENT_TYPE, "application/problem+json");
    match code {
        ProblemCode::NotPaired | ProblemCode::Revoked => head(header::WWW_AUTHENTICATE, "Bearer"),
        ProblemCode::TooMany => head(header::RETRY_AFTER, "60"),
        ProblemCode::Busy => head(header::RETRY_AFTER, "2"),
        _ => None,
    };
    response
}
