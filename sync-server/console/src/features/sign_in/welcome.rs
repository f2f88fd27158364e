//! The one-time link: choosing a password.

use axum::{
    extract::{Path, State},
    http::HeaderMap,
};
use promise_database::Stage;
use promise_services::{
    OsRandom, ServiceError,
    sign_in::{self as service, Invitee, WeakPassword},
};

use crate::{
    App,
    features::sign_in::{enrol, run_hashing, wait_for_turn, with_session},
    kit::{
        forms::{Field, mistake},
        page::{
            Mistake, Page,
            response::{self, Answer},
        },
        session::{AnonymousForm, Cookies, challenge::StepTemplate},
        words,
    },
};

fn step(csrf: String, token: &str, invitee: &Invitee, mistakes: Vec<Mistake>) -> StepTemplate {
    let password = Field::password("password", "welcome-password", "new-password");
    let shown_name = words::with("welcome-name", "name", &invitee.name);
    StepTemplate {
        fields: vec![password.hint("welcome-hint").checked(&mistakes)],
        page: Page::plain("welcome-title", csrf).mistakes(mistakes),
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
) -> Answer {
    let (asked, now) = (token.clone(), app.clock.now_millis());
    let invitee = app.database.read(move |tx| service::find_invitee(tx, &asked, now)).await?;
    let Some(invitee) = invitee else { return Ok(response::old_link()) };
    AnonymousForm::greet(&Cookies::read(&headers), |csrf| {
        response::page(&step(csrf, &token, &invitee, Vec::new()))
    })
}

/// Keeps the password, and goes on to the authenticator.
pub(crate) async fn post(
    State(app): State<App>,
    Path(token): Path<String>,
    sent: AnonymousForm,
) -> Answer {
    let turn = wait_for_turn(&app, "a link", &sent).await?;
    app.state.delays.right(&turn);
    let (asked, now) = (token.clone(), app.clock.now_millis());
    let invitee = app.database.read(move |tx| service::find_invitee(tx, &asked, now)).await?;
    let Some(invitee) = invitee else { return Ok(response::old_link()) };
    let password = sent.form.raw("password").to_owned();
    let personal = [invitee.name.as_str(), &invitee.display_name, "pocket promise"];
    if let Err(weak) = service::check_password_strength(&password, &personal) {
        let key = match weak {
            WeakPassword::TooShort => "password-short",
            WeakPassword::TooLong => "password-long",
            WeakPassword::Guessable => "password-guessable",
        };
        let mistakes = vec![mistake("password", key)];
        return Ok(response::not_right(&step(sent.csrf, &token, &invitee, mistakes)));
    }
    let hashed = run_hashing(&app, move || service::hash_password(&password)).await??;
    let begun = app.database.write(move |tx| {
        let invitee = service::set_password(tx, &token, hashed, now)?;
        service::begin_session(tx, &invitee.staff, Stage::Enrol, now, &mut OsRandom)
    });
    let session = begun.await.map_err(|error: ServiceError| error)?;
    Ok(with_session(enrol::page(&session, &invitee.name, None)?, &session))
}
