//! The second step: the authenticator's code, or a recovery code.

use axum::{extract::State, response::Response};
use promise_database::Stage;
use promise_services::{OsRandom, ServiceError, sign_in as service};

use crate::{
    App,
    features::sign_in::{Step, after, between, first, may_try, no_stranger, onward, signed_in},
    kit::{
        forms::{Carried, Field, Input, mistake},
        page::{
            Mistake,
            response::{self, Answer},
        },
        session::{AnonymousForm, Caller, Session},
        words,
    },
};

/// The form.
pub(super) fn page(token: &str, carried: &Carried, to: &str, mistakes: Vec<Mistake>) -> Response {
    let field = Field {
        autocomplete: "one-time-code",
        ..Field::new("code", "code-label", Input::Line("text", "short"))
    };
    let mut hidden = carried.hidden();
    hidden.push(("to".into(), to.to_owned()));
    let is_wrong = !mistakes.is_empty();
    let step = Step {
        fields: vec![field.hint("code-hint").checked(&mistakes)],
        page: between("code-title", token, mistakes),
        lead: vec![words::t("code-lead")],
        action: "/console/sign-in/code".into(),
        hidden,
        button: words::t("code-button"),
    };
    if is_wrong { response::not_right(&step) } else { response::page(&step) }
}

/// Shows the form to whoever typed the password.
pub(crate) async fn show(caller: Caller) -> Answer {
    let half = caller.signed_in.is_some_and(|it| it.stage == Stage::Password);
    if !half {
        return Ok(response::go("/console"));
    }
    Ok(page(&caller.token, &Carried::default(), "", Vec::new()))
}

/// Checks the code, and signs in.
pub(crate) async fn send(State(app): State<App>, stranger: AnonymousForm) -> Answer {
    let half = stranger.caller.signed_in.clone().filter(|it| it.stage == Stage::Password);
    let (carried, to) = (stranger.form.carried(), stranger.form.text("to"));
    let Some(half) = half else {
        if carried.to.is_empty() {
            return Ok(first("/console"));
        }
        return Ok(crate::features::sign_in::first_keeping(&carried, &stranger.caller.token));
    };
    let turn = may_try(&app, &half.staff, &stranger).await?;
    let (old, code, now) =
        (stranger.caller.token.clone(), stranger.form.text("code"), app.clock.now_millis());
    let staff = half.staff;
    let checked = app.database.write(move |tx| {
        if !service::check_code(tx, &staff, &code, now)? {
            service::failed(tx, &staff, now)?;
            return Ok(None);
        }
        service::upgrade(tx, &old, now, &mut OsRandom).map(Some)
    });
    let new: Option<String> = checked.await.map_err(|error: ServiceError| error)?;
    let Some(token) = new else {
        app.state.delays.wrong_again(&turn);
        let mistakes = vec![mistake("code", "code-wrong")];
        return Ok(page(&stranger.caller.token, &carried, &to, mistakes));
    };
    app.state.delays.right(&turn);
    let session = session(&app, &token).await?;
    Ok(signed_in(no_stranger(onward(after(&session), carried, &to)), &token))
}

/// Whoever has just signed in.
pub(crate) async fn session(app: &App, token: &str) -> Result<Session, ServiceError> {
    let (asked, now) = (token.to_owned(), app.clock.now_millis());
    let found = app.database.read(move |tx| service::find_with_alarm(tx, &asked, now)).await?;
    let (signed_in, alone) = found;
    let signed_in = signed_in.ok_or(ServiceError::NotFound("session"))?;
    let scope = signed_in.scope().cloned().ok_or(ServiceError::NotFound("session"))?;
    Ok(Session { signed_in, scope, token: token.to_owned(), path: String::new(), alone })
}
