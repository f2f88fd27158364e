//! One phone of a young person, for the pages that change it.

use promise_database::{Device, Tx};
use promise_protocol::{Author, ids::PersonId};
use promise_services::{Entity, Permission, ServiceError, StaffScope, devices};

use crate::features::people::NamedPerson;

/// A phone, and the young person whose it is.
pub(super) struct PhoneOfPerson {
    pub(super) named: NamedPerson,
    pub(super) device: Device,
}

impl PhoneOfPerson {
    /// Finds a phone of a young person whom the caller may change, in use or not. `phone` is the id in the
    /// page's address. The role is checked before the id is parsed, so that an address which is not one gets
    /// the same response as any other from a role that changes no young people.
    pub(super) fn find(
        tx: &mut dyn Tx,
        scope: &StaffScope,
        person: &PersonId,
        phone: &str,
    ) -> Result<Self, ServiceError> {
        scope.permit(Permission::ChangePeople)?;
        let not_found = ServiceError::NotFound(Entity::Phone);
        let Ok(author) = phone.parse::<Author>() else { return Err(not_found) };
        let mut devices = devices::list(tx, scope, person)?.into_iter();
        let device = devices.find(|device| device.author == author).ok_or(not_found)?;
        let person = scope.person(tx, person)?;
        Ok(Self { named: NamedPerson::load(tx, scope, person)?, device })
    }
}
