//! Sign-ins that one administrator reset alone, and those whose holder says that it was without them:
//! for administrators, managers and auditors, until they were looked at.

use axum::extract::{Query, State};
use promise_database::PrivilegedAct;
use promise_services::{Permission, ServiceError, dual_control};

use crate::{
    App,
    kit::{
        feature::{Feature, Route},
        forms::Question,
        page::{
            NoticeQuery,
            response::{self, PageResult},
        },
        privileged_act::ActTexts,
        session::{EMERGENCIES, Session},
        words,
    },
};

/// The feature's routes. A banner on every page leads to them.
pub(crate) const FEATURE: Feature = Feature { routes, navigation: &[] };

fn routes() -> Vec<Route> {
    vec![Route::get(EMERGENCIES, get)]
}

/// Lists them. Administrators can follow each.
async fn get(
    State(app): State<App>,
    session: Session,
    Query(query): Query<NoticeQuery>,
) -> PageResult {
    session.scope.permit(Permission::SeeEmergencies)?;
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let read = app.database.read(move |tx| {
        let open = dual_control::list_open(tx, &scope)?;
        Ok::<_, ServiceError>((open, ActTexts::load(tx, scope.require_council()?, now)?))
    });
    let (open, texts) = read.await?;
    let page = session.page(words::t("emergency-title")).notice(query.done.as_deref());
    let lead = if open.is_empty() { "emergency-none" } else { "emergency-lead" };
    let mut question = Question::info(page).lead(words::t(lead));
    question = question.list(open.iter().map(|act| line(act, &texts)).collect());
    if session.scope.may(Permission::ManageStaff) {
        for act in &open {
            let href = format!("/console/staff/requests/{}", act.id);
            question = question.link(href, texts.title(act));
        }
    }
    Ok(response::render(&question))
}

fn line(act: &PrivilegedAct, texts: &ActTexts) -> String {
    let key = if act.disputed_at.is_some() { "emergency-disputed" } else { "emergency-row" };
    let arguments = [("name", texts.name(&act.subject).into()), ("line", texts.line(act).into())];
    words::format(key, &arguments)
}
