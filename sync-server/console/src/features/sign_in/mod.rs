//! Signing in, step by step: one-time link, password, authenticator, and the password once more
//! before something that matters.

pub(crate) mod again;
pub(crate) mod code;
pub(crate) mod enrol;
pub(crate) mod password;
pub(crate) mod welcome;

use std::time::Instant;

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use promise_services::{ServiceError, sign_in as service};

use crate::{
    App,
    kit::{
        forms::{Carried, Field, Input},
        page::{
            Mistake, Page,
            response::{self, Answer, Failure},
        },
        session::{
            ANONYMOUS, AnonymousForm, Cookies, SESSION, Session, StaffForm, csrf_of, forget, keep,
        },
        url::own_path,
        words,
    },
};

/// One step: a few words, a few fields and a button.
#[derive(Template)]
#[template(path = "sign_in/step.html")]
struct Step {
    page: Page,
    lead: Vec<String>,
    action: String,
    fields: Vec<Field>,
    hidden: Vec<(String, String)>,
    button: String,
}

/// What was typed before, to be sent now.
#[derive(Template)]
#[template(path = "sign_in/resume.html")]
struct Resume {
    page: Page,
    to: String,
    fields: Vec<(String, String)>,
}

/// Sends somebody to sign in, and from there to where they wanted to go.
pub(crate) fn first(wanted: &str) -> Response {
    let to: String = url::form_urlencoded::byte_serialize(wanted.as_bytes()).collect();
    response::go(&format!("/console/sign-in?to={to}"))
}

/// Asks somebody to sign in again, and keeps what they typed.
pub(crate) fn first_keeping(carried: &Carried, token: &str) -> Response {
    let cookies =
        Cookies { anonymous: Some(token.to_owned()).filter(|it| !it.is_empty()), session: None };
    let ended = words::t("sign-in-ended");
    let shown = AnonymousForm::greet(&cookies, |csrf| {
        let step = password::step(csrf, "", carried.hidden(), Vec::new(), vec![ended]);
        (StatusCode::UNAUTHORIZED, response::page(&step)).into_response()
    });
    shown.unwrap_or_else(Failure::into_response)
}

/// Shows what was typed before, ready to be sent.
pub(crate) fn resume(page: Page, carried: Carried) -> Response {
    response::page(&Resume { page, to: carried.to, fields: carried.fields })
}

/// Asks somebody whose form is from an earlier session to send it themselves.
pub(crate) fn confirm(session: &Session, carried: Carried) -> Response {
    (StatusCode::FORBIDDEN, resume(after(session), carried)).into_response()
}

/// The page to go on with, once signed in.
fn onward(app_page: Page, carried: Carried, to: &str) -> Response {
    if !carried.to.is_empty() {
        return resume(app_page, carried);
    }
    let to = own_path(to);
    response::go(if to.is_empty() { "/console" } else { to })
}

/// Signs out.
pub(crate) async fn out(State(app): State<App>, sent: StaffForm) -> Answer {
    let token = sent.session.token;
    app.database.write(move |tx| service::end(tx, &token)).await?;
    let mut response = response::go("/console/sign-in");
    forget(response.headers_mut(), SESSION);
    Ok(response)
}

/// Lets somebody try a password or code: not too often, and later after each time it was wrong.
async fn may_try(
    app: &App,
    name: &str,
    stranger: &AnonymousForm,
) -> Result<crate::kit::delays::Turn, Failure> {
    if !app.state.tries.allows(stranger.address, Instant::now()) {
        return Err(response::too_many().into());
    }
    let turn = app.state.delays.turn(name, stranger.address).await;
    turn.ok_or_else(|| response::too_many().into())
}

/// Runs what takes a processor for a while, a few at a time.
async fn hashing<R: Send + 'static>(
    app: &App,
    work: impl FnOnce() -> R + Send + 'static,
) -> Result<R, Failure> {
    let stopped =
        || Failure::Service(ServiceError::Database(promise_database::DatabaseError::Stopped));
    let _permit = app.state.hashing.acquire().await.map_err(|_| stopped())?;
    tokio::task::spawn_blocking(work).await.map_err(|_| stopped())
}

/// Puts a new session into the browser.
fn signed_in(mut response: Response, token: &str) -> Response {
    keep(response.headers_mut(), SESSION, token);
    response
}

/// A page between signing in and being signed in.
fn between(title: &str, token: &str, mistakes: Vec<Mistake>) -> Page {
    Page::plain(title, csrf_of(token)).mistakes(mistakes)
}

/// A page for whoever has just signed in.
fn after(session: &Session) -> Page {
    Page::of(session, words::t("resume-title"))
}

/// Takes the cookie away that tied the form before signing in.
fn no_stranger(mut response: Response) -> Response {
    forget(response.headers_mut(), ANONYMOUS);
    response
}
