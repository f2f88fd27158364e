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
        format::role_name,
        forms::{Field, Input, Question, choice, field_error},
        page::{
            FieldError,
            response::{self, PageResult},
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
pub(super) fn check_sign_in(name: &str, role: &str) -> Vec<FieldError> {
    let mut errors = Vec::new();
    if name.is_empty() || name.chars().count() > 120 {
        errors.push(field_error("name", "staff-name-missing"));
    }
    if role.parse::<StaffRole>().is_err() {
        errors.push(field_error("role-0", "staff-role-missing"));
    }
    errors
}

fn asked(
    session: &Session,
    found: &Found,
    (name, role): (&str, &str),
    errors: Vec<FieldError>,
) -> Question {
    let fields = vec![
        Field::line("name", "staff-name", name).hint("staff-name-hint").with_error(&errors),
        roles(role).with_error(&errors),
    ];
    let page = found.page(session, "staff-sign-in-title").with_errors(errors);
    Question::new(page, format!("/console/staff/{}/sign-in", found.id()), "staff-button")
        .lead(words::t("staff-lead"))
        .lead(words::t("staff-lead-lost"))
        .fields(fields)
}

/// Shows the form that makes a link.
pub(crate) async fn get(
    State(app): State<App>,
    session: Session,
    Path(staff): Path<String>,
) -> PageResult {
    let found = find(&app, &session, &staff).await?;
    let seat = found.colleague.sign_in.clone().map(|seat| (seat.name, seat.role));
    let (name, role) =
        seat.unwrap_or_else(|| (found.colleague.staff.handle.clone(), "adviser".into()));
    Ok(response::render(&asked(&session, &found, (&name, &role), Vec::new())))
}

/// Makes a link.
pub(crate) async fn post(
    State(app): State<App>,
    Path(staff): Path<String>,
    headers: HeaderMap,
    sent: StaffForm,
) -> PageResult {
    let StaffForm { session, form } = sent.require_recent_login()?;
    let found = find(&app, &session, &staff).await?;
    let (name, role) = (form.text("name"), form.text("role"));
    let again = |errors: Vec<FieldError>| {
        Ok(response::invalid_form(&asked(&session, &found, (&name, &role), errors)))
    };
    let errors = check_sign_in(&name, &role);
    let Some(given) = role.parse::<StaffRole>().ok().filter(|_| errors.is_empty()) else {
        return again(errors);
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
            Ok(response::render(&Link { page, link }))
        }
        Err(ServiceError::AlreadyExists(_)) => again(vec![field_error("name", "staff-name-taken")]),
        Err(ServiceError::LastAdministrator) => {
            again(vec![field_error("role-0", "staff-role-last")])
        }
        Err(error) => Err(error.into()),
    }
}
