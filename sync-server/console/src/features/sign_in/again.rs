//! The password once more, before something that matters.

use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use promise_services::{ServiceError, sign_in as service};

use crate::{
    App,
    features::sign_in::{Step, after, hashing, onward, password::Wanted},
    kit::{
        forms::{Carried, Field, mistake},
        page::{
            Mistake, Page,
            response::{self, Answer},
        },
        session::{Session, StaffForm},
        words,
    },
};

fn step(session: &Session, hidden: Vec<(String, String)>, mistakes: Vec<Mistake>) -> Step {
    let password = Field::password("password", "sign-in-password", "current-password");
    Step {
        fields: vec![password.checked(&mistakes)],
        page: Page::of(session, words::t("again-title")).mistakes(mistakes),
        lead: vec![words::t("again-lead")],
        action: "/console/again".into(),
        hidden,
        button: words::t("again-button"),
    }
}

/// Asks, and keeps what was sent.
pub(crate) fn ask(session: &Session, carried: &Carried) -> Response {
    let step = step(session, carried.hidden(), Vec::new());
    (StatusCode::UNAUTHORIZED, response::page(&step)).into_response()
}

/// Shows the form.
pub(crate) async fn show(session: Session, Query(wanted): Query<Wanted>) -> Answer {
    Ok(response::page(&step(&session, vec![("to".into(), wanted.to)], Vec::new())))
}

/// Checks the password.
pub(crate) async fn send(State(app): State<App>, sent: StaffForm) -> Answer {
    let StaffForm { session, form } = sent;
    let turn = app.state.delays.turn(&session.signed_in.staff, [0, 0, 0, 0].into()).await;
    let Some(turn) = turn else { return Ok(response::too_many()) };
    let (carried, to, staff) = (form.carried(), form.text("to"), session.signed_in.staff.clone());
    let stored = app.database.read(move |tx| {
        Ok::<_, ServiceError>(tx.sign_in(&staff)?.and_then(|sign_in| sign_in.password))
    });
    let (stored, password) = (stored.await?, form.raw("password").to_owned());
    if !hashing(&app, move || service::verify(&password, stored.as_deref())).await? {
        app.state.delays.wrong_again(&turn);
        let mut hidden = carried.hidden();
        hidden.push(("to".into(), to));
        let mistakes = vec![mistake("password", "again-wrong")];
        return Ok(response::not_right(&step(&session, hidden, mistakes)));
    }
    app.state.delays.right(&turn);
    let (token, now) = (session.token.clone(), app.clock.now_millis());
    app.database.write(move |tx| service::prove(tx, &token, now)).await?;
    Ok(onward(after(&session), carried, &to))
}
