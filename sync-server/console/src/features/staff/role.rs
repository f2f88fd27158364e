//! Another role for a colleague.

use axum::extract::{Path, State};
use promise_services::{ServiceError, StaffRole, staff};

use crate::{
    App,
    features::staff::{Found, find, sign_in::roles, words},
    kit::{
        forms::{Question, mistake},
        page::{
            Mistake,
            response::{self, Answer},
        },
        session::{Session, StaffForm},
    },
};

fn asked(session: &Session, found: &Found, role: &str, mistakes: Vec<Mistake>) -> Question {
    let field = roles(role).checked(&mistakes);
    let page = found.page(session, "staff-role-title").mistakes(mistakes);
    let action = format!("/console/staff/{}/role", found.id());
    let question = Question::asking(page, action, "staff-role-button")
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
) -> Answer {
    let found = find(&app, &session, &staff).await?;
    let role = found.role().ok_or(ServiceError::NotFound("sign-in"))?;
    Ok(response::page(&asked(&session, &found, role.as_str(), Vec::new())))
}

/// Changes it.
pub(crate) async fn post(
    State(app): State<App>,
    Path(staff): Path<String>,
    sent: StaffForm,
) -> Answer {
    let StaffForm { session, form } = sent.require_recent_login()?;
    let found = find(&app, &session, &staff).await?;
    let role = form.text("role");
    let Ok(wanted) = role.parse::<StaffRole>() else {
        let mistakes = vec![mistake("role-0", "staff-role-missing")];
        return Ok(response::not_right(&asked(&session, &found, &role, mistakes)));
    };
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let back = format!("/console/staff/{staff}?done=role-changed");
    let changed = app.database.write(move |tx| staff::change_role(tx, &scope, &staff, wanted, now));
    match changed.await {
        Ok(()) => Ok(response::go(&back)),
        Err(ServiceError::LastAdministrator) => {
            let mistakes = vec![mistake("role-0", "staff-role-last")];
            Ok(response::not_right(&asked(&session, &found, &role, mistakes)))
        }
        Err(error) => Err(error.into()),
    }
}
