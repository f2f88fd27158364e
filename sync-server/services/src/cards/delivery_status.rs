//! Which phones have a card as it is now.

use crate::{ServiceError, StaffScope, assignments::CONTACT, cells::records};
use promise_database::{StaffMember, Tx};

/// One phone that a card is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneDelivery {
    /// Whose it is.
    pub person: String,
    /// The council's reference for them.
    pub reference: Option<String>,
    /// Whether it has the card as it is now.
    pub has_it: bool,
    /// When it last synced.
    pub last_sync_at: Option<i64>,
}

/// Where a card is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeliveryStatus {
    /// Every phone of everybody it is for.
    pub phones: Vec<PhoneDelivery>,
    /// Those it is for who have no phone.
    pub without_phone: Vec<(String, Option<String>)>,
}

impl DeliveryStatus {
    /// How many phones have it.
    pub fn have_it(&self) -> usize {
        self.phones.iter().filter(|phone| phone.has_it).count()
    }
}

/// Which phones have a member of staff's card as it is now.
pub fn delivery_status(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    staff: &str,
) -> Result<(StaffMember, DeliveryStatus), ServiceError> {
    let staff = scope.card_holder(tx, staff)?;
    let mut spread = DeliveryStatus::default();
    for assigned in tx.assignments_of_staff(&staff.id)? {
        let Some(person) = tx.person(&assigned.person)? else { continue };
        let contact = records::list(tx, &person.id, CONTACT)?;
        let contact = contact.into_iter().find(|contact| contact.id == assigned.contact);
        let rev = contact.map_or(0, |contact| contact.rev);
        let given = tx.delivered_revs(&person.id)?;
        let devices = tx.devices(&person.id)?;
        let paired: Vec<_> = devices.iter().filter(|it| it.revoked_at.is_none()).collect();
        if paired.is_empty() {
            spread.without_phone.push((person.id.clone(), person.reference.clone()));
        }
        spread.phones.extend(paired.into_iter().map(|device| PhoneDelivery {
            person: person.id.clone(),
            reference: person.reference.clone(),
            has_it: given.get(&device.author).is_some_and(|given| *given >= rev),
            last_sync_at: device.last_sync_at,
        }));
    }
    spread.phones.sort_by(|a, b| (a.has_it, &a.reference).cmp(&(b.has_it, &b.reference)));
    Ok((staff, spread))
}
