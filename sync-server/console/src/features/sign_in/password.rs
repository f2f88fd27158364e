//! The first step: name and password.

use axum::{
    extract::{Query, State},
    http::HeaderMap,
    response::Response,
};
use promise_database::{SignIn, Stage};
use promise_services::{OsRandom, ServiceError, sign_in as service};
use serde::Deserialize;

use crate::{
    App,
    features::sign_in::{code, enrol, run_hashing, wait_for_turn, with_session},
    kit::{
        forms::{KeptForm, field_error},
        page::response::{self, PageResult},
        session::{AnonymousForm, Cookies, challenge::sign_in_step},
    },
};

/// The page that was requested before signing in.
#[derive(Deserialize)]
pub(crate) struct QueryParams {
    #[serde(default)]
    pub(super) to: String,
}

/// Shows the form.
pub(crate) async fn get(Query(query): Query<QueryParams>, headers: HeaderMap) -> PageResult {
    let hidden = vec![("to".to_owned(), query.to)];
    AnonymousForm::greet(&Cookies::read(&headers), |csrf| {
        response::render(&sign_in_step(csrf, "", hidden, Vec::new(), Vec::new()))
    })
}

/// Checks name and password.
pub(crate) async fn post(State(app): State<App>, sent: AnonymousForm) -> PageResult {
    let name = sent.form.text("name");
    let (kept, to) = (sent.form.kept(), sent.form.text("to"));
    let turn = wait_for_turn(&app, &name, &sent).await?;
    let asked = name.clone();
    let known = app.database.read(move |tx| service::find_credentials(tx, &asked)).await?;
    let stored = known.as_ref().and_then(|known| known.password.clone());
    let password = sent.form.raw("password").to_owned();
    let is_right =
        run_hashing(&app, move || service::verify_password(&password, stored.as_deref())).await?;
    let Some(known) = known.filter(|_| is_right) else {
        app.state.delays.failed(&turn);
        note_failure(&app, &name);
        let mut hidden = kept.hidden();
        hidden.push(("to".to_owned(), to));
        let errors = vec![field_error("name", "sign-in-wrong")];
        return Ok(response::invalid_form(&sign_in_step(
            sent.csrf,
            &name,
            hidden,
            errors,
            Vec::new(),
        )));
    };
    app.state.delays.succeeded(&turn);
    begin(&app, known, kept, &to).await
}

/// Notes that somebody could not sign in as a member of staff. Nobody waits for it: only names that
/// are known have something written, and how long that takes would tell which they are.
fn note_failure(app: &App, name: &str) {
    let (name, now, database) = (name.to_owned(), app.clock.now_millis(), app.database.clone());
    tokio::spawn(async move {
        let noted = database.write(move |tx| match service::find_credentials(tx, &name)? {
            Some(known) => service::record_failure(tx, &known.staff, now),
            None => Ok(()),
        });
        if let Err(error) = noted.await {
            let error: ServiceError = error;
            tracing::error!(%error, "a failed sign-in was not noted");
        }
    });
}

/// Begins a session that waits for the second step.
async fn begin(app: &App, known: SignIn, kept: KeptForm, to: &str) -> PageResult {
    let stage = if known.totp.is_some() { Stage::Password } else { Stage::Enrol };
    let (staff, now) = (known.staff.clone(), app.clock.now_millis());
    let token = app
        .database
        .write(move |tx| service::begin_session(tx, &staff, stage, now, &mut OsRandom))
        .await?;
    let response: Response = match stage {
        Stage::Enrol => enrol::page(&token, &known.name, None)?,
        _ if kept.to.is_empty() && to.is_empty() => response::redirect("/console/sign-in/code"),
        _ => code::page(&token, &kept, to, Vec::new()),
    };
    Ok(with_session(response, &token))
}
