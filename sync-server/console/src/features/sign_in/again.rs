//! The password once more, before a sensitive action.

use axum::extract::{Query, State};
use promise_services::{ServiceError, sign_in as service};

use crate::{
    App,
    features::sign_in::{next_page, password::QueryParams, run_hashing},
    kit::{
        delays::ANY_ADDRESS,
        forms::field_error,
        page::response::{self, PageResult},
        session::{Session, StaffForm, challenge::password_step},
    },
};

/// Shows the form.
pub(super) async fn get(session: Session, Query(query): Query<QueryParams>) -> PageResult {
    let hidden = vec![("to".into(), query.to)];
    Ok(response::render(&password_step(&session, hidden, Vec::new())))
}

/// Verifies the password.
pub(super) async fn post(State(app): State<App>, submitted: StaffForm) -> PageResult {
    let StaffForm { session, form } = submitted;
    let turn = app.state.delays.turn(session.signed_in.staff.as_str(), ANY_ADDRESS).await;
    let Some(turn) = turn else { return Ok(response::too_many_requests()) };
    let (kept, to, staff) = (form.kept(), form.text("to"), session.signed_in.staff.clone());
    let read = app.database.read(move |tx| {
        Ok::<_, ServiceError>(tx.sign_in(&staff)?.and_then(|sign_in| sign_in.password))
    });
    let (hash, password) = (read.await?, form.raw("password").to_owned());
    if !run_hashing(&app, move || service::verify_password(&password, hash.as_deref())).await? {
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
