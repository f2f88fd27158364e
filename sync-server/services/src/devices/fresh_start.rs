//! A fresh start, for a person whose recovery phrase is lost, or was changed by someone who stole it.
//!
//! It deletes what no one can open any more but a thief, and nothing on any phone. Each phone of the person is
//! released: everything on it stays readable. One that they still have is paired again by the new code, begins
//! with new words, and seals under them what it holds.

use promise_protocol::{
    CellKey, Change, KeyHistory, RevocationReason, Stamp, fresh_start,
    ids::PersonId,
    is_fresh_start,
    schema::{self, ACCOUNT_KEY, FRESH_START},
};

use super::revoke;
use crate::{
    ServiceError, StaffScope,
    audit::{self, AuditAction, Subject},
    cells::{signed, stamps},
};
use promise_database::{Invitation, Person, Tx};

/// Releases all phones of a person, ends their open pairing codes and what waits with them, ends the history of their keys, and deletes
/// everything that is sealed. The next phone that is paired generates a recovery phrase.
///
/// The earlier keys stay in the history: the council signs from when they count no more. So neither a phone that
/// turns up again nor a restore brings them back into use. A code that was made before could pair a phone of
/// someone else first, whose words would then count. What is not sealed stays. A phone that was revoked as lost
/// still wipes itself.
///
/// Only the operator may do it. Returns [`ServiceError::NotAllowed`] for staff who sign in in a browser.
pub fn start_afresh(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &PersonId,
    now_millis: i64,
) -> Result<(), ServiceError> {
    if scope.role().is_some() {
        return Err(ServiceError::NotAllowed);
    }
    let person = scope.person_to_change(tx, person)?;
    let subject = Subject::Person(&person);
    audit::record(tx, scope, subject, AuditAction::StartedAfresh, "", now_millis)?;
    for device in tx.devices(&person.id)? {
        if !device.is_revoked() {
            revoke(tx, scope, &device.author, RevocationReason::NoLongerUsed, now_millis)?;
        }
    }
    end_open_codes(tx, &person.id, now_millis)?;
    let change = fresh_start(stamps::next(tx, &person.id, now_millis)?);
    let rev = tx.revision_to_write(&person.id)?;
    signed::write(tx, &person, change, Some(rev))?;
    delete_sealed(tx, &person)
}

/// Ends the open codes, and the pairings that wait with them, also those with a yes: what a phone that was released
/// said yes to has ended with it.
fn end_open_codes(tx: &mut dyn Tx, person: &PersonId, at_millis: i64) -> Result<(), ServiceError> {
    for invitation in tx.invitations_of(person)? {
        if invitation.used_at.is_none() && invitation.expires_at > at_millis {
            let ended = Invitation { expires_at: at_millis, pending: None, ..invitation };
            tx.set_invitation(&ended)?;
        }
    }
    Ok(())
}

/// Deletes everything of a person that is sealed, with its history. What was written since a first key that counts
/// stays: a restore had lost the fresh start, and someone began anew meanwhile.
pub(crate) fn delete_sealed(tx: &mut dyn Tx, person: &Person) -> Result<(), ServiceError> {
    let steps = tx.collection(&person.id, ACCOUNT_KEY)?;
    let history = KeyHistory::of_cells(steps.iter().map(|stored| stored.cell.clone()));
    let is_beginning = |stamp: &Stamp| history.beginnings().any(|began| began == stamp);
    let beginnings = steps.iter().filter(|stored| is_beginning(&stored.cell.stamp));
    let since = beginnings.filter_map(|stored| stored.rev).min();
    for collection in schema::COLLECTIONS.iter().filter(|collection| collection.sealed) {
        tx.delete_collection(&person.id, collection.name, since)?;
    }
    Ok(())
}

/// Returns the last fresh start of each person that had one, as the council signed it.
pub(crate) fn collect(tx: &mut dyn Tx) -> Result<Vec<(PersonId, Change)>, ServiceError> {
    let mut found = Vec::new();
    for council in tx.councils()? {
        for person in tx.people(&council.id)? {
            let signed = tx.staff_changes(&person.id)?.into_iter().filter(is_fresh_start);
            found.extend(signed.map(|change| (person.id.clone(), change)));
        }
    }
    Ok(found)
}

/// After a restore: writes a fresh start that the backup does not know, deletes what it deleted, and ends the codes
/// that it ended.
pub(crate) fn reapply(
    tx: &mut dyn Tx,
    person: &PersonId,
    change: &Change,
) -> Result<(), ServiceError> {
    let Some(person) = tx.person_for_update(person)? else { return Ok(()) };
    let (collection, id, field) = FRESH_START;
    let held = tx.cell(&person.id, &CellKey::new(collection, id, field))?;
    if held.is_some_and(|held| held.cell.stamp >= change.stamp) {
        return Ok(());
    }
    let rev = tx.revision_to_write(&person.id)?;
    for cell in change.cells() {
        tx.set_cell(&person.id, &cell, Some(rev))?;
    }
    tx.set_staff_change(&person.id, change)?;
    tx.delete_replaced_staff_changes(&person.id, collection, id)?;
    let reading = change.stamp.reading;
    if reading > person.staff_reading {
        tx.set_staff_reading(&person.id, reading)?;
    }
    end_open_codes(tx, &person.id, i64::try_from(reading.millis()).unwrap_or(i64::MAX))?;
    delete_sealed(tx, &person)
}

