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
    features::sign_in::{Step, enrol, hashing, signed_in},
    kit::{
        forms::{Field, mistake},
        page::{
            Mistake, Page,
            response::{self, Answer},
        },
        session::{AnonymousForm, Cookies},
        words,
    },
};

fn step(csrf: String, token: &str, invitee: &Invitee, mistakes: Vec<Mistake>) -> Step {
    let password = Field::password("password", "welcome-password", "new-password");
    let shown_name = words::with("welcome-name", "name", &invitee.name);
    Step {
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
pub(crate) async fn show(
    State(app): State<App>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Answer {
    let (asked, now) = (token.clone(), app.clock.now_millis());
    let invitee = app.database.read(move |tx| service::invitee(tx, &asked, now)).await?;
    let Some(invitee) = invitee else { return Ok(response::old_link()) };
    AnonymousForm::greet(&Cookies::read(&headers), |csrf| {
        response::page(&step(csrf, &token, &invitee, Vec::new()))
    })
}

/// Keeps the password, and goes on to the authenticator.
pub(crate) async fn send(
    State(app): State<App>,
    Path(token): Path<String>,
    stranger: AnonymousForm,
) -> Answer {
    let turn = crate::features::sign_in::may_try(&app, "a link", &stranger).await?;
    app.state.delays.right(&turn);
    let (asked, now) = (token.clone(), app.clock.now_millis());
    let invitee = app.database.read(move |tx| service::invitee(tx, &asked, now)).await?;
    let Some(invitee) = invitee else { return Ok(response::old_link()) };
    let password = stranger.form.raw("password").to_owned();
    let personal = [invitee.name.as_str(), &invitee.display_name, "pocket promise"];
    if let Err(weak) = service::check_strength(&password, &personal) {
        let key = match weak {
            WeakPassword::Short => "password-short",
            WeakPassword::Long => "password-long",
            WeakPassword::Guessable => "password-guessable",
        };
        let mistakes = vec![mistake("password", key)];
        return Ok(response::not_right(&step(stranger.csrf, &token, &invitee, mistakes)));
    }
    let hashed = hashing(&app, move || service::hash(&password)).await??;
    let begun = app.database.write(move |tx| {
        let invitee = service::choose_password(tx, &token, hashed, now)?;
        service::begin(tx, &invitee.staff, Stage::Enrol, now, &mut OsRandom)
    });
    let session = begun.await.map_err(|error: ServiceError| error)?;
    Ok(signed_in(enrol::page(&session, &invitee.name, None)?, &session))
}
