//! The password once more, before something that matters.

use axum::extract::{Query, State};
use promise_services::{ServiceError, sign_in as service};

use crate::{
    App,
    features::sign_in::{next_page, password::QueryParams, run_hashing},
    kit::{
        forms::field_error,
        page::response::{self, PageResult},
        session::{Session, StaffForm, challenge::password_step},
    },
};

/// Shows the form.
pub(crate) async fn get(session: Session, Query(query): Query<QueryParams>) -> PageResult {
    Ok(response::render(&password_step(&session, vec![("to".into(), query.to)], Vec::new())))
}

/// Checks the password.
pub(crate) async fn post(State(app): State<App>, sent: StaffForm) -> PageResult {
    let StaffForm { session, form } = sent;
    let turn = app.state.delays.turn(&session.signed_in.staff, [0, 0, 0, 0].into()).await;
    let Some(turn) = turn else { return Ok(response::too_many_requests()) };
    let (kept, to, staff) = (form.kept(), form.text("to"), session.signed_in.staff.clone());
    let stored = app.database.read(move |tx| {
        Ok::<_, ServiceError>(tx.sign_in(&staff)?.and_then(|sign_in| sign_in.password))
    });
    let (stored, password) = (stored.await?, form.raw("password").to_owned());
    if !run_hashing(&app, move || service::verify_password(&password, stored.as_deref())).await? {
        app.state.delays.failed(&turn);
        let mut hidden = kept.hidden();
        hidden.push(("to".into(), to));
        let errors = vec![field_error("password", "again-wrong")];
        return Ok(response::invalid_form(&password_step(&session, hidden, errors)));
    }
    app.state.delays.succeeded(&turn);
    let (token, now) = (session.token.clone(), app.clock.now_millis());
    app.database.write(move |tx| service::confirm_password(tx, &token, now)).await?;
    Ok(next_page(&session, kept, &to))
}
