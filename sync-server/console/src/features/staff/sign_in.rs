//! A one-time link: the first for somebody new, another for whoever lost password or authenticator.

use axum::{
    extract::{Path, State},
    http::HeaderMap,
};
use promise_services::{OsRandom, ServiceError, StaffRole, sign_in as service};

use crate::{
    App,
    features::staff::{Found, Link, find, words},
    kit::{
        forms::{Field, Input, Question, choice, mistake},
        page::{
            Mistake,
            response::{self, Answer},
            role_name,
        },
        session::{Session, StaffForm},
        url::server_address,
    },
};

/// How long a link works, in minutes: a day.
pub(super) const LINK_MINUTES: u32 = 24 * 60;

/// The field of a role.
pub(super) fn roles(chosen: &str) -> Field {
    let roles = StaffRole::ALL.map(|it| choice(it.as_str(), role_name(it), chosen)).to_vec();
    Field::new("role", "staff-role", Input::Radios(roles))
}

/// What is wrong with a role or the name to sign in with.
pub(super) fn mistakes_in(name: &str, role: &str) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    if name.is_empty() || name.chars().count() > 120 {
        mistakes.push(mistake("name", "staff-name-missing"));
    }
    if role.parse::<StaffRole>().is_err() {
        mistakes.push(mistake("role-0", "staff-role-missing"));
    }
    mistakes
}

fn asked(
    session: &Session,
    found: &Found,
    (name, role): (&str, &str),
    mistakes: Vec<Mistake>,
) -> Question {
    let fields = vec![
        Field::line("name", "staff-name", name).hint("staff-name-hint").checked(&mistakes),
        roles(role).checked(&mistakes),
    ];
    let page = found.page(session, "staff-sign-in-title").mistakes(mistakes);
    Question::asking(page, format!("/console/staff/{}/sign-in", found.id()), "staff-button")
        .lead(words::t("staff-lead"))
        .lead(words::t("staff-lead-lost"))
        .fields(fields)
}

/// Shows the form that makes a link.
pub(crate) async fn get(
    State(app): State<App>,
    session: Session,
    Path(staff): Path<String>,
) -> Answer {
    let found = find(&app, &session, &staff).await?;
    let seat = found.colleague.seat.clone().map(|seat| (seat.name, seat.role));
    let (name, role) =
        seat.unwrap_or_else(|| (found.colleague.staff.handle.clone(), "adviser".into()));
    Ok(response::page(&asked(&session, &found, (&name, &role), Vec::new())))
}

/// Makes a link.
pub(crate) async fn post(
    State(app): State<App>,
    Path(staff): Path<String>,
    headers: HeaderMap,
    sent: StaffForm,
) -> Answer {
    let StaffForm { session, form } = sent.require_recent_login()?;
    let found = find(&app, &session, &staff).await?;
    let (name, role) = (form.text("name"), form.text("role"));
    let again = |mistakes: Vec<Mistake>| {
        Ok(response::not_right(&asked(&session, &found, (&name, &role), mistakes)))
    };
    let mistakes = mistakes_in(&name, &role);
    let Some(given) = role.parse::<StaffRole>().ok().filter(|_| mistakes.is_empty()) else {
        return again(mistakes);
    };
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let as_name = name.clone();
    let made = app.database.write(move |tx| {
        let name = (as_name.as_str(), given);
        service::invite(tx, &scope, &staff, name, LINK_MINUTES, now, &mut OsRandom)
    });
    match made.await {
        Ok(token) => {
            let link = format!("{}/console/welcome/{token}", server_address(&app, &headers));
            let page = found.page(&session, "staff-sign-in-title");
            Ok(response::page(&Link { page, link }))
        }
        Err(ServiceError::AlreadyExists(_)) => again(vec![mistake("name", "staff-name-taken")]),
        Err(ServiceError::LastAdministrator) => again(vec![mistake("role-0", "staff-role-last")]),
        Err(error) => Err(error.into()),
    }
}
