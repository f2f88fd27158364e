//! Taking a phone off. The reason decides what becomes of what is on it, so it has no default.

use axum::extract::{Path, State};
use promise_database::{Device, Tx};
use promise_protocol::{PhoneOrder, RevocationReason, ids::PersonId};
use promise_services::{Entity, ServiceError, StaffScope, devices};

use crate::{
    App,
    features::people::{person_path, phone::PhoneOfPerson},
    kit::{
        forms::{Field, Input, Question, choice, field_error},
        page::{
            FieldError,
            response::{self, PageResult},
        },
        session::{Session, StaffForm},
        words::{self, times},
    },
};

/// Finds a phone of this person that is paired, or that was released and could be lost since.
fn find(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &PersonId,
    phone: &str,
) -> Result<PhoneOfPerson, ServiceError> {
    let phone = PhoneOfPerson::find(tx, scope, person, phone)?;
    if reasons(&phone.device).is_empty() {
        return Err(ServiceError::NotFound(Entity::Phone));
    }
    Ok(phone)
}

/// The reasons for which a phone can be taken off now.
pub(super) fn reasons(device: &Device) -> Vec<RevocationReason> {
    let order = device.revoked.as_ref().map(|order| order.order);
    match order {
        None => RevocationReason::ALL.to_vec(),
        Some(PhoneOrder::Release) => vec![RevocationReason::LostOrStolen],
        Some(PhoneOrder::Wipe) => Vec::new(),
    }
}

fn question(
    session: &Session,
    PhoneOfPerson { named, device }: &PhoneOfPerson,
    errors: Vec<FieldError>,
    now: i64,
) -> Question {
    let choices = reasons(device).into_iter().map(|reason| {
        let text = words::t(match reason {
            RevocationReason::LostOrStolen => "unpair-lost",
            RevocationReason::NoLongerUsed => "unpair-unused",
        });
        choice(reason.as_str(), text, "")
    });
    let reason = Field::new("why", "unpair-reason", Input::Radios(choices.collect()));
    let fields = vec![reason.with_error(&errors)];
    let last_sync = device.last_sync_at.map(|at| times::date_time(at, now));
    let page = named.page(session, words::t("unpair-title")).with_errors(errors);
    let action = format!("{}/phones/{}/unpair", person_path(&named.person.id), device.author);
    let lead = if device.is_revoked() { "unpair-lead-released" } else { "unpair-lead" };
    Question::new(page, action, "unpair-button")
        .lead(words::t(lead))
        .row("phone-paired", vec![times::date_time(device.paired_at, now)])
        .row("phone-last", vec![last_sync.unwrap_or_else(|| words::t("phone-never"))])
        .fields(fields)
        .danger()
}

/// Asks why.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Path((person, phone)): Path<(PersonId, String)>,
) -> PageResult {
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let found = app.database.read(move |tx| find(tx, &scope, &person, &phone)).await?;
    Ok(response::render(&question(&session, &found, Vec::new(), now)))
}

/// Revokes the phone.
pub(super) async fn post(
    State(app): State<App>,
    Path((person, phone)): Path<(PersonId, String)>,
    submitted: StaffForm,
) -> PageResult {
    let StaffForm { session, form } = submitted;
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let reason = form.raw("why").parse::<RevocationReason>().ok();
    let path = person_path(&person);
    let revoked = app.database.write(move |tx| {
        let found = find(tx, &scope, &person, &phone)?;
        let reason = reason.filter(|reason| reasons(&found.device).contains(reason));
        if let Some(reason) = reason {
            devices::revoke(tx, &scope, &found.device.author, reason, now)?;
        }
        Ok::<_, ServiceError>((found, reason))
    });
    match revoked.await? {
        (found, None) => {
            let errors = vec![field_error("why-0", "unpair-reason-missing")];
            Ok(response::invalid_form(&question(&session, &found, errors, now)))
        }
        (_, Some(RevocationReason::LostOrStolen)) => {
            Ok(response::redirect(&format!("{path}?done=phone-wiped")))
        }
        (_, Some(RevocationReason::NoLongerUsed)) => {
            Ok(response::redirect(&format!("{path}?done=phone-released")))
        }
    }
}
