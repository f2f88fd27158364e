//! Confirming a limited phone, for a young person whose other phones do not answer.

use axum::extract::{Path, State};
use promise_database::{Device, Tx};
use promise_protocol::{Author, ids::PersonId};
use promise_services::{
    ConfirmationRefusal, Entity, Permission, ServiceError, StaffScope,
    devices::{self, capability},
};

use crate::{
    App,
    features::people::{NamedPerson, person_path},
    kit::{
        forms::Question,
        page::response::{self, PageResult},
        session::{Session, StaffForm},
        words::{self, times},
    },
};

/// A phone of this person that waits, and why the caller cannot confirm it now.
struct Waiting {
    named: NamedPerson,
    device: Device,
    refusal: Option<ConfirmationRefusal>,
}

/// Returns `None` if the phone does not wait any more: a colleague or the person said yes.
fn find(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    (person, phone): (&PersonId, &Author),
    now: i64,
) -> Result<Option<Waiting>, ServiceError> {
    scope.permit(Permission::ChangePeople)?;
    let mut devices = devices::list(tx, scope, person)?;
    devices.retain(|device| &device.author == phone && !device.is_revoked());
    let device = devices.pop().ok_or(ServiceError::NotFound(Entity::Phone))?;
    if !device.limited {
        return Ok(None);
    }
    let person = scope.person(tx, person)?;
    let refusal = capability::refusal(tx, scope, &person, &device, now)?;
    let named = NamedPerson::load(tx, scope, person)?;
    Ok(Some(Waiting { named, device, refusal }))
}

fn author(phone: &str) -> Result<Author, ServiceError> {
    phone.parse().map_err(|_| ServiceError::NotFound(Entity::Phone))
}

fn path(person: &PersonId, phone: &Author) -> String {
    format!("{}/phones/{phone}/confirm", person_path(person))
}

fn question(session: &Session, waiting: &Waiting, now: i64) -> Question {
    let Waiting { named, device, refusal } = waiting;
    let page = named.page(session, words::t("limited-title"));
    let until = times::date_time(capability::answered_by(device), now);
    let question = match refusal {
        None => Question::new(page, path(&named.person.id, &device.author), "limited-button")
            .lead(words::t("limited-lead-person")),
        Some(ConfirmationRefusal::TooEarly) => {
            Question::info(page).lead(words::with("limited-too-early", "when", &until))
        }
        Some(ConfirmationRefusal::OwnCode) => {
            Question::info(page).lead(words::t("limited-own-code"))
        }
    };
    question
        .lead(words::t("limited-lead"))
        .row("phone-paired", vec![times::date_time(device.paired_at, now)])
}

/// Asks for a confirmation, or says who can confirm and when.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Path((person, phone)): Path<(PersonId, String)>,
) -> PageResult {
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let (phone, back) = (author(&phone)?, person_path(&person));
    let found = app.database.read(move |tx| find(tx, &scope, (&person, &phone), now)).await?;
    Ok(match found {
        Some(waiting) => response::render(&question(&session, &waiting, now)),
        None => response::redirect(&back),
    })
}

/// Confirms the phone. It may erase everything from then on, so the password is asked for first.
pub(super) async fn post(
    State(app): State<App>,
    Path((person, phone)): Path<(PersonId, String)>,
    submitted: StaffForm,
) -> PageResult {
    submitted.session.scope.permit(Permission::ChangePeople)?;
    let StaffForm { session, .. } = submitted.require_recent_login()?;
    let (scope, now) = (session.scope, app.clock.now_millis());
    let phone = author(&phone)?;
    let (back, done) =
        (path(&person, &phone), format!("{}?done=phone-confirmed", person_path(&person)));
    let confirmed = app.database.write(move |tx| match find(tx, &scope, (&person, &phone), now)? {
        Some(waiting) => capability::confirm(tx, &scope, &waiting.device.author, now),
        None => Ok(()),
    });
    match confirmed.await {
        Ok(()) => Ok(response::redirect(&done)),
        // The page says who can confirm it, and when.
        Err(ServiceError::Confirmation(_)) => Ok(response::redirect(&back)),
        Err(error) => Err(error.into()),
    }
}
