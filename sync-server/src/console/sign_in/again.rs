//! The password once more, before something that matters.

use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::{
    super::{
        answer::{self, Answer},
        form::{Field, mistake},
        page::{Mistake, Page},
        request::{Carried, Sent, Visit},
        words,
    },
    Step, after, hashing, onward,
    password::Wanted,
};
use crate::{
    routes::App,
    service::{ServiceError, sign_in as service},
};

fn step(visit: &Visit, hidden: Vec<(String, String)>, mistakes: Vec<Mistake>) -> Step {
    let password = Field::password("password", "sign-in-password", "current-password");
    Step {
        fields: vec![password.checked(&mistakes)],
        page: Page::of(visit, words::t("again-title")).mistakes(mistakes),
        lead: vec![words::t("again-lead")],
        action: "/console/again".into(),
        hidden,
        button: words::t("again-button"),
    }
}

/// Asks, and keeps what was sent.
pub(in crate::console) fn ask(visit: &Visit, carried: &Carried) -> Response {
    let step = step(visit, carried.hidden(), Vec::new());
    (StatusCode::UNAUTHORIZED, answer::page(&step)).into_response()
}

/// Shows the form.
pub(in crate::console) async fn show(visit: Visit, Query(wanted): Query<Wanted>) -> Answer {
    Ok(answer::page(&step(&visit, vec![("to".into(), wanted.to)], Vec::new())))
}

/// Checks the password.
pub(in crate::console) async fn send(State(app): State<App>, sent: Sent) -> Answer {
    let Sent { visit, form } = sent;
    let turn = app.console.delays.turn(&visit.signed_in.staff, [0, 0, 0, 0].into()).await;
    let Some(turn) = turn else { return Ok(answer::too_many()) };
    let (carried, to, staff) = (form.carried(), form.text("to"), visit.signed_in.staff.clone());
    let stored = app.readers.run(move |tx| {
        Ok::<_, ServiceError>(tx.sign_in(&staff)?.and_then(|sign_in| sign_in.password))
    });
    let (stored, password) = (stored.await?, form.raw("password").to_owned());
    if !hashing(&app, move || service::verify(&password, stored.as_deref())).await? {
        app.console.delays.wrong_again(&turn);
        let mut hidden = carried.hidden();
        hidden.push(("to".into(), to));
        let mistakes = vec![mistake("password", "again-wrong")];
        return Ok(answer::not_right(&step(&visit, hidden, mistakes)));
    }
    app.console.delays.right(&turn);
    let (token, now) = (visit.token.clone(), app.clock.now_millis());
    app.writer.run(move |tx| service::prove(tx, &token, now)).await?;
    Ok(onward(after(&visit), carried, &to))
}
