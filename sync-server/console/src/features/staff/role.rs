//! Another role for a colleague.

use axum::extract::{Path, State};
use promise_services::{ServiceError, StaffRole, staff};

use crate::{
    App,
    features::staff::{Found, find, sign_in::roles, words},
    kit::{
        forms::{Question, field_error},
        page::{
            FieldError,
            response::{self, PageResult},
        },
        session::{Session, StaffForm},
    },
};

fn asked(session: &Session, found: &Found, role: &str, errors: Vec<FieldError>) -> Question {
    let field = roles(role).with_error(&errors);
    let page = found.page(session, "staff-role-title").with_errors(errors);
    let action = format!("/console/staff/{}/role", found.id());
    let question = Question::new(page, action, "staff-role-button")
        .lead(words::t("staff-role-lead"))
        .fields(vec![field]);
    match found.people {
        0 => question,
        people => question.lead(words::count("staff-role-people", people)),
    }
}

/// Asks which.
pub(crate) async fn get(
    State(app): State<App>,
    session: Session,
    Path(staff): Path<String>,
) -> PageResult {
    let found = find(&app, &session, &staff).await?;
    let role = found.role().ok_or(ServiceError::NotFound("sign-in"))?;
    Ok(response::render(&asked(&session, &found, role.as_str(), Vec::new())))
}

/// Changes it.
pub(crate) async fn post(
    State(app): State<App>,
    Path(staff): Path<String>,
    sent: StaffForm,
) -> PageResult {
    let StaffForm { session, form } = sent.require_recent_login()?;
    let found = find(&app, &session, &staff).await?;
    let role = form.text("role");
    let Ok(wanted) = role.parse::<StaffRole>() else {
        let errors = vec![field_error("role-0", "staff-role-missing")];
        return Ok(response::invalid_form(&asked(&session, &found, &role, errors)));
    };
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let back = format!("/console/staff/{staff}?done=role-changed");
    let changed = app.database.write(move |tx| staff::change_role(tx, &scope, &staff, wanted, now));
    match changed.await {
        Ok(()) => Ok(response::redirect(&back)),
        Err(ServiceError::LastAdministrator) => {
            let errors = vec![field_error("role-0", "staff-role-last")];
            Ok(response::invalid_form(&asked(&session, &found, &role, errors)))
        }
        Err(error) => Err(error.into()),
    }
}
