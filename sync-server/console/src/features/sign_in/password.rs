//! The first step: name and password.

use axum::{
    extract::{Query, State},
    http::HeaderMap,
};
use promise_database::{SignIn, Stage};
use promise_services::{OsRandom, ServiceError, sign_in as service};
use serde::Deserialize;

use crate::{
    App,
    features::{
        notices::held_page,
        sign_in::{authenticator, code, run_hashing, wait_for_turn, with_session},
    },
    kit::{
        forms::{KeptForm, field_error},
        page::response::{self, PageResult},
        session::{AnonymousForm, Cookies, challenge::sign_in_step},
    },
};

#[derive(Deserialize)]
pub(super) struct QueryParams {
    /// The path that was requested before signing in.
    #[serde(default)]
    pub(super) to: String,
}

/// Shows the form.
pub(super) async fn get(Query(query): Query<QueryParams>, headers: HeaderMap) -> PageResult {
    let hidden = vec![("to".to_owned(), query.to)];
    AnonymousForm::greet(&Cookies::read(&headers), |csrf| {
        response::render(&sign_in_step(csrf, "", hidden, Vec::new(), Vec::new()))
    })
}

/// Verifies name and password.
pub(super) async fn post(State(app): State<App>, submitted: AnonymousForm) -> PageResult {
    let name = submitted.form.text("name");
    let (kept, to) = (submitted.form.kept(), submitted.form.text("to"));
    let turn = wait_for_turn(&app, &name, &submitted).await?;
    let searched = name.clone();
    let credentials = app.database.read(move |tx| service::find_credentials(tx, &searched)).await?;
    let hash = credentials.as_ref().and_then(|credentials| credentials.password.clone());
    let password = submitted.form.raw("password").to_owned();
    // An unknown name takes as long as a known one: a password is verified in any case.
    let is_right =
        run_hashing(&app, move || service::verify_password(&password, hash.as_deref())).await?;
    let Some(credentials) = credentials.filter(|_| is_right) else {
        app.state.delays.failed(&turn);
        record_failure(&app, &name);
        let mut hidden = kept.hidden();
        hidden.push(("to".to_owned(), to));
        let errors = vec![field_error("name", "sign-in-wrong")];
        let step = sign_in_step(submitted.csrf, &name, hidden, errors, Vec::new());
        return Ok(response::invalid_form(&step));
    };
    app.state.delays.succeeded(&turn);
    begin(&app, credentials, kept, &to).await
}

/// Records a failed sign-in of a known name, in the background: waiting for the write would reveal
/// which names are known.
fn record_failure(app: &App, name: &str) {
    let (name, now, database) = (name.to_owned(), app.clock.now_millis(), app.database.clone());
    tokio::spawn(async move {
        let recorded = database.write(move |tx| match service::find_credentials(tx, &name)? {
            Some(credentials) => service::record_failure(tx, &credentials.staff, now),
            None => Ok(()),
        });
        if let Err(error) = recorded.await {
            let error: ServiceError = error;
            tracing::error!(%error, "a failed sign-in was not recorded");
        }
    });
}

/// Begins a session that waits for the second step.
async fn begin(app: &App, credentials: SignIn, kept: KeptForm, to: &str) -> PageResult {
    if credentials.held_at.is_some() {
        return Ok(held_page());
    }
    let has_authenticator = credentials.totp.is_some();
    let stage = if has_authenticator { Stage::Password } else { Stage::Enrol };
    let (staff, now) = (credentials.staff.clone(), app.clock.now_millis());
    let token = app
        .database
        .write(move |tx| service::begin_session(tx, &staff, stage, now, &mut OsRandom))
        .await?;
    let response = if !has_authenticator {
        authenticator::page(&token, &credentials.name, None)?
    } else if kept.to.is_empty() && to.is_empty() {
        response::redirect("/console/sign-in/code")
    } else {
        code::page(&token, &kept, to, Vec::new())
    };
    Ok(with_session(response, &token))
}
