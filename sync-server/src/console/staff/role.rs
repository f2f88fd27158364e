//! Another role for a colleague.

use axum::extract::{Path, State};

use super::{
    super::{
        answer::{self, Answer},
        form::mistake,
        page::Mistake,
        question::Question,
        request::{Sent, Visit},
    },
    Found, find,
    sign_in::roles,
    words,
};
use crate::{
    routes::App,
    service::{Role, ServiceError, colleagues},
};

fn asked(visit: &Visit, found: &Found, role: &str, mistakes: Vec<Mistake>) -> Question {
    let field = roles(role).checked(&mistakes);
    let page = found.page(visit, "staff-role-title").mistakes(mistakes);
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
pub(in crate::console) async fn show(
    State(app): State<App>,
    visit: Visit,
    Path(staff): Path<String>,
) -> Answer {
    let found = find(&app, &visit, &staff).await?;
    let role = found.role().ok_or(ServiceError::Unknown("sign-in"))?;
    Ok(answer::page(&asked(&visit, &found, role.name(), Vec::new())))
}

/// Changes it.
pub(in crate::console) async fn send(
    State(app): State<App>,
    Path(staff): Path<String>,
    sent: Sent,
) -> Answer {
    let Sent { visit, form } = sent.freshly()?;
    let found = find(&app, &visit, &staff).await?;
    let role = form.text("role");
    let Some(wanted) = Role::of_name(&role) else {
        let mistakes = vec![mistake("role-0", "staff-role-missing")];
        return Ok(answer::not_right(&asked(&visit, &found, &role, mistakes)));
    };
    let (scope, now) = (visit.scope.clone(), app.clock.now_millis());
    let back = format!("/console/staff/{staff}?done=role-changed");
    let changed =
        app.writer.run(move |tx| colleagues::change_role(tx, &scope, &staff, wanted, now));
    match changed.await {
        Ok(()) => Ok(answer::go(&back)),
        Err(ServiceError::LastAdministrator) => {
            let mistakes = vec![mistake("role-0", "staff-role-last")];
            Ok(answer::not_right(&asked(&visit, &found, &role, mistakes)))
        }
        Err(error) => Err(error.into()),
    }
}
