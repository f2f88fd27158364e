//! A young person's paired phones: listing them and revoking one, as staff or with one of them.

pub mod authentication;
mod fresh_start;
pub mod pairing;

use promise_protocol::{Author, PairedPhone, PhoneList, ids::PersonId};

use crate::{
    Entity, Permission, PhoneScope, ServiceError, StaffScope,
    audit::{self, AuditAction, Subject},
};
use promise_database::{Device, Tx};

pub use fresh_start::start_afresh;

/// Returns a young person's phones, the oldest pairing first.
pub fn list(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &PersonId,
) -> Result<Vec<Device>, ServiceError> {
    let person = scope.person(tx, person)?;
    Ok(tx.devices(&person.id)?)
}

/// Revokes a phone: its token stops working at once. Revoking it again keeps the first time.
///
/// Returns [`ServiceError::NotFound`] if there is no such phone, or its owner is out of reach.
pub fn revoke(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    phone: &Author,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let device = tx.device(phone)?.ok_or(ServiceError::NotFound(Entity::Phone))?;
    scope.permit(Permission::ChangePeople)?;
    let person =
        scope.person(tx, &device.person).map_err(|_| ServiceError::NotFound(Entity::Phone))?;
    audit::record(tx, scope, Subject::Person(&person), AuditAction::Unpaired, "phone", now_millis)?;
    revoke_device(tx, device, now_millis)
}

/// Returns the phones of the calling phone's own person, the oldest pairing first.
pub fn list_own(tx: &mut dyn Tx, scope: &PhoneScope) -> Result<PhoneList, ServiceError> {
    let phones = tx.devices(scope.person())?.into_iter().map(|device| PairedPhone {
        phone: device.author.to_string(),
        paired_at: device.paired_at,
        last_sync_at: device.last_sync_at,
        revoked_at: device.revoked_at,
        this: &device.author == scope.device(),
    });
    Ok(PhoneList { phones: phones.collect() })
}

/// Revokes a phone of the calling phone's own person, which may be the calling phone, and returns
/// the phones afterwards.
///
/// Returns [`ServiceError::NotFound`] for another person's phone too, so that a caller does not
/// learn which phones exist.
pub fn revoke_own(
    tx: &mut dyn Tx,
    scope: &PhoneScope,
    phone: &str,
    now_millis: i64,
) -> Result<PhoneList, ServiceError> {
    let author = phone.parse::<Author>().map_err(|_| ServiceError::NotFound(Entity::Phone))?;
    tx.person_for_update(scope.person())?;
    let device = tx.device(&author)?.filter(|device| &device.person == scope.person());
    revoke_device(tx, device.ok_or(ServiceError::NotFound(Entity::Phone))?, now_millis)?;
    list_own(tx, scope)
}

/// Revokes a phone and deletes its unused pairing codes, which the finder of a lost phone could have
/// created.
fn revoke_device(tx: &mut dyn Tx, mut device: Device, now_millis: i64) -> Result<(), ServiceError> {
    device.revoked_at.get_or_insert(now_millis);
    tx.set_device(&device)?;
    Ok(tx.delete_invitations_by(&device.author)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{NOW, World};

    #[test]
    fn phone_lists_and_revokes_only_phones_of_its_person() {
        let mut world = World::new();
        let (ada, bea) = (world.ada.clone(), world.bea.clone());
        let (one, two, beas) = (world.phone(&ada), world.phone(&ada), world.phone(&bea));
        let seen = world.staff(|tx, _, _| list_own(tx, &one.scope)).unwrap().phones;
        assert_eq!(seen.iter().filter(|phone| phone.this).count(), 1);
        assert_eq!(seen.len(), 2);
        let mut revoke =
            |phone: &str, now| world.staff(|tx, _, _| revoke_own(tx, &one.scope, phone, now));
        for other in [beas.scope.device().as_str(), "p0000abcd", "", "S 1"] {
            assert!(
                matches!(revoke(other, NOW), Err(ServiceError::NotFound(Entity::Phone))),
                "{other}"
            );
        }
        for later in [0, 1] {
            let left = revoke(two.scope.device().as_str(), NOW + later).unwrap();
            let revoked: Vec<_> = left.phones.iter().filter_map(|it| it.revoked_at).collect();
            assert_eq!(revoked, [NOW], "the first time counts");
        }
        revoke(one.scope.device().as_str(), NOW).unwrap();
        let beas = world.run(|tx| tx.device(beas.scope.device())).unwrap();
        assert_eq!(beas.revoked_at, None);
    }
}
