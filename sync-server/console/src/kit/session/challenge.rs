//! Pages that stand in for the requested one until the caller has signed in, has confirmed their
//! password, or has sent a kept form themselves.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};

use crate::kit::{
    forms::{Field, Input, KeptForm},
    page::{
        FieldError, Page,
        response::{self, PageError},
    },
    session::{AnonymousForm, Cookies, Session},
    words,
};

/// A step of signing in: paragraphs, fields and one button.
#[derive(Template)]
#[template(path = "kit/step.html")]
pub(crate) struct StepTemplate {
    pub(crate) page: Page,
    pub(crate) lead: Vec<String>,
    pub(crate) action: String,
    pub(crate) fields: Vec<Field>,
    pub(crate) hidden: Vec<(String, String)>,
    pub(crate) button: String,
}

/// A form that was kept through signing in, ready to be sent.
#[derive(Template)]
#[template(path = "kit/resume.html")]
struct ResumeTemplate {
    page: Page,
    to: String,
    fields: Vec<(String, String)>,
}

/// Redirects to the sign-in page, which leads to `return_to` afterwards.
pub(crate) fn redirect_to_sign_in(return_to: &str) -> Response {
    let to: String = url::form_urlencoded::byte_serialize(return_to.as_bytes()).collect();
    response::redirect(&format!("/console/sign-in?to={to}"))
}

/// The first step of signing in: name and password.
pub(crate) fn sign_in_step(
    csrf: String,
    name: &str,
    hidden: Vec<(String, String)>,
    errors: Vec<FieldError>,
    lead: Vec<String>,
) -> StepTemplate {
    let field = Field { autocomplete: "username", ..Field::line("name", "sign-in-name", name) };
    let fields = vec![
        field.with_error(&errors),
        Field::password("password", "sign-in-password", "current-password").with_error(&errors),
    ];
    StepTemplate {
        page: Page::anonymous("sign-in-title", csrf).with_errors(errors),
        lead,
        action: "/console/sign-in".into(),
        fields,
        hidden,
        button: words::t("sign-in-button"),
    }
}

/// Asks a caller whose session ended to sign in, and keeps what they sent.
pub(crate) fn sign_in_again(kept: &KeptForm, token: &str) -> Response {
    let anonymous = Some(token.to_owned()).filter(|token| !token.is_empty());
    let cookies = Cookies { anonymous, session: None };
    let response = AnonymousForm::greet(&cookies, |csrf| {
        let lead = vec![words::t("sign-in-ended")];
        let step = sign_in_step(csrf, "", kept.hidden(), Vec::new(), lead);
        (StatusCode::UNAUTHORIZED, response::render(&step)).into_response()
    });
    response.unwrap_or_else(PageError::into_response)
}

/// The form that asks a signed-in staff member for the password once more.
pub(crate) fn password_step(
    session: &Session,
    hidden: Vec<(String, String)>,
    errors: Vec<FieldError>,
) -> StepTemplate {
    let password = Field::password("password", "sign-in-password", "current-password");
    StepTemplate {
        fields: vec![password.with_error(&errors)],
        page: session.page(words::t("again-title")).with_errors(errors),
        lead: vec![words::t("again-lead")],
        action: "/console/again".into(),
        hidden,
        button: words::t("again-button"),
    }
}

/// Asks for the password before a sensitive action, and keeps what was sent.
pub(crate) fn confirm_password(session: &Session, kept: &KeptForm) -> Response {
    let step = password_step(session, kept.hidden(), Vec::new());
    (StatusCode::UNAUTHORIZED, response::render(&step)).into_response()
}

/// Shows a kept form, ready to be sent.
pub(crate) fn resume(session: &Session, kept: KeptForm) -> Response {
    let page = session.page(words::t("resume-title"));
    response::render(&ResumeTemplate { page, to: kept.to, fields: kept.fields })
}

/// Asks a staff member to send a form themselves that belongs to an earlier session.
pub(crate) fn resend(session: &Session, kept: KeptForm) -> Response {
    (StatusCode::FORBIDDEN, resume(session, kept)).into_response()
}
