//! A young person's paired phones: pairing, listing and revoking them, as staff or with one of them.

pub mod authentication;
pub mod capability;
pub(crate) mod fresh_start;
pub mod pairing;
mod proof;
pub(crate) mod records;
mod revoking;

use promise_database::{Device, Tx};
use promise_protocol::{PairedPhone, PhoneList, ids::PersonId};

use crate::{PhoneScope, ServiceError, StaffScope};

#[cfg(any(test, feature = "fault-injection"))]
pub use revoking::revoke_for_simulation;
pub(crate) use revoking::{record_own, revoke_all};
pub use revoking::{revoke, revoke_own};

pub use fresh_start::start_afresh;
pub use proof::{ProvenPhone, prove};

/// Returns a young person's phones, the oldest pairing first.
pub fn list(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &PersonId,
) -> Result<Vec<Device>, ServiceError> {
    let person = scope.person(tx, person)?;
    Ok(tx.devices(&person.id)?)
}

/// Returns the phones of the calling phone's own person, the oldest pairing first.
pub fn list_own(tx: &mut dyn Tx, scope: &PhoneScope) -> Result<PhoneList, ServiceError> {
    let phones = tx.devices(scope.person())?.into_iter().map(|device| PairedPhone {
        phone: device.author.to_string(),
        paired_at: device.paired_at,
        last_sync_at: device.last_sync_at,
        revoked_at: device.revoked_at(),
        limited: device.limited,
        this: &device.author == scope.device(),
    });
    Ok(PhoneList { phones: phones.collect() })
}
