//! The page that changes a staff member's role.

use axum::extract::{Path, State};
use promise_protocol::ids::StaffId;
use promise_services::{
    Entity, OsRandom, ServiceError, StaffRole,
    dual_control::DualControlRefusal,
    staff::{self, Wanted},
};

use crate::{
    App,
    features::staff::{
        Account, Outcome, load, reason_error, reason_field, redirect_to_request,
        sign_in::role_field, staff_path,
    },
    kit::{
        forms::{Question, field_error},
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
    (role, reason): (&str, &str),
    errors: Vec<FieldError>,
) -> Question {
    let fields =
        vec![role_field(role).with_error(&errors), reason_field(reason).with_error(&errors)];
    let page = account.page(session, "staff-role-title").with_errors(errors);
    let action = format!("{}/role", staff_path(account.id()));
    let question = Question::new(page, action, "staff-role-button")
        .lead(words::t("staff-role-lead"))
        .lead(words::t("staff-role-two"))
        .fields(fields);
    match account.people {
        0 => question,
        people => question.lead(words::count("staff-role-people", people)),
    }
}

/// Shows the form.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Path(staff): Path<StaffId>,
) -> PageResult {
    let account = load(&app, &session, &staff).await?;
    let role = account.role().ok_or(ServiceError::NotFound(Entity::SignIn))?;
    Ok(response::render(&question(&session, &account, (role.as_str(), ""), Vec::new())))
}

/// Changes the role.
pub(super) async fn post(
    State(app): State<App>,
    Path(staff): Path<StaffId>,
    submitted: StaffForm,
) -> PageResult {
    let StaffForm { session, form } = submitted.require_recent_login()?;
    let account = load(&app, &session, &staff).await?;
    let (selected, reason) = (form.text("role"), form.lines("reason"));
    let invalid = |error: FieldError| {
        let typed = (selected.as_str(), reason.as_str());
        Ok(response::invalid_form(&question(&session, &account, typed, vec![error])))
    };
    let Ok(role) = selected.parse::<StaffRole>() else {
        return invalid(field_error("role-0", "staff-role-missing"));
    };
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let done = format!("{}?done=role-changed", staff_path(&staff));
    let why = reason.clone();
    let changed = app.database.write(move |tx| {
        match staff::change_role(tx, &scope, &staff, role, now, &mut OsRandom) {
            Err(ServiceError::NeedsSecondPerson) => {
                let wanted = Wanted::Role(role);
                staff::ask(tx, &scope, &staff, wanted, &why, now, &mut OsRandom).map(Outcome::Asked)
            }
            changed => changed.map(|()| Outcome::Done),
        }
    });
    match changed.await {
        Ok(Outcome::Asked(id)) => Ok(redirect_to_request(&id)),
        Ok(Outcome::Done | Outcome::Link(_)) => Ok(response::redirect(&done)),
        Err(ServiceError::LastAdministrator) => invalid(field_error("role-0", "staff-role-last")),
        Err(ServiceError::DualControl(DualControlRefusal::NoReason)) => invalid(reason_error()),
        Err(error) => Err(error.into()),
    }
}