#[cfg(test)]
mod tests {
    use promise_protocol::{KeyStep, PhoneOrder, pairing::PairingDecision};
    use serde_json::json;

    use super::*;
    use crate::{
        StaffRole,
        devices::{
            authentication,
            pairing::{self, CodeRefusal},
        },
        fixture::{NOW, SERVER, TestPhone, World, owner, step},
        generation, restore_tombstones,
    };
    use promise_database_sqlite::SqliteConnection;

    /// Ada has a phone with a key, something sealed and an ask.
    fn world_with_key() -> (World, TestPhone) {
        let mut world = World::new();
        let ada = world.ada.clone();
        let mut phone = world.phone(&ada);
        phone.make_key(&mut world, 1);
        let sealed = phone.change(NOW, "saved", "0123456789abcdef", json!({"note": "s1.abcd"}));
        let ask = phone.change(NOW, "ask", "a1", json!({"text": "Can we meet?"}));
        assert!(phone.sync(&mut world, vec![sealed, ask]).taken);
        (world, phone)
    }

    fn start(world: &mut World) {
        let ada = world.ada.clone();
        world.staff(|tx, scope, _| start_afresh(tx, scope, &ada, NOW)).unwrap();
    }

    fn history(changes: &[Change]) -> KeyHistory {
        KeyHistory::of_cells(changes.iter().flat_map(Change::cells))
    }

    #[test]
    fn fresh_start_leaves_no_key_no_sealed_cell_and_no_phone_in_use() {
        let (mut world, _) = world_with_key();
        let ada = world.ada.clone();
        assert!(history(&world.pair(&ada).key_history).began().is_some());
        let open =
            world.staff(|tx, scope, random| pairing::invite(tx, scope, &ada, 30, NOW, random));
        let open = open.unwrap().to_string();

        start(&mut world);
        assert!(world.run(|tx| tx.collection(&ada, "saved")).is_empty());
        assert_eq!(world.run(|tx| tx.collection(&ada, "ask")).len(), 1, "it is not sealed");
        let devices = world.run(|tx| tx.devices(&ada));
        assert_eq!(devices.len(), 2);
        let orders = devices.iter().filter_map(|device| device.revoked.as_ref());
        assert!(orders.map(|signed| signed.order).eq([PhoneOrder::Release; 2]));
        assert_eq!(world.claim(&open, None).unwrap_err(), CodeRefusal::Expired);
        let paired = world.pair(&ada);
        assert_eq!(history(&paired.key_history).began(), None);
        assert!(!paired.waits_for_phrase, "it is the first one");
    }

    /// It would pair a phone of a person who was there before, or hand over the words from before.
    #[test]
    fn pairing_with_a_yes_ends_with_a_fresh_start() {
        let (mut world, phone) = world_with_key();
        let ada = world.ada.clone();
        let by_staff =
            world.staff(|tx, scope, random| pairing::invite(tx, scope, &ada, 30, NOW, random));
        let by_phone =
            world.staff(|tx, _, random| pairing::invite_own(tx, &phone.scope, NOW, random));
        let codes = [
            (by_staff.unwrap().to_string(), CodeRefusal::Expired),
            (by_phone.unwrap().code, CodeRefusal::Invalid),
        ];
        let waiting = codes.map(|(code, refusal)| {
            let new = world.new_phone();
            world.step(&new.start(&code, SERVER), NOW).unwrap();
            world.other_side(&code, None, NOW);
            world.step(&new.open(&code, SERVER), NOW).unwrap();
            world.other_side(&code, Some(PairingDecision::Confirmed), NOW);
            (new.open(&code, SERVER), refusal)
        });
        start(&mut world);
        for (request, refusal) in waiting {
            assert_eq!(world.step(&request, NOW).unwrap_err(), refusal);
        }
        let kept = world.run(|tx| tx.invitations_of(&ada));
        assert!(kept.iter().all(|invitation| invitation.pending.is_none()));
    }

    /// Someone who has the earlier words may have a phone in use again, by a code of staff.
    #[test]
    fn key_before_a_fresh_start_is_not_accepted_again() {
        let (mut world, _) = world_with_key();
        let ada = world.ada.clone();
        start(&mut world);
        let mut phone = world.phone(&ada);
        let first = KeyStep::first(&owner(1), "barnet", ada.as_str());
        for earlier in [step(1, 7, &ada), first] {
            assert_eq!(phone.propose(&mut world, vec![earlier]).key_accepted, []);
        }
        phone.make_key(&mut world, 2);
        assert_eq!(phone.propose(&mut world, vec![step(2, 3, &ada)]).key_accepted.len(), 1);
    }

