//! The error of every route of the phones, which becomes a problem document.

use axum::response::{IntoResponse, Response};
use promise_database::DatabaseError;
use promise_protocol::ProblemCode;
use promise_services::{Entity, ServiceError, devices::pairing::CodeRefusal};

use super::problem;

/// Why a request failed.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// A service or the database failed.
    #[error(transparent)]
    Service(#[from] ServiceError),
    /// The pairing code was refused.
    #[error("the pairing code was refused")]
    PairingCode(CodeRefusal),
    /// The body is not valid JSON of the expected shape, or did not arrive in time.
    #[error("the body cannot be read")]
    MalformedBody,
    /// The body exceeds the size limit of the route.
    #[error("the body is too large")]
    BodyTooLarge,
    /// The route does not read the body's content type or coding.
    #[error("the content type or coding of the body is not supported")]
    UnsupportedType,
    /// Too many requests from one address.
    #[error("too many requests")]
    TooManyRequests,
    /// No route or resource has this path.
    #[error("not found")]
    NotFound,
    /// The route does not support the method.
    #[error("method not allowed")]
    MethodNotAllowed,
}

impl From<DatabaseError> for ApiError {
    fn from(error: DatabaseError) -> Self {
        Self::Service(error.into())
    }
}

impl ApiError {
    /// The code that tells a program what went wrong.
    pub fn code(&self) -> ProblemCode {
        match self {
            Self::Service(error) => service_code(error),
            Self::PairingCode(refusal) => refusal.problem(),
            Self::MalformedBody => ProblemCode::Malformed,
            Self::BodyTooLarge => ProblemCode::TooLarge,
            Self::UnsupportedType => ProblemCode::WrongType,
            Self::TooManyRequests => ProblemCode::TooMany,
            Self::NotFound => ProblemCode::NotFound,
            Self::MethodNotAllowed => ProblemCode::WrongMethod,
        }
    }
}

fn service_code(error: &ServiceError) -> ProblemCode {
    match error {
        ServiceError::NotPaired => ProblemCode::NotPaired,
        ServiceError::UnsupportedProtocol => ProblemCode::WrongVersion,
        ServiceError::TooLarge => ProblemCode::TooLarge,
        ServiceError::Revoked(_) => ProblemCode::Revoked,
        ServiceError::TooManyInvitations => ProblemCode::TooMany,
        ServiceError::LimitedPhone => ProblemCode::LimitedPhone,
        ServiceError::NotProven => ProblemCode::NotProven,
        ServiceError::WrongPerson => ProblemCode::Malformed,
        ServiceError::NotFound(Entity::Phone) => ProblemCode::NotFound,
        ServiceError::Database(
            DatabaseError::Busy | DatabaseError::Stopped | DatabaseError::NotSigned(_),
        ) => ProblemCode::Busy,
        _ => ProblemCode::Internal,
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let code = self.code();
        if code == ProblemCode::Internal {
            // An error message contains no values and no ids of people, so it may be logged.
            tracing::error!(error = %self, "a request failed");
        }
        match self {
            Self::Service(ServiceError::Revoked(order)) => problem::response(code, Some(order)),
            _ => problem::response(code, None),
        }
    }
}
