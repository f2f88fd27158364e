//! Signing everything again, after a council said that its earlier keys are in other hands.
//!
//! Phones that have heard of it accept nothing new under those keys. What the database holds under them is the
//! council's all the same, and goes out again under the key that signs now.

use promise_database::{Council, CouncilKeys, Person, Tx};
use promise_protocol::{Change, ids::CouncilId, statement::Statement};

use crate::{
    ServiceError, StaffScope,
    audit::{self, AuditAction, Subject},
    cells::signed,
};

/// What was signed again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SignedAgain {
    /// How many changes.
    pub changes: usize,
    /// How many young people they are about.
    pub people: usize,
    /// The number of the edition, if the newest one was signed again.
    pub edition: Option<u64>,
}

impl SignedAgain {
    /// Returns `true` if everything was signed with a key that counts already.
    pub fn is_nothing(self) -> bool {
        self == Self::default()
    }
}

/// Signs again, with the key that signs now, what a distrusted key of the council signed: everything that staff and
/// the server wrote about its young people, and its newest edition. Phones get it at their next sync. Repeating it
/// signs nothing.
///
/// What no key of the council signed stays as it is: no phone shows it. Orders to phones that were taken off stay too:
/// such a phone cannot have heard of the new key, or its order would be under it.
///
/// Only the operator may do it. Returns [`ServiceError::NotAllowed`] for staff who sign in in a browser, and
/// [`ServiceError::NotFound`] if there is no such council.
pub fn sign_again(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    council: &CouncilId,
    now_millis: i64,
) -> Result<SignedAgain, ServiceError> {
    if scope.role().is_some() {
        return Err(ServiceError::NotAllowed);
    }
    let council = scope.council(tx, council)?;
    let keys = tx.council_keys(&council)?;
    let mut signed = SignedAgain::default();
    for person in tx.people(&council)? {
        let changes = sign_person_again(tx, &keys, &person)?;
        signed.changes += changes;
        signed.people += usize::from(changes > 0);
    }
    signed.edition = sign_edition_again(tx, &keys, &council)?;
    if !signed.is_nothing() {
        let SignedAgain { changes, people, .. } = signed;
        let detail = format!("{changes} changes about {people} people");
        let subject = Subject::Council(&council);
        audit::record(tx, scope, subject, AuditAction::SignedAgain, &detail, now_millis)?;
    }
    Ok(signed)
}

/// After a restore, signs again what the backup holds under keys that were distrusted since.
pub fn sign_restored_again(tx: &mut dyn Tx, now_millis: i64) -> Result<(), ServiceError> {
    for Council { id, .. } in tx.councils()? {
        if tx.council_keys(&id)?.distrusts_any() {
            sign_again(tx, &StaffScope::operator(), &id, now_millis)?;
        }
    }
    Ok(())
}

/// Signs a person's changes again in one revision, so that a phone gets all of them together. Returns how many.
fn sign_person_again(
    tx: &mut dyn Tx,
    keys: &CouncilKeys,
    person: &Person,
) -> Result<usize, ServiceError> {
    let Some(person) = tx.person_for_update(&person.id)? else { return Ok(0) };
    let mut changes = tx.staff_changes(&person.id)?;
    changes.retain(|change| {
        !signed::verify(keys, &person, change) && is_distrusted(keys, &person, change)
    });
    for change in &mut changes {
        signed::sign(tx, &person, change)?;
        tx.set_staff_change(&person.id, change)?;
        send_again(tx, &person, change)?;
    }
    Ok(changes.len())
}

fn is_distrusted(keys: &CouncilKeys, person: &Person, change: &Change) -> bool {
    let statement = Statement::Change { person: person.id_on_phones().as_str(), change };
    keys.verify_with_distrusted(&person.council, &statement, change.signature.as_ref())
}

/// Gives the cells of a change the transaction's revision, also those that are pending. A phone may hold the record
/// as it was before: under a distrusted key it could not bring it back after a restore.
fn send_again(tx: &mut dyn Tx, person: &Person, change: &Change) -> Result<(), ServiceError> {
    for stored in tx.record(&person.id, &change.collection, &change.id)? {
        if stored.cell.stamp == change.stamp {
            let rev = tx.revision_to_write(&person.id)?;
            tx.set_cell(&person.id, &stored.cell, Some(rev))?;
        }
    }
    Ok(())
}

fn sign_edition_again(
    tx: &mut dyn Tx,
    keys: &CouncilKeys,
    council: &CouncilId,
) -> Result<Option<u64>, ServiceError> {
    let Some(edition) = tx.newest_edition(council)? else { return Ok(None) };
    let (statement, signature) = (Statement::Edition(&edition), edition.signature.as_ref());
    if keys.verify(council, &statement, signature)
        || !keys.verify_with_distrusted(council, &statement, signature)
    {
        return Ok(None);
    }
    let signature = tx.sign(council, &statement)?;
    tx.sign_edition_again(council, edition.number, &signature)?;
    Ok(Some(edition.number))
}

#[cfg(test)]
mod tests;
