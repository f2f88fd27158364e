//! Which phones have the current version of a card.

use promise_database::{StaffMember, Tx};
use promise_protocol::ids::{PersonId, StaffId};

use crate::{ServiceError, StaffScope, assignments::CONTACT};

/// One phone that shows the card, or will after its next sync.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneDelivery {
    /// The young person whose phone it is.
    pub person: PersonId,
    /// The council's reference.
    pub reference: Option<String>,
    /// `true` if the phone received the card as it is now.
    pub is_delivered: bool,
    /// When it last synced, in milliseconds since 1970.
    pub last_sync_at: Option<i64>,
}

/// The delivery of a card to the phones of the staff member's young people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeliveryStatus {
    /// Paired phones, those without the card first.
    pub phones: Vec<PhoneDelivery>,
    /// Id and reference of young people without a paired phone.
    pub without_phone: Vec<(PersonId, Option<String>)>,
}

impl DeliveryStatus {
    /// Returns how many phones have the card.
    pub fn count_delivered(&self) -> usize {
        self.phones.iter().filter(|phone| phone.is_delivered).count()
    }
}

/// Returns a staff member and which phones have their card as it is now.
pub fn delivery_status(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    staff: &StaffId,
) -> Result<(StaffMember, DeliveryStatus), ServiceError> {
    let staff = scope.card_holder(tx, staff)?;
    let mut status = DeliveryStatus::default();
    for assignment in tx.assignments_of_staff(&staff.id)? {
        let Some(person) = tx.person(&assignment.person)? else { continue };
        let contact = tx.record(&person.id, CONTACT, &assignment.contact)?;
        let rev = contact.iter().filter_map(|stored| stored.rev).max().unwrap_or_default();
        let delivered = tx.delivered_revs(&person.id)?;
        let devices = tx.devices(&person.id)?;
        let paired: Vec<_> = devices.iter().filter(|it| !it.is_revoked()).collect();
        if paired.is_empty() {
            status.without_phone.push((person.id.clone(), person.reference.clone()));
        }
        status.phones.extend(paired.into_iter().map(|device| PhoneDelivery {
            person: person.id.clone(),
            reference: person.reference.clone(),
            is_delivered: delivered.get(&device.author).is_some_and(|at| *at >= rev),
            last_sync_at: device.last_sync_at,
        }));
    }
    let order = |phone: &PhoneDelivery| (phone.is_delivered, phone.reference.clone());
    status.phones.sort_by_key(order);
    Ok((staff, status))
}
