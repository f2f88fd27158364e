//! The pages that deactivate a staff member who leaves, and reactivate one who returns.

use axum::extract::{Path, State};
use promise_protocol::ids::StaffId;
use promise_services::{
    OsRandom, ServiceError,
    dual_control::{self, DualControlRefusal},
    staff::{self, Wanted},
};

use crate::{
    App,
    features::staff::{
        Account, Outcome, load, reason_error, reason_field, redirect_to_request, staff_path,
    },
    kit::{
        format::role_name,
        forms::Question,
        page::{
            FieldError,
            response::{self, PageResult},
        },
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

fn reactivation(
    session: &Session,
    account: &Account,
    reason: &str,
    errors: Vec<FieldError>,
) -> Question {
    let needs_second = account.role().is_some_and(dual_control::is_privileged);
    let fields = vec![reason_field(reason).with_error(&errors)];
    let page = account.page(session, "staff-on-title").with_errors(errors);
    let action = format!("{}/reactivate", staff_path(account.id()));
    let question = Question::new(page, action, "staff-on-button")
        .row("staff-people", vec![account.people.to_string()])
        .lead(words::t("staff-on-lead"));
    if needs_second { question.lead(words::t("staff-on-two")).fields(fields) } else { question }
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
    Ok(response::render(&reactivation(&session, &loaded, "", Vec::new())))
}

/// Reactivates the staff member, or asks another administrator to agree.
pub(super) async fn post_reactivate(
    State(app): State<App>,
    Path(staff): Path<StaffId>,
    submitted: StaffForm,
) -> PageResult {
    let StaffForm { session, form } = submitted.require_recent_login()?;
    let loaded = load(&app, &session, &staff).await?;
    let (scope, now, reason) =
        (session.scope.clone(), app.clock.now_millis(), form.lines("reason"));
    let (done, why) = (format!("{}?done=switched-on", staff_path(&staff)), reason.clone());
    let switched = app.database.write(move |tx| {
        match staff::reactivate(tx, &scope, &staff, now, &mut OsRandom) {
            Err(ServiceError::NeedsSecondPerson) => {
                let wanted = Wanted::Reactivation;
                staff::ask(tx, &scope, &staff, wanted, &why, now, &mut OsRandom).map(Outcome::Asked)
            }
            switched => switched.map(|_| Outcome::Done),
        }
    });
    match switched.await {
        Ok(Outcome::Asked(id)) => Ok(redirect_to_request(&id)),
        Ok(Outcome::Done | Outcome::Link(_)) => Ok(response::redirect(&done)),
        Err(ServiceError::DualControl(DualControlRefusal::NoReason)) => {
            let question = reactivation(&session, &loaded, &reason, vec![reason_error()]);
            Ok(response::invalid_form(&question))
        }
        Err(error) => Err(error.into()),
    }
}
