//! The page that changes a staff member's role.

use axum::extract::{Path, State};
use promise_protocol::ids::StaffId;
use promise_services::{Entity, ServiceError, StaffRole, staff};

use crate::{
    App,
    features::staff::{Account, load, sign_in::role_field, staff_path},
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

fn question(session: &Session, account: &Account, role: &str, errors: Vec<FieldError>) -> Question {
    let field = role_field(role).with_error(&errors);
    let page = account.page(session, "staff-role-title").with_errors(errors);
    let action = format!("{}/role", staff_path(account.id()));
    let question = Question::new(page, action, "staff-role-button")
        .lead(words::t("staff-role-lead"))
        .fields(vec![field]);
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
    Ok(response::render(&question(&session, &account, role.as_str(), Vec::new())))
}

/// Changes the role.
pub(super) async fn post(
    State(app): State<App>,
    Path(staff): Path<StaffId>,
    submitted: StaffForm,
) -> PageResult {
    let StaffForm { session, form } = submitted.require_recent_login()?;
    let account = load(&app, &session, &staff).await?;
    let selected = form.text("role");
    let invalid = |key: &str| {
        let errors = vec![field_error("role-0", key)];
        Ok(response::invalid_form(&question(&session, &account, &selected, errors)))
    };
    let Ok(role) = selected.parse::<StaffRole>() else { return invalid("staff-role-missing") };
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let done = format!("{}?done=role-changed", staff_path(&staff));
    let changed = app.database.write(move |tx| staff::change_role(tx, &scope, &staff, role, now));
    match changed.await {
        Ok(()) => Ok(response::redirect(&done)),
        Err(ServiceError::LastAdministrator) => invalid("staff-role-last"),
        Err(error) => Err(error.into()),
    }
}
