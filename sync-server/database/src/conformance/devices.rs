//! Paired phones, what they were sent, and revoked phones.

use std::collections::BTreeMap;

use promise_protocol::{PhoneOrder, SignedOrder};

use super::fixture::{device, id, order, pair, phone, populate, read, write};
use crate::{Database, Device, Inviter, RevokedPhone};

/// A revoked phone whose token has the hash `[number]`.
fn revoked_phone(number: u8, order: SignedOrder) -> RevokedPhone {
    let (author, token_hash) = (phone(number), vec![number]);
    RevokedPhone { author, token_hash, council: id("barnet"), order }
}

/// Every field that changes is stored.
pub async fn device_is_read_as_written(database: &Database) {
    populate(database).await;
    pair(database, 1, "ada").await;
    assert_eq!(read(database, |tx| tx.device(&phone(1))).await, Some(device(1, "ada")));
    let changed = Device {
        last_request: u64::from(u32::MAX) + 1,
        last_act: u64::from(u32::MAX) + 2,
        last_sync_at: Some(1_764_000_000_000),
        last_rev: 9,
        revoked: Some(order(PhoneOrder::Release, 1_764_000_000_001)),
        limited: true,
        ..device(1, "ada")
    };
    let written = changed.clone();
    write(database, move |tx| {
        tx.person_for_update(&id("ada"))?;
        tx.set_device(&written)
    })
    .await;
    assert_eq!(read(database, |tx| tx.device(&phone(1))).await, Some(changed));
    assert_eq!(read(database, |tx| tx.device(&phone(2))).await, None);
}

/// Who invited a phone is stored, and does not change.
pub async fn inviter_of_a_device_is_kept(database: &Database) {
    populate(database).await;
    let inviters = [Inviter::Operator, Inviter::Staff(id("jo")), Inviter::Phone(phone(1))];
    let devices = inviters.clone().map(|inviter| {
        let number = match inviter {
            Inviter::Operator => 1,
            Inviter::Staff(_) => 2,
            Inviter::Phone(_) => 3,
        };
        Device { inviter, limited: number == 2, ..device(number, "ada") }
    });
    let found = write(database, move |tx| {
        tx.person_for_update(&id("ada"))?;
        for (device, token) in devices.iter().zip([[1], [2], [3]]) {
            tx.add_device(device, &token)?;
            tx.set_device(&Device { inviter: Inviter::Operator, ..device.clone() })?;
        }
        tx.devices(&id("ada"))
    });
    let found = found.await.into_iter().map(|device| (device.inviter, device.limited));
    let (found, limited): (Vec<_>, Vec<_>) = found.unzip();
    assert_eq!(found, inviters);
    assert_eq!(limited, [false, true, false], "it is stored from the first");
}

/// An author belongs to one phone for ever, even after the phone was revoked.
pub async fn author_is_used_once(database: &Database) {
    populate(database).await;
    pair(database, 1, "ada").await;
    let again = write(database, |tx| {
        tx.person_for_update(&id("bea"))?;
        let of_another = tx.add_device(&device(1, "bea"), &[9])?;
        tx.add_revoked_phone(&revoked_phone(2, order(PhoneOrder::Wipe, 1)))?;
        Ok((of_another, tx.add_device(&device(2, "bea"), &[7])?))
    });
    assert_eq!(again.await, (false, false));
    assert_eq!(read(database, |tx| tx.devices(&id("bea"))).await, []);
}

/// A phone is found by the hash of its token.
pub async fn token_finds_its_device(database: &Database) {
    populate(database).await;
    pair(database, 1, "ada").await;
    pair(database, 2, "bea").await;
    let found = read(database, |tx| Ok((tx.device_by_token(&[2])?, tx.device_by_token(&[3])?)));
    assert_eq!(found.await, (Some(device(2, "bea")), None));
}

