//! What a restore must not bring back: erased people and revoked phones.
//!
//! A backup is from before. Whoever erased their account since, or took a lost phone off, did so
//! for good.

use super::ServiceError;
use crate::store::{Erased, RevokedPhone, Tx};

/// What one database knows to be taken away.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TakenAway {
    erased: Vec<Erased>,
    revoked: Vec<RevokedPhone>,
}

/// Reads it from the database that is about to be replaced.
pub fn read(tx: &mut dyn Tx) -> Result<TakenAway, ServiceError> {
    Ok(TakenAway { erased: tx.all_erased()?, revoked: tx.revoked()? })
}

/// Takes it away again in the database that takes its place.
pub fn take_away(tx: &mut dyn Tx, taken: &TakenAway) -> Result<(), ServiceError> {
    for person in &taken.erased {
        tx.erase(person)?;
    }
    for phone in &taken.revoked {
        tx.revoke_again(phone)?;
        tx.forget_invitations_by(&phone.author)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        service::{
            auth, erase,
            fixture::{NOW, World},
            phones,
        },
        store::sqlite::SqliteStore,
    };

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
            world.staff(|tx, scope, _| phones::revoke(tx, scope, &author, NOW + 5)).unwrap();
        }
        world.staff(|tx, scope, _| erase::person(tx, scope, &ada, NOW + 6)).unwrap();
        let taken = world.store.read(read).unwrap();

        let mut restored = SqliteStore::from_snapshot(&backup).unwrap();
        for _ in 0..2 {
            restored.transact(|tx| take_away(tx, &taken)).unwrap();
            assert_eq!(restored.read(read).unwrap(), taken);
        }
        for paired in [lost, newer] {
            let caller = restored.read(|tx| auth::phone(tx, &paired.token));
            assert!(matches!(caller, Err(ServiceError::Revoked)));
        }
        let person = restored.read(|tx| tx.person(&ada)).unwrap();
        assert_eq!(person, None);
    }
}
