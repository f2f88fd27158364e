//! The form with the name by which an import finds a staff member: their address in the staff directory.

use axum::extract::{Path, State};
use promise_protocol::ids::StaffId;
use promise_services::{
    ServiceError,
    staff::handle::{self, MAX_CHARS},
};

use crate::{
    App,
    features::staff::{Account, load, staff_path},
    kit::{
        forms::{Field, Question, field_error, too_long_error},
        page::{
            FieldError,
            response::{self, PageResult},
        },
        session::{Session, StaffForm},
        words,
    },
};

/// The name of the field.
const HANDLE: &str = "handle";

fn question(
    session: &Session,
    account: &Account,
    typed: &str,
    errors: Vec<FieldError>,
) -> Question {
    let field =
        Field::line(HANDLE, "staff-handle", typed).hint("staff-handle-hint").with_error(&errors);
    let page = account.page(session, "staff-handle-title").with_errors(errors);
    Question::new(page, format!("{}/handle", staff_path(account.id())), "staff-handle-button")
        .lead(words::t("staff-handle-lead"))
        .lead(words::t("staff-handle-sign-in"))
        .fields(vec![field])
}

/// Shows the form.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Path(staff): Path<StaffId>,
) -> PageResult {
    let account = load(&app, &session, &staff).await?;
    let typed = &account.account.staff.handle;
    Ok(response::render(&question(&session, &account, typed, Vec::new())))
}

/// Saves the name.
pub(super) async fn post(
    State(app): State<App>,
    Path(staff): Path<StaffId>,
    submitted: StaffForm,
) -> PageResult {
    let StaffForm { session, form } = submitted.require_recent_login()?;
    let account = load(&app, &session, &staff).await?;
    let typed = form.text(HANDLE);
    let invalid = |error: FieldError| {
        Ok(response::invalid_form(&question(&session, &account, &typed, vec![error])))
    };
    if typed.is_empty() {
        return invalid(field_error(HANDLE, "staff-handle-missing"));
    }
    if typed.chars().count() > MAX_CHARS {
        return invalid(too_long_error(HANDLE, "staff-handle", MAX_CHARS));
    }
    let done = format!("{}?done=handle", staff_path(&staff));
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let name = typed.clone();
    let saved = app.database.write(move |tx| handle::set(tx, &scope, &staff, &name, now));
    match saved.await {
        Ok(()) => Ok(response::redirect(&done)),
        Err(ServiceError::AlreadyExists(_)) => invalid(field_error(HANDLE, "staff-handle-taken")),
        Err(error) => Err(error.into()),
    }
}
