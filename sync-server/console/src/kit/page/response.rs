//! Responses: rendered pages, redirects and error pages.

use askama::Template;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
};
use promise_database::DatabaseError;
use promise_services::{
    ServiceError, dual_control::DualControlRefusal, publishing::drafts::DraftRefusal,
};

use crate::kit::{page::Page, words};

/// The result of a handler.
pub(crate) type PageResult = Result<Response, PageError>;

/// Why a handler returns no page.
#[derive(Debug)]
pub(crate) enum PageError {
    /// A service failed.
    Service(ServiceError),
    /// Another response is sent instead, such as the sign-in page.
    Instead(Box<Response>),
}

impl From<ServiceError> for PageError {
    fn from(error: ServiceError) -> Self {
        Self::Service(error)
    }
}

impl From<DatabaseError> for PageError {
    fn from(error: DatabaseError) -> Self {
        Self::Service(error.into())
    }
}

impl From<Response> for PageError {
    fn from(response: Response) -> Self {
        Self::Instead(Box::new(response))
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        match self {
            Self::Instead(response) => *response,
            Self::Service(error) => error_response(&error),
        }
    }
}

/// Renders a page.
pub(crate) fn render(template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => Html(html).into_response(),
        Err(_) => error_response(&ServiceError::Compression),
    }
}

/// Renders a page with a form that has errors, with status 422.
pub(crate) fn invalid_form(template: &impl Template) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, render(template)).into_response()
}

/// Renders a page about a change that another staff member made meanwhile, with status 409.
pub(crate) fn conflict(template: &impl Template) -> Response {
    (StatusCode::CONFLICT, render(template)).into_response()
}

/// Renders a form about something that was removed meanwhile, with status 404.
pub(crate) fn removed(template: &impl Template) -> Response {
    (StatusCode::NOT_FOUND, render(template)).into_response()
}

/// Renders a form that could not be saved again, with the message of the key that `form` receives, if
/// the draft was submitted meanwhile or the record was removed: nothing that was typed is lost. Returns
/// any other error.
pub(crate) fn unsaved<T: Template>(
    error: ServiceError,
    form: impl FnOnce(&str) -> T,
) -> PageResult {
    match error {
        ServiceError::Draft(DraftRefusal::Submitted) => Ok(conflict(&form("promise-late"))),
        ServiceError::NotFound(_) => Ok(removed(&form("promise-gone"))),
        error => Err(error.into()),
    }
}

/// Redirects after a form was applied, so that going back or reloading sends nothing twice.
pub(crate) fn redirect(to: &str) -> Response {
    Redirect::to(to).into_response()
}

#[derive(Template)]
#[template(path = "kit/error.html")]
struct ErrorTemplate {
    page: Page,
    text: String,
}

fn error_page(status: StatusCode, title: &str, text: &str) -> Response {
    let template =
        ErrorTemplate { page: Page::anonymous(title, String::new()), text: words::t(text) };
    let html = template.render().unwrap_or_default();
    (status, Html(html)).into_response()
}

