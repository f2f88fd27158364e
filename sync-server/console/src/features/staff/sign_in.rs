//! The page that makes a one-time link: the first one for a new staff member, or another one after
//! a lost password or authenticator.

use axum::{
    extract::{Path, State},
    http::HeaderMap,
};
use promise_protocol::ids::StaffId;
use promise_services::{
    OsRandom, ServiceError, StaffRole,
    dual_control::DualControlRefusal,
    sign_in as service,
    staff::{self, Wanted},
};

use crate::{
    App,
    features::staff::{
        Account, Outcome, link_page, load, reason_error, reason_field, redirect_to_request,
        staff_path,
    },
    kit::{
        format::role_name,
        forms::{Field, Input, Question, choice, field_error},
        page::{
            FieldError,
            response::{self, PageResult},
        },
        session::{Session, StaffForm},
        words,
    },
};

/// How long a link is valid, in minutes: a day.
pub(super) const LINK_MINUTES: u32 = 24 * 60;

/// The most characters of the name to sign in with.
const MAX_NAME: usize = 120;

/// The field that selects a role.
pub(super) fn role_field(selected: &str) -> Field {
    let roles = StaffRole::ALL.map(|role| choice(role.as_str(), role_name(role), selected));
    Field::new("role", "staff-role", Input::Radios(roles.to_vec()))
}

/// Validates the name to sign in with and the role.
pub(super) fn sign_in_errors(name: &str, role: &str) -> Vec<FieldError> {
    let mut errors = Vec::new();
    if name.is_empty() || name.chars().count() > MAX_NAME {
        errors.push(field_error("name", "staff-name-missing"));
    }
    if role.parse::<StaffRole>().is_err() {
        errors.push(field_error("role-0", "staff-role-missing"));
    }
    errors
}

fn question(
    session: &Session,
    account: &Account,
    (name, role, reason): (&str, &str, &str),
    errors: Vec<FieldError>,
) -> Question {
    let fields = vec![
        Field::line("name", "staff-name", name).hint("staff-name-hint").with_error(&errors),
        role_field(role).with_error(&errors),
        reason_field(reason).with_error(&errors),
    ];
    let page = account.page(session, "staff-sign-in-title").with_errors(errors);
    Question::new(page, format!("{}/sign-in", staff_path(account.id())), "staff-button")
        .lead(words::t("staff-lead"))
        .lead(words::t("staff-lead-lost"))
        .lead(words::t("staff-two-lead"))
        .fields(fields)
}

/// Shows the form.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Path(staff): Path<StaffId>,
) -> PageResult {
    let account = load(&app, &session, &staff).await?;
    let seat = account.account.sign_in.as_ref();
    let name = seat.map_or(&account.account.staff.handle, |seat| &seat.name);
    let role = account.role().unwrap_or(StaffRole::Adviser).as_str();
    Ok(response::render(&question(&session, &account, (name, role, ""), Vec::new())))
}

/// Makes the link, and shows it.
pub(super) async fn post(
    State(app): State<App>,
    Path(staff): Path<StaffId>,
    headers: HeaderMap,
    submitted: StaffForm,
) -> PageResult {
    let StaffForm { session, form } = submitted.require_recent_login()?;
    let account = load(&app, &session, &staff).await?;
    let (name, selected, reason) = (form.text("name"), form.text("role"), form.lines("reason"));
    let invalid = |errors: Vec<FieldError>| {
        let template = question(&session, &account, (&name, &selected, &reason), errors);
        Ok(response::invalid_form(&template))
    };
    let errors = sign_in_errors(&name, &selected);
    let Some(role) = selected.parse::<StaffRole>().ok().filter(|_| errors.is_empty()) else {
        return invalid(errors);
    };
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let (sign_in_name, why) = (name.clone(), reason.clone());
    let made = app.database.write(move |tx| {
        let (random, sign_in) = (&mut OsRandom, (sign_in_name.as_str(), role));
        match service::invite(tx, &scope, &staff, sign_in, LINK_MINUTES, now, random) {
            Err(ServiceError::NeedsSecondPerson) => {
                let wanted = Wanted::Link(&sign_in_name, role);
                staff::ask(tx, &scope, &staff, wanted, &why, now, random).map(Outcome::Asked)
            }
            made => made.map(Outcome::Link),
        }
    });
    match made.await {
        Ok(Outcome::Link(token)) => {
            let page = account.page(&session, "staff-sign-in-title");
            Ok(link_page(page, &app, &headers, &token))
        }
        Ok(Outcome::Asked(id)) => Ok(redirect_to_request(&id)),
        Ok(Outcome::Done) => Ok(response::redirect(&staff_path(account.id()))),
        Err(ServiceError::DualControl(DualControlRefusal::NoReason)) => {
            invalid(vec![reason_error()])
        }
        Err(ServiceError::AlreadyExists(_)) => {
            invalid(vec![field_error("name", "staff-name-taken")])
        }
        Err(ServiceError::LastAdministrator) => {
            invalid(vec![field_error("role-0", "staff-role-last")])
        }
        Err(error) => Err(error.into()),
    }
}
