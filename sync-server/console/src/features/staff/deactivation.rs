//! The pages that deactivate a staff member who leaves, and reactivate one who returns.

use axum::extract::{Path, State};
use promise_protocol::ids::StaffId;
use promise_services::{OsRandom, staff};

use crate::{
    App,
    features::staff::{load, staff_path},
    kit::{
        format::role_name,
        forms::Question,
        page::response::{self, PageResult},
        session::{Session, StaffForm},
        words,
    },
};

/// Explains what deactivating does, and asks for a confirmation.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Path(staff): Path<StaffId>,
) -> PageResult {
    let loaded = load(&app, &session, &staff).await?;
    let page = loaded.page(&session, "staff-off-title");
    if session.signed_in.staff == staff {
        return Ok(response::render(&Question::info(page).lead(words::t("staff-off-yourself"))));
    }
    if loaded.account.staff.is_deactivated() {
        return Ok(response::redirect(&staff_path(&staff)));
    }
    let role = loaded.role().map_or_else(|| words::t("staff-none"), role_name);
    let action = format!("{}/deactivate", staff_path(&staff));
    let question = Question::new(page, action, "staff-off-button")
        .danger()
        .row("staff-role", vec![role])
        .row("staff-people", vec![loaded.people.to_string()])
        .lead(words::t("staff-off-lead"))
        .lead(words::t("staff-off-phones"));
    Ok(response::render(&question))
}

/// Deactivates the staff member.
pub(super) async fn post(
    State(app): State<App>,
    Path(staff): Path<StaffId>,
    submitted: StaffForm,
) -> PageResult {
    let session = submitted.require_recent_login()?.session;
    let (scope, now) = (session.scope, app.clock.now_millis());
    let done = format!("{}?done=switched-off", staff_path(&staff));
    app.database.write(move |tx| staff::deactivate(tx, &scope, &staff, now)).await?;
    Ok(response::redirect(&done))
}

/// Asks for a confirmation to reactivate a staff member.
pub(super) async fn get_reactivate(
    State(app): State<App>,
    session: Session,
    Path(staff): Path<StaffId>,
) -> PageResult {
    let loaded = load(&app, &session, &staff).await?;
    if !loaded.account.staff.is_deactivated() {
        return Ok(response::redirect(&staff_path(&staff)));
    }
    let page = loaded.page(&session, "staff-on-title");
    let action = format!("{}/reactivate", staff_path(&staff));
    let question = Question::new(page, action, "staff-on-button")
        .row("staff-people", vec![loaded.people.to_string()])
        .lead(words::t("staff-on-lead"));
    Ok(response::render(&question))
}

/// Reactivates the staff member.
pub(super) async fn post_reactivate(
    State(app): State<App>,
    Path(staff): Path<StaffId>,
    submitted: StaffForm,
) -> PageResult {
    let session = submitted.require_recent_login()?.session;
    let (scope, now) = (session.scope, app.clock.now_millis());
    let done = format!("{}?done=switched-on", staff_path(&staff));
    app.database.write(move |tx| staff::reactivate(tx, &scope, &staff, now, &mut OsRandom)).await?;
    Ok(response::redirect(&done))
}
