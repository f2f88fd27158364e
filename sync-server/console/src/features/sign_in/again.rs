//! The password once more, before something that matters.

use axum::extract::{Query, State};
use promise_services::{ServiceError, sign_in as service};

use crate::{
    App,
    features::sign_in::{next_page, password::QueryParams, run_hashing},
    kit::{
        forms::mistake,
        page::response::{self, Answer},
        session::{Session, StaffForm, challenge::password_step},
    },
};

/// Shows the form.
pub(crate) async fn get(session: Session, Query(query): Query<QueryParams>) -> Answer {
    Ok(response::page(&password_step(&session, vec![("to".into(), query.to)], Vec::new())))
}

/// Checks the password.
pub(crate) async fn post(State(app): State<App>, sent: StaffForm) -> Answer {
    let StaffForm { session, form } = sent;
    let turn = app.state.delays.turn(&session.signed_in.staff, [0, 0, 0, 0].into()).await;
    let Some(turn) = turn else { return Ok(response::too_many()) };
    let (carried, to, staff) = (form.carried(), form.text("to"), session.signed_in.staff.clone());
    let stored = app.database.read(move |tx| {
        Ok::<_, ServiceError>(tx.sign_in(&staff)?.and_then(|sign_in| sign_in.password))
    });
    let (stored, password) = (stored.await?, form.raw("password").to_owned());
    if !run_hashing(&app, move || service::verify_password(&password, stored.as_deref())).await? {
        app.state.delays.wrong_again(&turn);
        let mut hidden = carried.hidden();
        hidden.push(("to".into(), to));
        let mistakes = vec![mistake("password", "again-wrong")];
        return Ok(response::not_right(&password_step(&session, hidden, mistakes)));
    }
    app.state.delays.right(&turn);
    let (token, now) = (session.token.clone(), app.clock.now_millis());
    app.database.write(move |tx| service::confirm_password(tx, &token, now)).await?;
    Ok(next_page(&session, carried, &to))
}
