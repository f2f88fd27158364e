//! What was done to the signed-in staff member's own sign-in. Every other page leads here until they
//! have read it.

use axum::{extract::State, response::Response};
use promise_services::{ServiceError, dual_control};

use crate::{
    App,
    kit::{
        feature::{Feature, Route},
        forms::Question,
        page::{
            Page,
            response::{self, PageResult},
        },
        privileged_act::ActTexts,
        session::{NOTICES, SESSION, Session, StaffForm, remove_cookie},
        words,
    },
};

/// The feature's routes.
pub(crate) const FEATURE: Feature = Feature { routes, navigation: &[] };

fn routes() -> Vec<Route> {
    vec![Route::get(NOTICES, get), Route::post(NOTICES, post)]
}

/// Shows what was done, by whom and when, and what to do if it was not wanted.
async fn get(State(app): State<App>, session: Session) -> PageResult {
    let (scope, staff) = (session.scope.clone(), session.signed_in.staff.clone());
    let now = app.clock.now_millis();
    let read = app.database.read(move |tx| {
        let acts = dual_control::list_notices(tx, &staff)?;
        Ok::<_, ServiceError>((acts, ActTexts::load(tx, scope.require_council()?, now)?))
    });
    let (acts, texts) = read.await?;
    if acts.is_empty() {
        return Ok(response::redirect("/console"));
    }
    let page = session.page(words::t("notice-title"));
    let question = Question::new(page, NOTICES, "notice-button")
        .lead(words::t("notice-lead"))
        .list(acts.iter().map(|act| texts.line(act)).collect())
        .second_button("dispute", "notice-dispute")
        .note(words::t("notice-question"))
        .note(words::t("notice-not-me"));
    Ok(response::render(&question))
}

/// Stores that they knew about it, or holds their account.
async fn post(State(app): State<App>, submitted: StaffForm) -> PageResult {
    let StaffForm { session, form } = submitted;
    let (scope, now) = (session.scope, app.clock.now_millis());
    if form.raw("dispute").is_empty() {
        app.database.write(move |tx| dual_control::acknowledge(tx, &scope, now)).await?;
        return Ok(response::redirect("/console"));
    }
    app.database.write(move |tx| dual_control::dispute(tx, &scope, now)).await?;
    let mut response = held_page();
    remove_cookie(response.headers_mut(), SESSION);
    Ok(response)
}

/// The page for a staff member whose account is held.
pub(crate) fn held_page() -> Response {
    let page = Page::anonymous("held-title", String::new());
    response::render(&Question::info(page).lead(words::t("held-text")))
}
