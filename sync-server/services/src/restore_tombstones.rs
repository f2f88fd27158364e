//! What a restore must not bring back: erased people, revoked phones, and staff who left.
//!
//! A backup is from before. Whoever erased their account since, or took a lost phone off, did so
//! for good; and whoever was switched off since must not be let in again by an old file.

use crate::{ServiceError, StaffScope, assignments, staff};
use promise_database::ErasedPerson;
use promise_database::RevokedPhone;
use promise_database::Tx;

/// What one database knows to be taken away.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tombstones {
    erased: Vec<ErasedPerson>,
    revoked: Vec<RevokedPhone>,
    left: Vec<(String, i64)>,
}

/// Reads it from the database that is about to be replaced.
pub fn collect(tx: &mut dyn Tx) -> Result<Tombstones, ServiceError> {
    Ok(Tombstones {
        erased: tx.erased_people()?,
        revoked: tx.revoked_phones()?,
        left: tx.deactivated_staff()?,
    })
}

/// Takes it away again in the database that takes its place.
pub fn reapply(tx: &mut dyn Tx, taken: &Tombstones) -> Result<(), ServiceError> {
    for person in &taken.erased {
        tx.person_for_update(&person.id)?;
        tx.erase(person)?;
    }
    for phone in &taken.revoked {
        tx.add_revoked_phone(phone)?;
        tx.delete_invitations_by(&phone.author)?;
    }
    for (staff, deactivated_at) in &taken.left {
        staff::revoke_access(tx, staff, *deactivated_at)?;
    }
    // Nobody is signed in: somebody may have signed out since.
    Ok(tx.delete_sessions_before(i64::MAX)?)
}

/// Takes leavers' numbers off their young people's contacts again. Phones that were told hand it
/// back themselves; this is for those whose young person has none yet. It writes, and so the new
/// life of the database must have begun.
pub fn reapply_leavers(
    tx: &mut dyn Tx,
    taken: &Tombstones,
    now_millis: i64,
) -> Result<(), ServiceError> {
    for (staff, _) in &taken.left {
        assignments::clear_contacts(tx, &StaffScope::operator(), staff, now_millis)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        cells::records,
        devices::{self, authentication},
        fixture::{NOW, World},
        generation,
        people::erasure,
        sign_in,
    };
    use promise_database::Stage;
    use promise_database_sqlite::SqliteConnection;

    #[test]
    fn what_was_taken_away_since_a_backup_is_taken_away_again() {
        let mut world = World::new();
        let (ada, bea) = (world.ada.clone(), world.bea.clone());
        world.phone(&ada);
        let lost = world.pair(&bea);
        let backup = world.store.snapshot().unwrap();
        let newer = world.pair(&bea);
        for paired in [&lost, &newer] {
            let author = paired.author.parse().unwrap();
            world.staff(|tx, scope, _| devices::revoke(tx, scope, &author, NOW + 5)).unwrap();
        }
        world.staff(|tx, scope, _| erasure::erase(tx, scope, &ada, NOW + 6)).unwrap();
        let taken = world.store.read(collect).unwrap();

        let mut restored = SqliteConnection::from_snapshot(&backup).unwrap();
        for _ in 0..2 {
            restored.transact(|tx| reapply(tx, &taken)).unwrap();
            assert_eq!(restored.read(collect).unwrap(), taken);
        }
        for paired in [lost, newer] {
            let caller = restored.read(|tx| authentication::authenticate(tx, &paired.token));
            assert!(matches!(caller, Err(ServiceError::Revoked)));
        }
        let person = restored.read(|tx| tx.person(&ada)).unwrap();
        assert_eq!(person, None);
    }

    #[test]
    fn whoever_left_since_a_backup_stays_out_and_off_the_phones() {
        let mut world = World::new();
        let (ada, jo) = (world.ada.clone(), world.jo.clone());
        let session = world
            .staff(|tx, scope, random| {
                let role = ("jo", crate::StaffRole::Adviser);
                sign_in::invite(tx, scope, &jo, role, 30, NOW, random)?;
                sign_in::begin_session(tx, &jo, Stage::Full, NOW, random)
            })
            .unwrap();
        let backup = world.store.snapshot().unwrap();
        world.staff(|tx, scope, _| staff::deactivate(tx, scope, &jo, NOW + 5)).unwrap();
        let taken = world.store.read(collect).unwrap();

        let mut restored = SqliteConnection::from_snapshot(&backup).unwrap();
        let random = &mut world.random;
        restored
            .transact(|tx| {
                assert!(
                    sign_in::find_session(tx, &session, NOW)?.is_some(),
                    "the backup would let them in"
                );
                reapply(tx, &taken)?;
                generation::begin(tx, random)?;
                reapply_leavers(tx, &taken, NOW + 9)?;
                assert!(sign_in::find_session(tx, &session, NOW)?.is_none());
                assert!(tx.staff(&jo)?.unwrap().is_deactivated());
                let contacts = records::list(tx, &ada, "contact")?;
                assert_eq!(
                    (contacts[0].text("display_name"), contacts[0].text("email")),
                    ("Jo", "")
                );
                assert_eq!(collect(tx)?, taken);
                Ok::<_, ServiceError>(())
            })
            .unwrap();
    }
}