    #[test]
    fn phone_that_was_lost_still_wipes_itself() {
        let (mut world, phone) = world_with_key();
        let author = phone.scope.device().clone();
        let lost = RevocationReason::LostOrStolen;
        world.staff(|tx, scope, _| revoke(tx, scope, &author, lost, NOW)).unwrap();
        start(&mut world);
        let device = world.run(|tx| tx.device(&author)).unwrap();
        assert_eq!(device.revoked.unwrap().order, PhoneOrder::Wipe);
    }

    /// The backup has the earlier key and what was sealed with it, and knows a phone as one in use.
    #[test]
    fn restore_brings_nothing_from_before_a_fresh_start_back() {
        let (mut world, _) = world_with_key();
        let ada = world.ada.clone();
        let open =
            world.staff(|tx, scope, random| pairing::invite(tx, scope, &ada, 30, NOW, random));
        let open = open.unwrap().to_string();
        let backup = world.store.snapshot().unwrap();
        let earlier = world.pair(&ada);
        start(&mut world);
        let tombstones = world.store.read(restore_tombstones::collect).unwrap();
        let signer = crate::fixture::signer();
        world.store = SqliteConnection::from_snapshot(&backup, signer).unwrap();
        world
            .staff(|tx, _, random| {
                restore_tombstones::reapply(tx, &tombstones)?;
                generation::begin(tx, random)
            })
            .unwrap();
        for _ in 0..2 {
            world
                .staff(|tx, _, _| restore_tombstones::reapply_phones(tx, &tombstones, NOW + 2))
                .unwrap();
            assert!(world.run(|tx| tx.collection(&ada, "saved")).is_empty());
            assert_eq!(world.claim(&open, None).unwrap_err(), CodeRefusal::Expired);
            let mut phone = world.phone(&ada);
            let steps = phone.sync(&mut world, Vec::new()).changes;
            assert_eq!(history(&steps).began(), None);
            // What is sealed after it stays, when the same tombstones come again.
            let sealed = phone.change(NOW, "pledge_mark", "0123", json!({"note": "s1.abcd"}));
            assert!(phone.sync(&mut world, vec![sealed]).taken);
        }
        assert_eq!(world.run(|tx| tx.collection(&ada, "pledge_mark")).len(), 1);
        let caller = world.store.read(|tx| authentication::authenticate(tx, &earlier.token));
        assert!(matches!(caller, Err(ServiceError::Revoked(_))));
    }

    /// The database from before the restore could not be read, so there are no tombstones.
    #[test]
    fn phone_brings_a_fresh_start_back_before_what_it_sealed_since() {
        let (mut world, _) = world_with_key();
        let ada = world.ada.clone();
        let backup = world.store.snapshot().unwrap();
        start(&mut world);
        let mut phone = world.phone(&ada);
        let mut held = phone.sync(&mut world, Vec::new()).changes;
        held.retain(is_fresh_start);
        assert_eq!(held.len(), 1);
        let signer = crate::fixture::signer();
        world.store = SqliteConnection::from_snapshot(&backup, signer).unwrap();
        let mut other = world.phone(&ada);
        let sealed = other.change(NOW, "pledge_mark", "0123", json!({"note": "s1.abcd"}));
        held.push(sealed);
        assert!(other.sync(&mut world, held.clone()).taken);
        assert!(world.run(|tx| tx.collection(&ada, "saved")).is_empty());
        assert_eq!(world.run(|tx| tx.collection(&ada, "pledge_mark")).len(), 1);
        assert!(other.sync(&mut world, held).taken);
        assert_eq!(world.run(|tx| tx.collection(&ada, "pledge_mark")).len(), 1, "once is enough");
    }

    /// The restored server knew neither the fresh start nor a key, and the person began anew there.
    #[test]
    fn what_was_sealed_since_a_new_first_key_stays_when_the_fresh_start_comes_back() {
        let mut world = World::new();
        let ada = world.ada.clone();
        let backup = world.store.snapshot().unwrap();
        start(&mut world);
        let mut held = world.phone(&ada).sync(&mut world, Vec::new()).changes;
        held.retain(is_fresh_start);
        let signer = crate::fixture::signer();
        world.store = SqliteConnection::from_snapshot(&backup, signer).unwrap();
        let mut phone = world.phone(&ada);
        let before = phone.change(NOW, "saved", "0123456789abcdef", json!({"note": "s1.abcd"}));
        assert!(phone.sync(&mut world, vec![before]).taken);
        phone.make_key(&mut world, 2);
        let since = phone.change(NOW, "pledge_mark", "0123", json!({"note": "s1.abcd"}));
        assert!(phone.sync(&mut world, vec![since]).taken);
        assert!(phone.sync(&mut world, held).taken);
        let left = |world: &mut World, name| world.run(|tx| tx.collection(&ada, name)).len();
        assert_eq!((left(&mut world, "saved"), left(&mut world, "pledge_mark")), (0, 1));
    }

    #[test]
    fn staff_who_sign_in_cannot_start_afresh() {
        let mut world = World::new();
        let (ada, jo) = (world.ada.clone(), world.jo_as(StaffRole::Adviser));
        let refused = world.staff(|tx, _, _| start_afresh(tx, &jo, &ada, NOW));
        assert!(matches!(refused, Err(ServiceError::NotAllowed)));
    }
}
