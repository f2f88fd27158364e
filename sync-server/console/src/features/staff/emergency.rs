//! The page on which one administrator resets a colleague's sign-in alone.

use axum::{
    extract::{Path, State},
    http::HeaderMap,
};
use promise_protocol::ids::StaffId;
use promise_services::{OsRandom, ServiceError, dual_control::DualControlRefusal, staff};

use crate::{
    App,
    features::staff::{
        Account, link_page, load, reason_error, reason_field, sign_in::LINK_MINUTES, staff_path,
    },
    kit::{
        forms::Question,
        page::{
            FieldError,
            response::{self, PageResult},
        },
        session::{Session, StaffForm},
        words,
    },
};

fn question(
    session: &Session,
    account: &Account,
    reason: &str,
    errors: Vec<FieldError>,
) -> Question {
    let fields = vec![reason_field(reason).with_error(&errors)];
    let page = account.page(session, "staff-emergency-title").with_errors(errors);
    let action = format!("{}/emergency", staff_path(account.id()));
    Question::new(page, action, "staff-emergency-button")
        .danger()
        .lead(words::t("staff-emergency-lead"))
        .lead(words::t("staff-emergency-loud"))
        .lead(words::t("staff-emergency-limits"))
        .fields(fields)
}

/// Explains what follows, and asks for the reason.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Path(staff): Path<StaffId>,
) -> PageResult {
    let account = load(&app, &session, &staff).await?;
    Ok(response::render(&question(&session, &account, "", Vec::new())))
}

/// Resets the sign-in, and shows the link.
pub(super) async fn post(
    State(app): State<App>,
    Path(staff): Path<StaffId>,
    headers: HeaderMap,
    submitted: StaffForm,
) -> PageResult {
    let StaffForm { session, form } = submitted.require_recent_login()?;
    let account = load(&app, &session, &staff).await?;
    let (scope, now, reason) =
        (session.scope.clone(), app.clock.now_millis(), form.lines("reason"));
    let why = reason.clone();
    let made = app.database.write(move |tx| {
        let random = &mut OsRandom;
        staff::reset_in_emergency(tx, &scope, &staff, &why, LINK_MINUTES, now, random)
    });
    match made.await {
        Ok(token) => {
            let page = account.page(&session, "staff-sign-in-title");
            Ok(link_page(page, &app, &headers, &token))
        }
        Err(ServiceError::DualControl(DualControlRefusal::NoReason)) => {
            let question = question(&session, &account, &reason, vec![reason_error()]);
            Ok(response::invalid_form(&question))
        }
        Err(error) => Err(error.into()),
    }
}