/// Explains a service error.
fn error_response(error: &ServiceError) -> Response {
    match error {
        ServiceError::NotFound(_) | ServiceError::DifferentCouncils => {
            error_page(StatusCode::NOT_FOUND, "sorry-nothing", "sorry-nothing-text")
        }
        ServiceError::CannotDeactivateSelf => {
            error_page(StatusCode::CONFLICT, "sorry-yourself", "staff-off-yourself")
        }
        ServiceError::NotAllowed => {
            error_page(StatusCode::FORBIDDEN, "sorry-role", "sorry-role-text")
        }
        ServiceError::Picture(_) => {
            error_page(StatusCode::CONFLICT, "sorry-picture", "sorry-picture-text")
        }
        ServiceError::Draft(refusal) => draft_refusal(*refusal),
        ServiceError::DualControl(refusal) => {
            error_page(StatusCode::CONFLICT, "power-refused", power_refusal(*refusal))
        }
        ServiceError::NeedsSecondPerson => {
            error_page(StatusCode::CONFLICT, "power-refused", "staff-two-lead")
        }
        ServiceError::AlreadyExists(_)
        | ServiceError::Allocations(_)
        | ServiceError::InvalidFirstDay
        | ServiceError::InvalidLastDay
        | ServiceError::Unreachable
        | ServiceError::InvalidField { .. }
        | ServiceError::StaffDeactivated
        | ServiceError::StaffOnLeave
        | ServiceError::LastAdministrator => {
            error_page(StatusCode::CONFLICT, "sorry-changed", "sorry-changed-text")
        }
        ServiceError::Database(DatabaseError::Busy | DatabaseError::Stopped) => {
            error_page(StatusCode::SERVICE_UNAVAILABLE, "sorry-busy", "sorry-busy-text")
        }
        error => {
            // Errors hold no values and no names, so they may be logged.
            tracing::error!(%error, "a page failed");
            error_page(StatusCode::INTERNAL_SERVER_ERROR, "sorry-failed", "sorry-failed-text")
        }
    }
}

/// Returns the key of the text that explains a rule about two people.
pub(crate) fn power_refusal(refusal: DualControlRefusal) -> &'static str {
    match refusal {
        DualControlRefusal::NoReason => "staff-reason-missing",
        DualControlRefusal::AlreadyWaiting => "power-already-waiting",
        DualControlRefusal::NotWaiting => "power-not-waiting",
        DualControlRefusal::OwnRequest => "power-own-request",
        DualControlRefusal::AboutSelf => "power-about-self",
        DualControlRefusal::SameHands => "power-same-hands",
        DualControlRefusal::InEmergency => "power-in-emergency",
        DualControlRefusal::AskerGone => "power-asker-gone",
        DualControlRefusal::Changed => "power-changed",
        DualControlRefusal::TookPart => "power-took-part",
        DualControlRefusal::Held => "power-held",
    }
}

/// Explains why the draft cannot take this step, and what to do.
fn draft_refusal(refusal: DraftRefusal) -> Response {
    let text = match refusal {
        DraftRefusal::Submitted => "draft-submitted",
        DraftRefusal::NotSubmitted => "draft-not-submitted",
        DraftRefusal::NothingChanged => "draft-nothing-changed",
        DraftRefusal::OwnWork => "draft-own-work",
        DraftRefusal::SameHands => "draft-same-hands",
        DraftRefusal::InEmergency => "draft-in-emergency",
        DraftRefusal::OutOfDate => "draft-out-of-date",
        DraftRefusal::Incomplete => "draft-incomplete",
        DraftRefusal::ChangedSinceRead => "draft-changed",
    };
    error_page(StatusCode::CONFLICT, "draft-refused", text)
}

/// The response to a path that has no page.
pub(crate) async fn not_found() -> Response {
    error_page(StatusCode::NOT_FOUND, "sorry-nothing", "sorry-nothing-text")
}

/// The response to a one-time link that was used or has expired.
pub(crate) fn expired_link() -> Response {
    error_page(StatusCode::NOT_FOUND, "sorry-link", "sorry-link-text")
}

/// The response to an address that sends too many requests.
pub(crate) fn too_many_requests() -> Response {
    let mut response = error_page(StatusCode::TOO_MANY_REQUESTS, "sorry-often", "sorry-often-text");
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
    response
}

/// The response to a form that another site may have sent.
pub(crate) fn cross_site_request() -> Response {
    error_page(StatusCode::FORBIDDEN, "sorry-elsewhere", "sorry-elsewhere-text")
}

/// The response to a form that is too large.
pub(crate) fn payload_too_large() -> Response {
    error_page(StatusCode::PAYLOAD_TOO_LARGE, "sorry-large", "sorry-large-text")
}
