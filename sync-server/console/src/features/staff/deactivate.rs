//! Switching off somebody who leaves, and switching them on again.

use axum::extract::{Path, State};
use promise_services::{OsRandom, staff};

use crate::{
    App,
    features::staff::{find, words},
    kit::{
        format::role_name,
        forms::Question,
        page::response::{self, PageResult},
        session::{Session, StaffForm},
    },
};

/// Says what will happen, and asks.
pub(crate) async fn get(
    State(app): State<App>,
    session: Session,
    Path(staff): Path<String>,
) -> PageResult {
    let found = find(&app, &session, &staff).await?;
    let page = found.page(&session, "staff-off-title");
    if session.signed_in.staff == staff {
        return Ok(response::render(&Question::info(page).lead(words::t("staff-off-yourself"))));
    }
    if found.colleague.staff.is_deactivated() {
        return Ok(response::redirect(&format!("/console/staff/{staff}")));
    }
    let role = found.role().map_or_else(|| words::t("staff-none"), role_name);
    let question = Question::new(page, format!("/console/staff/{staff}/off"), "staff-off-button")
        .danger()
        .row("staff-role", vec![role])
        .row("staff-people", vec![found.people.to_string()])
        .lead(words::t("staff-off-lead"))
        .lead(words::t("staff-off-phones"));
    Ok(response::render(&question))
}

/// Switches them off.
pub(crate) async fn post(
    State(app): State<App>,
    Path(staff): Path<String>,
    sent: StaffForm,
) -> PageResult {
    let session = sent.require_recent_login()?.session;
    let (scope, now) = (session.scope, app.clock.now_millis());
    let back = format!("/console/staff/{staff}?done=switched-off");
    app.database.write(move |tx| staff::deactivate(tx, &scope, &staff, now)).await?;
    Ok(response::redirect(&back))
}

/// Asks whether they work here again.
pub(crate) async fn get_reactivate(
    State(app): State<App>,
    session: Session,
    Path(staff): Path<String>,
) -> PageResult {
    let found = find(&app, &session, &staff).await?;
    if !found.colleague.staff.is_deactivated() {
        return Ok(response::redirect(&format!("/console/staff/{staff}")));
    }
    let page = found.page(&session, "staff-on-title");
    let question = Question::new(page, format!("/console/staff/{staff}/on"), "staff-on-button")
        .row("staff-people", vec![found.people.to_string()])
        .lead(words::t("staff-on-lead"));
    Ok(response::render(&question))
}

/// Switches them on again.
pub(crate) async fn post_reactivate(
    State(app): State<App>,
    Path(staff): Path<String>,
    sent: StaffForm,
) -> PageResult {
    let session = sent.require_recent_login()?.session;
    let (scope, now) = (session.scope, app.clock.now_millis());
    let back = format!("/console/staff/{staff}?done=switched-on");
    app.database.write(move |tx| staff::reactivate(tx, &scope, &staff, now, &mut OsRandom)).await?;
    Ok(response::redirect(&back))
}
