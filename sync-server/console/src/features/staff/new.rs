//! A new colleague: their card's first lines, their role, and the link they sign in with.

use axum::{extract::State, http::HeaderMap};
use promise_edition::email;
use promise_services::{OsRandom, Permission, ServiceError, StaffRole, cards::CardEdit, staff};
use serde_json::Value;

use crate::{
    App,
    features::staff::{
        Link,
        sign_in::{LINK_MINUTES, check_sign_in, roles},
    },
    kit::{
        forms::{Field, FormData, Input, Question, field_error, too_long_error},
        page::{
            FieldError,
            response::{self, PageResult},
        },
        session::{Session, StaffForm},
        url::server_address,
        words,
    },
};

/// The fields of the card, with the label and the most characters of each. The card's `role` is
/// what young people read; on the form it must not be taken for the role here.
const CARD: [(&str, &str, &str, usize); 4] = [
    ("display_name", "display_name", "card-display-name", 120),
    ("job", "role", "staff-job", 60),
    ("team", "team", "card-team", 120),
    ("email", "email", "card-email", 254),
];

fn asked(session: &Session, form: &FormData, errors: Vec<FieldError>) -> Question {
    let mut fields: Vec<Field> = CARD
        .iter()
        .map(|(name, _, label, _)| match *name {
            "email" => {
                let value = form.text(name);
                Field { value, ..Field::new(name, label, Input::Line("email", "wide")) }
            }
            "job" => Field::line(name, label, &form.text(name)).hint("staff-job-hint"),
            _ => Field::line(name, label, &form.text(name)),
        })
        .collect();
    fields.push(Field::line("name", "staff-name", &form.text("name")).hint("staff-name-hint"));
    fields.push(roles(&form.text("role")));
    let fields = fields.into_iter().map(|field| field.with_error(&errors)).collect();
    let page = session
        .page(words::t("staff-new"))
        .back("/console/staff", words::t("nav-staff"))
        .with_errors(errors);
    Question::new(page, "/console/staff/new", "staff-new-button")
        .lead(words::t("staff-new-lead"))
        .fields(fields)
}

/// Shows an empty form.
pub(crate) async fn get(session: Session) -> PageResult {
    session.scope.permit(Permission::ManageStaff)?;
    Ok(response::render(&asked(&session, &FormData::default(), Vec::new())))
}

fn errors(form: &FormData) -> Vec<FieldError> {
    let mut errors = Vec::new();
    for (name, _, label, most) in CARD {
        let typed = form.text(name);
        if typed.is_empty() && name == "display_name" {
            errors.push(field_error(name, "card-display-name-missing"));
        }
        if typed.chars().count() > most {
            errors.push(too_long_error(name, label, most));
        }
        if name == "email" && !typed.is_empty() && !email::is_valid(&typed) {
            errors.push(field_error(name, "card-email-wrong"));
        }
    }
    errors.extend(check_sign_in(&form.text("name"), &form.text("role")));
    errors
}

/// Adds them, and shows their link.
pub(crate) async fn post(
    State(app): State<App>,
    headers: HeaderMap,
    sent: StaffForm,
) -> PageResult {
    sent.session.scope.permit(Permission::ManageStaff)?;
    let StaffForm { session, form } = sent.require_recent_login()?;
    let wrong = errors(&form);
    let Some(role) = form.text("role").parse::<StaffRole>().ok().filter(|_| wrong.is_empty())
    else {
        return Ok(response::invalid_form(&asked(&session, &form, wrong)));
    };
    let given = CARD.iter().filter_map(|(name, field, ..)| {
        let typed = Some(form.text(name)).filter(|typed| !typed.is_empty())?;
        Some(((*field).to_owned(), Value::from(typed)))
    });
    let card = CardEdit::new(given.collect())?;
    let (scope, now, name) = (session.scope.clone(), app.clock.now_millis(), form.text("name"));
    let added = app.database.write(move |tx| {
        let as_whom = (name.as_str(), role);
        staff::add_with_sign_in(tx, &scope, as_whom, card, LINK_MINUTES, now, &mut OsRandom)
    });
    match added.await {
        Ok((_, token)) => {
            let link = format!("{}/console/welcome/{token}", server_address(&app, &headers));
            let name = form.text("display_name");
            let page = session
                .page(words::with("staff-sign-in-title", "name", &name))
                .back("/console/staff", words::t("nav-staff"));
            Ok(response::render(&Link { page, link }))
        }
        Err(ServiceError::AlreadyExists(_)) => {
            let errors = vec![field_error("name", "staff-name-taken")];
            Ok(response::invalid_form(&asked(&session, &form, errors)))
        }
        Err(error) => Err(error.into()),
    }
}
