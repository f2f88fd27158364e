//! Pages as answers, and what the reader is told when something does not go.

use askama::Template;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
};
use promise_database::DatabaseError;
use promise_services::{ServiceError, publishing::drafts::DraftRefusal};

use crate::kit::{page::Page, words};

/// What a handler answers.
pub(crate) type Answer = Result<Response, Failure>;

/// Why there is no page.
#[derive(Debug)]
pub(crate) enum Failure {
    /// A service did not do it.
    Service(ServiceError),
    /// Something else is to be answered, such as the page to sign in.
    Instead(Box<Response>),
}

impl From<ServiceError> for Failure {
    fn from(error: ServiceError) -> Self {
        Self::Service(error)
    }
}

impl From<DatabaseError> for Failure {
    fn from(error: DatabaseError) -> Self {
        Self::Service(error.into())
    }
}

impl From<Response> for Failure {
    fn from(response: Response) -> Self {
        Self::Instead(Box::new(response))
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        match self {
            Self::Instead(response) => *response,
            Self::Service(error) => explain(&error),
        }
    }
}

/// A page.
pub(crate) fn page(template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => Html(html).into_response(),
        Err(_) => explain(&ServiceError::Compression),
    }
}

/// A page with a form that was not filled in right.
pub(crate) fn not_right(template: &impl Template) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, page(template)).into_response()
}

/// Another page, so that going back or reloading sends nothing twice.
pub(crate) fn go(to: &str) -> Response {
    Redirect::to(to).into_response()
}

#[derive(Template)]
#[template(path = "kit/error.html")]
struct Sorry {
    page: Page,
    text: String,
}

fn sorry(status: StatusCode, title: &str, text: &str) -> Response {
    let sorry = Sorry { page: Page::plain(title, String::new()), text: words::t(text) };
    let html = sorry.render().unwrap_or_default();
    (status, Html(html)).into_response()
}

fn explain(error: &ServiceError) -> Response {
    match error {
        ServiceError::NotFound(_) | ServiceError::DifferentCouncils => {
            sorry(StatusCode::NOT_FOUND, "sorry-nothing", "sorry-nothing-text")
        }
        ServiceError::CannotDeactivateSelf => {
            sorry(StatusCode::CONFLICT, "sorry-yourself", "staff-off-yourself")
        }
        ServiceError::NotAllowed => sorry(StatusCode::FORBIDDEN, "sorry-role", "sorry-role-text"),
        ServiceError::Picture(_) => {
            sorry(StatusCode::CONFLICT, "sorry-picture", "sorry-picture-text")
        }
        ServiceError::Draft(refusal) => draft(*refusal),
        ServiceError::AlreadyExists(_)
        | ServiceError::InvalidDay(_)
        | ServiceError::InvalidField { .. }
        | ServiceError::StaffDeactivated
        | ServiceError::StaffOnLeave
        | ServiceError::LastAdministrator => {
            sorry(StatusCode::CONFLICT, "sorry-changed", "sorry-changed-text")
        }
        ServiceError::Database(DatabaseError::Busy | DatabaseError::Stopped) => {
            sorry(StatusCode::SERVICE_UNAVAILABLE, "sorry-busy", "sorry-busy-text")
        }
        error => {
            // Errors hold no values and name nobody, so they may be logged.
            tracing::error!(%error, "a page failed");
            sorry(StatusCode::INTERNAL_SERVER_ERROR, "sorry-failed", "sorry-failed-text")
        }
    }
}

/// A draft that does not go further, and what to do about it.
fn draft(refusal: DraftRefusal) -> Response {
    let text = match refusal {
        DraftRefusal::Submitted => "draft-handed-in",
        DraftRefusal::NotSubmitted => "draft-not-handed-in",
        DraftRefusal::NothingChanged => "draft-nothing-changed",
        DraftRefusal::OwnWork => "draft-own-work",
        DraftRefusal::OutOfDate => "draft-behind",
        DraftRefusal::Incomplete => "draft-not-whole",
        DraftRefusal::ChangedSinceRead => "draft-changed",
    };
    sorry(StatusCode::CONFLICT, "draft-refused", text)
}

/// For an address where there is nothing.
pub(crate) async fn nothing_here() -> Response {
    sorry(StatusCode::NOT_FOUND, "sorry-nothing", "sorry-nothing-text")
}

/// For a link that was used or is too old.
pub(crate) fn old_link() -> Response {
    sorry(StatusCode::NOT_FOUND, "sorry-link", "sorry-link-text")
}

/// For whoever asks too often.
pub(crate) fn too_many() -> Response {
    let mut response = sorry(StatusCode::TOO_MANY_REQUESTS, "sorry-often", "sorry-often-text");
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
    response
}

/// For a request that another site may have made.
pub(crate) fn not_from_here() -> Response {
    sorry(StatusCode::FORBIDDEN, "sorry-elsewhere", "sorry-elsewhere-text")
}

/// For more than a form holds.
pub(crate) fn too_large() -> Response {
    sorry(StatusCode::PAYLOAD_TOO_LARGE, "sorry-large", "sorry-large-text")
}
