//! Linking a phone that was set up before a restore which lost its person's record. The adviser types
//! the check text that the phone shows, so that the code works for the phone in the room alone.

use axum::{
    extract::{Path, State},
    http::HeaderMap,
};
use promise_protocol::{PhoneCheck, ids::PersonId};
use promise_services::{OsRandom, Permission, ServiceError, devices::pairing};

use crate::{
    App,
    features::people::{
        NamedPerson,
        invite::{Code, InviteTemplate, VALID_MINUTES},
        person_path, person_to_change,
    },
    kit::{
        forms::{Field, Question, field_error},
        page::{
            FieldError,
            response::{self, PageResult},
        },
        session::{Session, StaffForm},
        words,
    },
};

/// Returns the path of the page.
fn path(named: &NamedPerson) -> String {
    format!("{}/relink", person_path(&named.person.id))
}

fn question(
    session: &Session,
    named: &NamedPerson,
    typed: &str,
    errors: Vec<FieldError>,
) -> Question {
    let check = Field::line("check", "relink-check", typed);
    let fields = vec![check.hint("relink-check-hint").with_error(&errors)];
    let title = words::with("relink-title", "name", &named.name());
    let page = named.page(session, title).with_errors(errors);
    Question::new(page, path(named), "relink-button")
        .lead(words::t("relink-lead"))
        .lead(words::t("relink-lead-person"))
        .fields(fields)
}

/// Asks for the check text of the phone.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Path(id): Path<PersonId>,
) -> PageResult {
    let named = person_to_change(&app, &session.scope, id).await?;
    Ok(response::render(&question(&session, &named, "", Vec::new())))
}

/// Makes a code for that phone and shows it. It moves all that a phone holds to this record, so it
/// requires the password first.
pub(super) async fn post(
    State(app): State<App>,
    Path(id): Path<PersonId>,
    headers: HeaderMap,
    submitted: StaffForm,
) -> PageResult {
    submitted.session.scope.permit(Permission::ChangePeople)?;
    let StaffForm { session, form } = submitted.require_recent_login()?;
    let now = app.clock.now_millis();
    let named = person_to_change(&app, &session.scope, id).await?;
    let typed = form.plain("check");
    let refuse = |key: &str| -> PageResult {
        let errors = vec![field_error("check", key)];
        Ok(response::invalid_form(&question(&session, &named, &typed, errors)))
    };
    let Ok(check) = typed.parse::<PhoneCheck>() else { return refuse("relink-check-wrong") };
    let shown = check.to_string();
    let (scope, id) = (session.scope.clone(), named.person.id.clone());
    let invited = app.database.write(move |tx| {
        pairing::invite_to_relink(tx, &scope, &id, check, VALID_MINUTES, now, &mut OsRandom)
    });
    let code = match invited.await {
        Ok(code) => Code::new(&app, &headers, code, now),
        Err(ServiceError::HasOwnPhone) => return refuse("relink-has-phone"),
        Err(error) => return Err(error.into()),
    };
    let title = words::with("relink-title", "name", &named.name());
    // A line does not end inside of it.
    let unbroken = shown.replace('-', "\u{2011}");
    Ok(response::render(&InviteTemplate {
        page: named.page(&session, title),
        action: path(&named),
        steps: [words::with("relink-step-app", "check", &unbroken), words::t("relink-step-scan")],
        check: Some(shown),
        next: None,
        code: Some(code),
    }))
}
