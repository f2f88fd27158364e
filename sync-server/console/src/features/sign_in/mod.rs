//! Signing in, step by step: one-time link, password, authenticator, and the password once more
//! before a sensitive action.

mod again;
mod authenticator;
mod code;
mod password;
mod welcome;

use std::time::Instant;

use axum::{extract::State, response::Response};
use promise_database::DatabaseError;
use promise_services::{Entity, ServiceError, sign_in as service};

use crate::{
    App,
    kit::{
        delays::Turn,
        feature::{Feature, Route},
        forms::KeptForm,
        page::{
            FieldError, Page,
            response::{self, PageError, PageResult},
        },
        session::{
            ANONYMOUS, AnonymousForm, Caller, SESSION, Session, StaffForm, challenge, csrf_token,
            remove_cookie, set_cookie,
        },
        url::own_path,
    },
};

pub(crate) use authenticator::RecoveryCodesTemplate;
pub(crate) use code::refusal_error;

/// The feature's routes.
pub(crate) const FEATURE: Feature = Feature { routes, navigation: &[] };

fn routes() -> Vec<Route> {
    vec![
        Route::get("/console/sign-in", password::get),
        Route::post("/console/sign-in", password::post),
        Route::get("/console/sign-in/code", code::get),
        Route::post("/console/sign-in/code", code::post),
        Route::get("/console/sign-in/authenticator", authenticator::get),
        Route::post("/console/sign-in/authenticator", authenticator::post),
        Route::get("/console/welcome/{token}", welcome::get),
        Route::post("/console/welcome/{token}", welcome::post),
        Route::get("/console/again", again::get),
        Route::post("/console/again", again::post),
        Route::post("/console/sign-out", post_sign_out),
    ]
}

/// Ends the session.
async fn post_sign_out(State(app): State<App>, submitted: StaffForm) -> PageResult {
    let token = submitted.session.token;
    app.database.write(move |tx| service::end_session(tx, &token)).await?;
    let mut response = response::redirect("/console/sign-in");
    remove_cookie(response.headers_mut(), SESSION);
    Ok(response)
}

/// Returns the page that follows signing in: the kept form if there is one, else `to`.
fn next_page(session: &Session, kept: KeptForm, to: &str) -> Response {
    if !kept.to.is_empty() {
        return challenge::resume(session, kept);
    }
    let to = own_path(to);
    response::redirect(if to.is_empty() { "/console" } else { to })
}

/// Waits until the caller may try a password or code. Each wrong try makes the next one wait
/// longer; too many tries from one address are refused.
async fn wait_for_turn(
    app: &App,
    name: &str,
    submitted: &AnonymousForm,
) -> Result<Turn, PageError> {
    if !app.state.tries.allows(submitted.address, Instant::now()) {
        return Err(response::too_many_requests().into());
    }
    let turn = app.state.delays.turn(name, submitted.address).await;
    turn.ok_or_else(|| response::too_many_requests().into())
}

/// Hashes or verifies a password on a blocking thread, a few at a time.
async fn run_hashing<R: Send + 'static>(
    app: &App,
    work: impl FnOnce() -> R + Send + 'static,
) -> Result<R, PageError> {
    let stopped = || PageError::from(DatabaseError::Stopped);
    let _permit = app.state.hashing.acquire().await.map_err(|_| stopped())?;
    tokio::task::spawn_blocking(work).await.map_err(|_| stopped())
}

/// Reads a session that was just begun.
async fn new_session(app: &App, token: String) -> Result<Session, ServiceError> {
    let caller = Caller::load(app, token).await?;
    caller.session(String::new()).ok_or(ServiceError::NotFound(Entity::Session))
}

/// Sets the cookie of a new session.
fn with_session(mut response: Response, token: &str) -> Response {
    set_cookie(response.headers_mut(), SESSION, token);
    response
}

/// Removes the cookie that tied forms to the browser before signing in.
fn without_anonymous_cookie(mut response: Response) -> Response {
    remove_cookie(response.headers_mut(), ANONYMOUS);
    response
}

/// A page of a half signed-in caller.
fn half_signed_in_page(title: &str, token: &str, errors: Vec<FieldError>) -> Page {
    Page::anonymous(title, csrf_token(token)).with_errors(errors)
}