/// Only phones of this person that never synced and are not revoked are deleted.
pub async fn unsynced_devices_are_deleted(database: &Database) {
    populate(database).await;
    for (number, person) in [(1, "ada"), (2, "ada"), (3, "ada"), (4, "bea")] {
        pair(database, number, person).await;
    }
    write(database, |tx| {
        tx.person_for_update(&id("ada"))?;
        tx.set_device(&Device { last_sync_at: Some(1), ..device(2, "ada") })?;
        let revoked = Some(order(PhoneOrder::Wipe, 1));
        tx.set_device(&Device { revoked, ..device(3, "ada") })?;
        tx.delete_unsynced_devices(&id("ada"))
    })
    .await;
    let left = read(database, |tx| Ok([tx.devices(&id("ada"))?, tx.devices(&id("bea"))?].concat()));
    let left: Vec<_> = left.await.into_iter().map(|device| device.author).collect();
    assert_eq!(left, [phone(2), phone(3), phone(4)]);
    assert_eq!(read(database, |tx| tx.device_by_token(&[1])).await, None);
}

/// A person's phones are listed with the oldest pairing first.
pub async fn devices_are_ordered_by_pairing(database: &Database) {
    populate(database).await;
    for (number, person) in [(3, "ada"), (1, "ada"), (4, "bea"), (2, "ada")] {
        pair(database, number, person).await;
    }
    let devices = read(database, |tx| tx.devices(&id("ada"))).await;
    assert_eq!(devices, [1, 2, 3].map(|number| device(number, "ada")));
}

/// The delivered revision is stored separately from the confirmed one.
pub async fn delivered_revision_is_kept_per_device(database: &Database) {
    populate(database).await;
    for (number, person) in [(1, "ada"), (2, "ada"), (3, "bea")] {
        pair(database, number, person).await;
    }
    write(database, |tx| {
        tx.person_for_update(&id("ada"))?;
        tx.set_delivered_rev(&phone(1), 7)?;
        tx.set_delivered_rev(&phone(1), 5)
    })
    .await;
    let delivered = read(database, |tx| tx.delivered_revs(&id("ada"))).await;
    assert_eq!(delivered, BTreeMap::from([(phone(1), 5), (phone(2), 0)]));
    assert_eq!(read(database, |tx| tx.device(&phone(1))).await, Some(device(1, "ada")));
}

/// Orders in the order in which a phone gets them, and the one that it has then: the first, unless a
/// phone that was released has to be wiped.
fn sequences() -> [(Vec<SignedOrder>, SignedOrder); 3] {
    let [wipe, later_wipe] = [5, 9].map(|at| order(PhoneOrder::Wipe, at));
    let [release, later_release] = [5, 9].map(|at| order(PhoneOrder::Release, at));
    [
        (vec![wipe.clone(), later_wipe.clone()], wipe.clone()),
        (vec![wipe.clone(), later_release], wipe),
        (vec![release, later_wipe.clone()], later_wipe),
    ]
}

/// An unknown revoked phone is stored once, and keeps its order unless it has to be wiped.
pub async fn unknown_revoked_phone_is_stored(database: &Database) {
    for (number, (orders, last)) in (1..).zip(sequences()) {
        for order in orders {
            let revoked = revoked_phone(number, order);
            write(database, move |tx| tx.add_revoked_phone(&revoked)).await;
        }
        let stored = read(database, move |tx| tx.revoked_phone_by_token(&[number])).await;
        assert_eq!(stored, Some(revoked_phone(number, last)));
    }
    assert_eq!(read(database, |tx| tx.revoked_phones()).await.len(), 3);
    assert_eq!(read(database, |tx| tx.revoked_phone_by_token(&[9])).await, None);
}

/// A paired phone that another database knows as revoked becomes revoked. The first order stays, unless
/// the phone has to be wiped.
pub async fn revoking_a_paired_phone_keeps_the_first_order(database: &Database) {
    populate(database).await;
    for (number, (orders, last)) in (1..).zip(sequences()) {
        pair(database, number, "ada").await;
        for order in orders {
            let revoked = revoked_phone(number, order);
            write(database, move |tx| {
                tx.person_for_update(&id("ada"))?;
                tx.add_revoked_phone(&revoked)
            })
            .await;
        }
        let expected = revoked_phone(number, last.clone());
        assert!(read(database, |tx| tx.revoked_phones()).await.contains(&expected));
        let device = read(database, move |tx| tx.device(&phone(number))).await;
        assert_eq!(device.and_then(|device| device.revoked), Some(last));
    }
    let by_token = read(database, |tx| tx.revoked_phone_by_token(&[1])).await;
    assert_eq!(by_token, None, "it still belongs to a person");
}
