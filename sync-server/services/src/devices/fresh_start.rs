//! A fresh start, for a person who has lost all their phones and their recovery phrase.

use promise_protocol::{
    ids::PersonId,
    schema::{self, ACCOUNT_KEY, KEY_REFUSAL},
};

use super::revoke;
use crate::{ServiceError, StaffScope};
use promise_database::{Invitation, Tx};

/// Revokes all phones of a person, ends their open pairing codes, and deletes the history of their keys and
/// everything that is sealed. The next phone that is paired is their first one, and generates a recovery phrase.
///
/// Nothing sealed is kept: only someone with an earlier phrase could open it. A phone that turns up again is
/// revoked, so it wipes itself and does not bring the earlier keys back. A code that was made before could pair
/// a phone of someone else first, whose words would then count. What is not sealed stays.
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
    for device in tx.devices(&person.id)? {
        if device.revoked_at.is_none() {
            revoke(tx, scope, &device.author, now_millis)?;
        }
    }
    for invitation in tx.invitations_of(&person.id)? {
        if invitation.used_at.is_none() && invitation.expires_at > now_millis {
            tx.set_invitation(&Invitation { expires_at: now_millis, ..invitation })?;
        }
    }
    let sealed = schema::COLLECTIONS.iter().filter(|collection| collection.sealed);
    let sealed = sealed.map(|collection| collection.name);
    for collection in sealed.chain([ACCOUNT_KEY, KEY_REFUSAL.0]) {
        tx.delete_collection(&person.id, collection)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use promise_protocol::{KeyStep, signature::SigningKey};
    use serde_json::json;

    use super::*;
    use crate::{
        StaffRole,
        devices::pairing::{self, CodeRefusal},
        fixture::{NOW, World},
    };

    #[test]
    fn fresh_start_leaves_no_key_no_sealed_cell_and_no_phone() {
        let mut world = World::new();
        let ada = world.ada.clone();
        let mut phone = world.phone(&ada);
        let owner = SigningKey::from_seed(&[1; 32]).unwrap();
        let step = KeyStep::first(&owner, "barnet", ada.as_str());
        assert_eq!(phone.propose(&mut world, vec![step]).key_accepted.len(), 1);
        let sealed = phone.change(NOW, "saved", "0123456789abcdef", json!({"note": "s1.abcd"}));
        let ask = phone.change(NOW, "ask", "a1", json!({"text": "Can we meet?"}));
        assert!(phone.sync(&mut world, vec![sealed, ask]).taken);
        assert!(!world.pair(&ada).key_history.is_empty());
        let open =
            world.staff(|tx, scope, random| pairing::invite(tx, scope, &ada, 30, NOW, random));
        let open = open.unwrap().to_string();

        world.staff(|tx, scope, _| start_afresh(tx, scope, &ada, NOW)).unwrap();
        assert!(world.run(|tx| tx.collection(&ada, "saved")).is_empty());
        assert_eq!(world.run(|tx| tx.collection(&ada, "ask")).len(), 1, "it is not sealed");
        assert!(world.run(|tx| tx.devices(&ada)).iter().all(|it| it.revoked_at.is_some()));
        assert_eq!(world.claim(&open, None).unwrap_err(), CodeRefusal::Expired);
        let paired = world.pair(&ada);
        assert!(paired.key_history.is_empty() && !paired.waits_for_phrase, "it is the first one");
    }

    #[test]
    fn staff_who_sign_in_cannot_start_afresh() {
        let mut world = World::new();
        let (ada, jo) = (world.ada.clone(), world.jo_as(StaffRole::Adviser));
        let refused = world.staff(|tx, _, _| start_afresh(tx, &jo, &ada, NOW));
        assert!(matches!(refused, Err(ServiceError::NotAllowed)));
    }
}
