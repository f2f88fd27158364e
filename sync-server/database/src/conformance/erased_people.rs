//! Erased people.

use promise_protocol::{CellKey, PhoneOrder};

use super::{
    address_book::given,
    fixture::{
        assignment, cell, device, id, order, pair, person, phone, populate, read, write, write_cell,
    },
};
use crate::{
    AddressBookEntry, ContactCard, Database, Device, ErasedPerson, Invitation, Person, RevokedPhone,
};

fn erased(person: &str, erased_at: i64) -> ErasedPerson {
    ErasedPerson { id: id(person), council: id("barnet"), erased_at }
}

async fn erase(database: &Database, person: &'static str, erased_at: i64) {
    write(database, move |tx| {
        tx.person_for_update(&id(person))?;
        tx.erase(&erased(person, erased_at))
    })
    .await;
}

/// Gives a person one row in each table.
async fn fill(database: &Database, person: &'static str, number: u8) {
    pair(database, number, person).await;
    write(database, move |tx| {
        write_cell(tx, person, &cell("text", "now", 2))?;
        tx.add_history(&id(person), &cell("text", "before", 1), 2)?;
        tx.add_assignment(&assignment(person, "jo"))?;
        tx.set_person_label(&id(person), Some("A.B."))?;
        let own = format!("only-{person}");
        tx.add_book_entry(&AddressBookEntry {
            id: id(&own),
            council: id("barnet"),
            only_for: Some(id(person)),
            card: ContactCard::default(),
            removed_at: None,
            merged_into: None,
        })?;
        tx.add_given_contact(&given(person, &own))?;
        tx.set_invitation(&Invitation {
            id: format!("AA{number}"),
            secret_hash: vec![],
            salt: vec![],
            person: id(person),
            expires_at: 1,
            failed_attempts: 0,
            used_at: None,
            invited_by: Some(phone(number)),
            invited_by_staff: None,
            relinks: None,
            pending: None,
        })
    })
    .await;
}

/// Returns how many rows a person has: themselves, cells, history, assignments, invitations, phones,
/// label, contacts that they were given, entries that are only theirs.
async fn count(database: &Database, person: &'static str) -> [usize; 9] {
    read(database, move |tx| {
        Ok([
            usize::from(tx.person(&id(person))?.is_some()),
            tx.collection(&id(person), "ask")?.len(),
            tx.history(&id(person), &CellKey::new("ask", "r1", "text"))?.len(),
            tx.assignments_of_person(&id(person))?.len(),
            tx.invitations_of(&id(person))?.len(),
            tx.devices(&id(person))?.len(),
            usize::from(tx.person_label(&id(person))?.is_some()),
            tx.given_contacts_of_person(&id(person))?.len(),
            usize::from(tx.book_entry(&id(&format!("only-{person}")))?.is_some()),
        ])
    })
    .await
}

/// Erasing deletes everything about a person except for the tombstone.
pub async fn erasing_leaves_only_the_tombstone(database: &Database) {
    populate(database).await;
    fill(database, "ada", 1).await;
    assert_eq!(count(database, "ada").await, [1; 9]);
    erase(database, "ada", 5).await;
    assert_eq!(count(database, "ada").await, [0; 9]);
    let people = read(database, |tx| tx.people(&id("barnet"))).await;
    assert_eq!(people, [person("bea", "barnet")]);
    let tombstones = read(database, |tx| Ok((tx.erased_person(&id("ada"))?, tx.erased_people()?)));
    assert_eq!(tombstones.await, (Some(erased("ada", 5)), vec![erased("ada", 5)]));
}

/// Erasing changes nothing about other people.
pub async fn erasing_keeps_other_people(database: &Database) {
    populate(database).await;
    fill(database, "ada", 1).await;
    fill(database, "bea", 2).await;
    let bea = read(database, |tx| tx.person(&id("bea"))).await;
    erase(database, "ada", 5).await;
    assert_eq!(count(database, "bea").await, [1; 9]);
    assert_eq!(read(database, |tx| tx.person(&id("bea"))).await, bea);
    assert_eq!(read(database, |tx| tx.erased_person(&id("bea"))).await, None);
    assert!(read(database, |tx| tx.staff(&id("jo"))).await.is_some());
}

/// The revoked phones of an erased person are kept with their orders, and their authors are never used
/// again. The others are forgotten.
pub async fn erased_phones_keep_their_orders(database: &Database) {
    populate(database).await;
    for number in [1, 2, 3] {
        pair(database, number, "ada").await;
    }
    let orders = [order(PhoneOrder::Release, 3), order(PhoneOrder::Wipe, 4)];
    let given = orders.clone();
    write(database, move |tx| {
        tx.person_for_update(&id("ada"))?;
        for (number, order) in (1..).zip(given) {
            tx.set_device(&Device { revoked: Some(order), ..device(number, "ada") })?;
        }
        Ok(())
    })
    .await;
    erase(database, "ada", 5).await;
    let mut revoked = read(database, |tx| tx.revoked_phones()).await;
    revoked.sort_by_key(|phone| phone.order.at);
    let [first, second] = orders;
    let kept = |number, order| RevokedPhone {
        author: phone(number),
        token_hash: vec![number],
        council: id("barnet"),
        order,
    };
    assert_eq!(revoked, [kept(1, first.clone()), kept(2, second)]);
    let known = write(database, move |tx| {
        tx.person_for_update(&id("bea"))?;
        let by_token = tx.revoked_phone_by_token(&[1])?;
        let devices = [tx.device_by_token(&[1])?, tx.device_by_token(&[3])?];
        Ok((by_token, devices, tx.add_device(&device(1, "bea"), &[9])?))
    });
    assert_eq!(known.await, (Some(kept(1, first)), [None, None], false));
}

/// Erasing again changes nothing. A restore does it.
pub async fn erasing_again_keeps_the_first_time(database: &Database) {
    populate(database).await;
    fill(database, "ada", 1).await;
    erase(database, "ada", 5).await;
    erase(database, "ada", 9).await;
    assert_eq!(read(database, |tx| tx.erased_person(&id("ada"))).await, Some(erased("ada", 5)));
}

/// Erasing an unknown person stores the tombstone only.
pub async fn unknown_person_is_only_noted(database: &Database) {
    populate(database).await;
    erase(database, "zoe", 7).await;
    erase(database, "eve", 8).await;
    let tombstones = read(database, |tx| tx.erased_people()).await;
    assert_eq!(tombstones, [erased("eve", 8), erased("zoe", 7)], "by id");
    let people: Vec<Person> = read(database, |tx| tx.people(&id("barnet"))).await;
    assert_eq!(people.len(), 2);
}
