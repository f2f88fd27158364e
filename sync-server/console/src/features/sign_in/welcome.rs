//! The one-time link: choosing a password.

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
    features::sign_in::{enrol, run_hashing, wait_for_turn, with_session},
    kit::{
        forms::{Field, field_error},
        page::{
            FieldError, Page,
            response::{self, PageResult},
        },
        session::{AnonymousForm, Cookies, challenge::StepTemplate},
        words,
    },
};

fn step(csrf: String, token: &str, invitee: &Invitee, errors: Vec<FieldError>) -> StepTemplate {
    let password = Field::password("password", "welcome-password", "new-password");
    let shown_name = words::with("welcome-name", "name", &invitee.name);
    StepTemplate {
        fields: vec![password.hint("welcome-hint").with_error(&errors)],
        page: Page::anonymous("welcome-title", csrf).with_errors(errors),
        lead: vec![words::with("welcome-lead", "name", &invitee.display_name), shown_name],
        action: format!("/console/welcome/{token}"),
        // So that a password manager knows whose password it is.
        hidden: vec![("username".into(), invitee.name.clone())],
        button: words::t("welcome-button"),
    }
}

/// Shows the form, or that the link does not work any more.
pub(crate) async fn get(
    State(app): State<App>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> PageResult {
    let (asked, now) = (token.clone(), app.clock.now_millis());
    let invitee = app.database.read(move |tx| service::find_invitee(tx, &asked, now)).await?;
    let Some(invitee) = invitee else { return Ok(response::expired_link()) };
    AnonymousForm::greet(&Cookies::read(&headers), |csrf| {
        response::render(&step(csrf, &token, &invitee, Vec::new()))
    })
}

/// Keeps the password, and goes on to the authenticator.
pub(crate) async fn post(
    State(app): State<App>,
    Path(token): Path<String>,
    sent: AnonymousForm,
) -> PageResult {
    let turn = wait_for_turn(&app, "a link", &sent).await?;
    app.state.delays.succeeded(&turn);
    let (asked, now) = (token.clone(), app.clock.now_millis());
    let invitee = app.database.read(move |tx| service::find_invitee(tx, &asked, now)).await?;
    let Some(invitee) = invitee else { return Ok(response::expired_link()) };
    let password = sent.form.raw("password").to_owned();
    let personal = [invitee.name.as_str(), &invitee.display_name, "pocket promise"];
    if let Err(weak) = service::check_password_strength(&password, &personal) {
        let key = match weak {
            WeakPassword::TooShort => "password-short",
            WeakPassword::TooLong => "password-long",
            WeakPassword::Guessable => "password-guessable",
        };
        let errors = vec![field_error("password", key)];
        return Ok(response::invalid_form(&step(sent.csrf, &token, &invitee, errors)));
    }
    let hashed = run_hashing(&app, move || service::hash_password(&password)).await??;
    let begun = app.database.write(move |tx| {
        let invitee = service::set_password(tx, &token, hashed, now)?;
        service::begin_session(tx, &invitee.staff, Stage::Enrol, now, &mut OsRandom)
    });
    let session = begun.await.map_err(|error: ServiceError| error)?;
    Ok(with_session(enrol::page(&session, &invitee.name, None)?, &session))
}
