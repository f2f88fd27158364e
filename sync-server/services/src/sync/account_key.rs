//! Accepting the steps to other keys of the person.
//!
//! The server accepts a step only from the key in use, and writes it with the council's signature. So of two
//! steps from one key the one that came first counts, on every phone and after every restore.
//!
//! Where restores left two histories, each can go on from its own last key: the person's phones hold to one of
//! them, and must be able to change a phrase that was seen.

use promise_protocol::{
    Cell, CellKey, Change, KeyAcceptance, KeyHistory, KeyStep, SyncResponse,
    fault_injection::{Fault, is_injected},
    phone_record::PHONE,
    schema::{ACCOUNT_KEY, KEY_REFUSAL},
};
use serde_json::json;

use crate::{
    ServiceError,
    cells::{signed, stamps},
    devices::capability,
};
use promise_database::{DatabaseError, Device, Person, Tx};

/// The shortest time between two reports about one phone, in milliseconds.
const REPORTED_FOR: u64 = 24 * 3_600_000;

/// What is done with a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Decision {
    /// It goes on from the last key of a history, or begins the first one.
    Accept,
    /// Another step came first: another phone of the person made or changed the key at the same time, or someone
    /// has an earlier recovery phrase.
    Late,
    /// It was sent without a recovery phrase of this person.
    Forged,
}

/// Returns the history of a person's keys, as far as this server accepted it.
pub(super) fn history(tx: &mut dyn Tx, person: &Person) -> Result<KeyHistory, ServiceError> {
    let cells = tx.collection(&person.id, ACCOUNT_KEY)?;
    Ok(KeyHistory::of_cells(cells.into_iter().map(|stored| stored.cell)))
}

/// Accepts the steps of a request until one cannot be accepted, and adds their acceptances to the response.
/// Repeats the acceptance of a step that was accepted before. Returns the revision that was written, if any.
pub(super) fn accept(
    tx: &mut dyn Tx,
    person: &Person,
    phone: &Device,
    steps: &[KeyStep],
    response: &mut SyncResponse,
) -> Result<Option<u64>, ServiceError> {
    let mut written = None;
    for step in steps {
        let history = history(tx, person)?;
        let step = &history.whole(step, person.council.as_str(), person.id_on_phones().as_str());
        if let Some(stamp) = history.accepted(step) {
            let known = tx.staff_change(&person.id, ACCOUNT_KEY, &step.id(stamp), stamp)?;
            let known = known.ok_or(DatabaseError::Unreadable("signed change"))?;
            add_acceptance(&known, response)?;
            continue;
        }
        match decide(person, phone, &history, step) {
            // A phone that was paired again proposes before it knows that it is limited, and means no harm.
            Decision::Accept if capability::is_limited(phone) && !knows_its_limit(tx, phone)? => {
                break;
            }
            Decision::Accept if capability::is_limited(phone) => {
                return Ok(report(tx, person, phone, response.now)?.or(written));
            }
            Decision::Accept => {
                let stamp = stamps::next(tx, &person.id, response.now)?;
                let rev = tx.revision_to_write(&person.id)?;
                let signed = signed::write(tx, person, step.accepted(stamp, None), Some(rev))?;
                add_acceptance(&signed, response)?;
                written = Some(rev);
            }
            Decision::Late => break,
            Decision::Forged => {
                return Ok(report(tx, person, phone, response.now)?.or(written));
            }
        }
    }
    Ok(written)
}

fn add_acceptance(signed: &Change, response: &mut SyncResponse) -> Result<(), ServiceError> {
    let signature = signed.signature.clone().ok_or(DatabaseError::Unreadable("signature"))?;
    response.key_accepted.push(KeyAcceptance { stamp: signed.stamp.clone(), signature });
    Ok(())
}

fn decide(person: &Person, phone: &Device, history: &KeyHistory, step: &KeyStep) -> Decision {
    let is_certified = step.is_certified(person.council.as_str(), person.id_on_phones().as_str());
    if !is_certified && !is_injected(Fault::UncertifiedKeyAccepted) {
        return Decision::Forged;
    }
    match &step.before {
        // A fresh start ended its history. The phone has not heard that it was accepted before.
        None if history.began().is_none() && history.has_key(&step.key) => Decision::Late,
        None if history.began().is_none() => Decision::Accept,
        Some(before) if history.last_keys().any(|last| last == *before) => Decision::Accept,
        Some(before) if history.has_key(before) && is_injected(Fault::ReplacedKeyGoesOn) => {
            Decision::Accept
        }
        Some(before) if history.has_key(before) => Decision::Late,
        None if is_paired_before(phone, history) => Decision::Late,
        _ => Decision::Forged,
    }
}

/// Returns `true` if a limited phone has the record that says so.
fn knows_its_limit(tx: &mut dyn Tx, phone: &Device) -> Result<bool, ServiceError> {
    let record = tx.record(&phone.person, PHONE, phone.author.as_str())?;
    Ok(record.iter().all(|stored| stored.rev.is_some_and(|rev| rev <= phone.last_rev)))
}

/// Returns `true` if the phone was paired before the person had a key: then it took itself for their first one
/// too, and made words.
fn is_paired_before(phone: &Device, history: &KeyHistory) -> bool {
    let paired_at = u64::try_from(phone.paired_at).unwrap_or_default();
    history.began().is_some_and(|began| paired_at < began.reading.millis())
}

/// Reports to all phones of the person that one of them tried to change the key without the recovery phrase.
/// A phone that tries again is reported once a day.
fn report(
    tx: &mut dyn Tx,
    person: &Person,
    phone: &Device,
    now_millis: i64,
) -> Result<Option<u64>, ServiceError> {
    let (collection, id, field) = KEY_REFUSAL;
    let (key, by) = (CellKey::new(collection, id, field), json!(phone.author.as_str()));
    let stamp = stamps::next(tx, &person.id, now_millis)?;
    let is_known = tx.cell(&person.id, &key)?.is_some_and(|held| {
        let reported = held.cell.stamp.reading.millis();
        held.cell.value == by && stamp.reading.millis().saturating_sub(reported) < REPORTED_FOR
    });
    if is_known {
        return Ok(None);
    }
    let rev = tx.revision_to_write(&person.id)?;
    for change in Change::gather([Cell { key, value: by, stamp }]) {
        signed::write(tx, person, change, Some(rev))?;
    }
    Ok(Some(rev))
}
