//! The one-time link with which a staff member chooses a password.

use axum::{
    extract::{Path, State},
    http::HeaderMap,
};
use promise_database::Stage;
use promise_services::{
    OsRandom, ServiceError, sign_in as service,
    sign_in::{Invitee, WeakPassword},
};

use crate::{
    App,
    features::sign_in::{authenticator, run_hashing, wait_for_turn, with_session},
    kit::{
        forms::{Field, field_error},
        page::{
            FieldError, Page,
            response::{self, PageError, PageResult},
        },
        session::{AnonymousForm, Cookies, challenge::StepTemplate},
        words,
    },
};

/// The name under which tries of links are counted.
const TRIES: &str = "a link";

fn step(csrf: String, token: &str, invitee: &Invitee, errors: Vec<FieldError>) -> StepTemplate {
    let password = Field::password("password", "welcome-password", "new-password");
    StepTemplate {
        fields: vec![password.hint("welcome-hint").with_error(&errors)],
        page: Page::anonymous("welcome-title", csrf).with_errors(errors),
        lead: vec![
            words::with("welcome-lead", "name", &invitee.display_name),
            words::with("welcome-name", "name", &invitee.name),
        ],
        action: format!("/console/welcome/{token}"),
        // Password managers store the password under this name.
        hidden: vec![("username".into(), invitee.name.clone())],
        button: words::t("welcome-button"),
    }
}

/// Reads for whom a link is, unless it was used or has expired.
async fn find_invitee(app: &App, token: &str) -> Result<Invitee, PageError> {
    let (token, now) = (token.to_owned(), app.clock.now_millis());
    let invitee: Result<_, ServiceError> =
        app.database.read(move |tx| service::find_invitee(tx, &token, now)).await;
    invitee?.ok_or_else(|| response::expired_link().into())
}

/// Shows the form.
pub(super) async fn get(
    State(app): State<App>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> PageResult {
    let invitee = find_invitee(&app, &token).await?;
    AnonymousForm::greet(&Cookies::read(&headers), |csrf| {
        response::render(&step(csrf, &token, &invitee, Vec::new()))
    })
}

/// Stores the password, and goes on to the authenticator.
pub(super) async fn post(
    State(app): State<App>,
    Path(token): Path<String>,
    submitted: AnonymousForm,
) -> PageResult {
    let turn = wait_for_turn(&app, TRIES, &submitted).await?;
    app.state.delays.succeeded(&turn);
    let invitee = find_invitee(&app, &token).await?;
    let password = submitted.form.raw("password").to_owned();
    let personal = [invitee.name.as_str(), &invitee.display_name, "pocket promise"];
    if let Err(weak) = service::check_password_strength(&password, &personal) {
        let key = match weak {
            WeakPassword::TooShort => "password-short",
            WeakPassword::TooLong => "password-long",
            WeakPassword::Guessable => "password-guessable",
        };
        let errors = vec![field_error("password", key)];
        return Ok(response::invalid_form(&step(submitted.csrf, &token, &invitee, errors)));
    }
    let hash = run_hashing(&app, move || service::hash_password(&password)).await??;
    let now = app.clock.now_millis();
    let begun = app.database.write(move |tx| {
        let invitee = service::set_password(tx, &token, hash, now)?;
        service::begin_session(tx, &invitee.staff, Stage::Enrol, now, &mut OsRandom)
    });
    let session = begun.await.map_err(|error: ServiceError| error)?;
    Ok(with_session(authenticator::page(&session, &invitee.name, None)?, &session))
}
