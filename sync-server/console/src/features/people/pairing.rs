//! Comparing the number that a new phone shows, and saying yes or no to it. Until then the phone gets nothing
//! about the young person.

use axum::{
    extract::{Path, State},
    http::HeaderMap,
};
use promise_database::Tx;
use promise_protocol::{ids::PersonId, pairing::PairingDigits};
use promise_services::{
    Entity, ServiceError, StaffScope,
    devices::pairing::{self, WaitingState},
};

use crate::{
    App,
    features::people::{NamedPerson, person_path},
    kit::{
        forms::Question,
        page::{
            Page,
            response::{self, PageResult},
        },
        session::{Session, StaffForm},
        url::server_address,
        words,
    },
};

/// Returns the path of the page about a code, by the part of the code that is no secret.
pub(super) fn path(person: &PersonId, code: &str) -> String {
    format!("{}/codes/{code}", person_path(person))
}

/// Returns how far the pairing by a code for this person is.
fn find(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    (person, code): (&PersonId, &str),
    now: i64,
) -> Result<(NamedPerson, WaitingState), ServiceError> {
    let waiting = pairing::find(tx, scope, code, now)?;
    if waiting.person != *person {
        return Err(ServiceError::NotFound(Entity::Phone));
    }
    let person = scope.person(tx, person)?;
    Ok((NamedPerson::load(tx, scope, person)?, waiting.state))
}

fn question(
    session: &Session,
    named: &NamedPerson,
    (code, address): (&str, &str),
    state: &WaitingState,
) -> Question {
    let path = path(&named.person.id, code);
    let page = named.page(session, words::with("pairing-title", "name", &named.name()));
    match state {
        WaitingState::Digits { digits, server } => {
            let hidden = vec![("digits".to_owned(), digits.to_string())];
            if server == address {
                Question::new(page, path, "pairing-yes")
                    .lead(words::t("pairing-lead"))
                    .lead(words::t("pairing-lead-person"))
                    .number(words::t("pairing-digits"), &digits.to_string())
                    .hidden(hidden)
                    .second_button("no", "pairing-no")
            } else {
                let no = ("no".to_owned(), "1".to_owned());
                Question::new(page, path, "pairing-refuse")
                    .lead(words::t("pairing-other-address"))
                    .row("pairing-came-by", vec![server.clone()])
                    .hidden(hidden.into_iter().chain([no]).collect())
                    .danger()
            }
        }
        WaitingState::NoPhone => waiting(page, "pairing-wait", path),
        WaitingState::Confirmed => waiting(page, "pairing-confirmed", path),
        WaitingState::Paired => Question::info(page).lead(words::t("done-phone-connected")),
        WaitingState::Refused => over(page, "pairing-refused", &named.person.id),
        WaitingState::TwoPhones => over(page, "pairing-two-phones", &named.person.id),
        WaitingState::Expired => over(page, "pairing-expired", &named.person.id),
    }
}

/// A page that waits for the phone.
fn waiting(page: Page, key: &str, path: String) -> Question {
    Question::info(page).lead(words::t(key)).waiting().link(path, words::t("pairing-look"))
}

/// A page about a code that has ended, with a link to the next one.
fn over(page: Page, key: &str, person: &PersonId) -> Question {
    let again = format!("{}/invite", person_path(person));
    Question::info(page).lead(words::t(key)).link(again, words::t("invite-another"))
}

/// Shows the number, or waits for the phone that shows one.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Path((person, code)): Path<(PersonId, String)>,
    headers: HeaderMap,
) -> PageResult {
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let done = format!("{}?done=phone-connected", person_path(&person));
    let id = code.clone();
    let found = app.database.read(move |tx| find(tx, &scope, (&person, id.as_str()), now));
    let (named, state) = found.await.map_err(|error: ServiceError| error)?;
    if state == WaitingState::Paired {
        return Ok(response::redirect(&done));
    }
    let address = server_address(&app, &headers);
    Ok(response::render(&question(&session, &named, (code.as_str(), address.as_str()), &state)))
}

/// Confirms or refuses the phone that shows the number of the form.
pub(super) async fn post(
    State(app): State<App>,
    Path((person, code)): Path<(PersonId, String)>,
    headers: HeaderMap,
    submitted: StaffForm,
) -> PageResult {
    let StaffForm { session, form } = submitted;
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let digits = form.plain("digits").parse::<PairingDigits>().ok();
    let is_no = !form.plain("no").is_empty();
    let address = server_address(&app, &headers);
    let back = path(&person, &code);
    let decided = app.database.write(move |tx| {
        let (_, state) = find(tx, &scope, (&person, code.as_str()), now)?;
        let Some(digits) = digits else { return Ok(false) };
        if is_no {
            return pairing::refuse(tx, &scope, &code, digits, now);
        }
        // The button is not there then, and the number would not be the same.
        if matches!(&state, WaitingState::Digits { server, .. } if *server != address) {
            return Ok(false);
        }
        pairing::confirm(tx, &scope, &code, digits, now)
    });
    // Whatever was decided, or cannot be any more: the page says what comes next.
    decided.await.map_err(|error: ServiceError| error)?;
    Ok(response::redirect(&back))
}
