//! Confirming a limited phone, for a young person whose other phones do not answer.

use axum::extract::{Path, State};
use promise_database::Tx;
use promise_protocol::ids::PersonId;
use promise_services::{
    ConfirmationRefusal, Entity, Permission, ServiceError, StaffScope, devices::capability,
};

use crate::{
    App,
    features::people::{person_path, phone::PhoneOfPerson},
    kit::{
        forms::Question,
        page::response::{self, PageResult},
        session::{Session, StaffForm},
        words::{self, times},
    },
};

/// A phone that waits, and why the caller cannot confirm it now.
struct Waiting {
    phone: PhoneOfPerson,
    refusal: Option<ConfirmationRefusal>,
}

/// Returns `None` if the phone does not wait any more: a colleague or the person said yes.
fn find(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    (person, phone): (&PersonId, &str),
    now: i64,
) -> Result<Option<Waiting>, ServiceError> {
    let phone = PhoneOfPerson::find(tx, scope, person, phone)?;
    if phone.device.is_revoked() {
        return Err(ServiceError::NotFound(Entity::Phone));
    }
    if !phone.device.limited {
        return Ok(None);
    }
    let refusal = capability::refusal(tx, scope, &phone.named.person, &phone.device, now)?;
    Ok(Some(Waiting { phone, refusal }))
}

fn path(person: &PersonId, phone: &str) -> String {
    format!("{}/phones/{phone}/confirm", person_path(person))
}

fn question(session: &Session, waiting: &Waiting, now: i64) -> Question {
    let Waiting { phone: PhoneOfPerson { named, device }, refusal } = waiting;
    let page = named.page(session, words::t("limited-title"));
    let until = times::date_time(capability::answered_by(device), now);
    let question = match refusal {
        None => {
            Question::new(page, path(&named.person.id, device.author.as_str()), "limited-button")
                .lead(words::t("limited-lead-person"))
        }
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
    let back = person_path(&person);
    let found =
        app.database.read(move |tx| find(tx, &scope, (&person, phone.as_str()), now)).await?;
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
    let (back, done) =
        (path(&person, &phone), format!("{}?done=phone-confirmed", person_path(&person)));
    let confirmed =
        app.database.write(move |tx| match find(tx, &scope, (&person, phone.as_str()), now)? {
            Some(waiting) => capability::confirm(tx, &scope, &waiting.phone.device.author, now),
            None => Ok(()),
        });
    match confirmed.await {
        Ok(()) => Ok(response::redirect(&done)),
        // The page says who can confirm it, and when.
        Err(ServiceError::Confirmation(_)) => Ok(response::redirect(&back)),
        Err(error) => Err(error.into()),
    }
}
