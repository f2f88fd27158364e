//! Which phones have the current version of a card.

use promise_database::{Device, Tx};
use promise_protocol::ids::PersonId;

use super::{CardHolder, CardId};
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

/// The delivery of a card to the phones of the young people who have it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeliveryStatus {
    /// Paired phones, those without the card first.
    pub phones: Vec<PhoneDelivery>,
    /// Id and reference of young people without a paired phone.
    pub without_phone: Vec<(PersonId, Option<String>)>,
    /// Phones of young people whom the caller does not see. Only an entry of the address book has them.
    pub elsewhere: PhoneCount,
}

/// How many phones have a card.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PhoneCount {
    /// Those that received the card as it is now.
    pub delivered: usize,
    /// All of them.
    pub all: usize,
}

impl DeliveryStatus {
    /// Returns how many phones have the card, and how many there are.
    pub fn count(&self) -> PhoneCount {
        let delivered = self.phones.iter().filter(|phone| phone.is_delivered).count();
        PhoneCount {
            delivered: delivered + self.elsewhere.delivered,
            all: self.phones.len() + self.elsewhere.all,
        }
    }
}

/// Returns a card's holder and which phones have the card as it is now.
pub fn delivery_status(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    card: impl Into<CardId>,
) -> Result<(CardHolder, DeliveryStatus), ServiceError> {
    let holder = CardHolder::find(tx, scope, card)?;
    let mut status = DeliveryStatus::default();
    for (person, contact) in holder.contacts(tx)? {
        let Some(person) = tx.person(&person)? else { continue };
        let contact = tx.record(&person.id, CONTACT, &contact)?;
        let rev = contact.iter().filter_map(|stored| stored.rev).max().unwrap_or_default();
        let delivered = tx.delivered_revs(&person.id)?;
        let is_delivered =
            |device: &Device| delivered.get(&device.author).is_some_and(|at| *at >= rev);
        let devices = tx.devices(&person.id)?;
        let paired: Vec<_> = devices.iter().filter(|it| !it.is_revoked()).collect();
        if !holder.shows_person(tx, scope, &person.id)? {
            status.elsewhere.all += paired.len();
            let delivered = paired.into_iter().filter(|device| is_delivered(device));
            status.elsewhere.delivered += delivered.count();
            continue;
        }
        if paired.is_empty() {
            status.without_phone.push((person.id.clone(), person.reference.clone()));
        }
        status.phones.extend(paired.into_iter().map(|device| PhoneDelivery {
            person: person.id.clone(),
            reference: person.reference.clone(),
            is_delivered: is_delivered(device),
            last_sync_at: device.last_sync_at,
        }));
    }
    let order = |phone: &PhoneDelivery| (phone.is_delivered, phone.reference.clone());
    status.phones.sort_by_key(order);
    Ok((holder, status))
}
