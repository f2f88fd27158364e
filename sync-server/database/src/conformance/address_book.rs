//! The address book.

use chrono::NaiveDate;
use serde_json::json;

use super::fixture::{card, id, populate, read, write};
use crate::{AddressBookEntry, Database, GivenContact};

pub(super) fn entry(id: &str, council: &str) -> AddressBookEntry {
    AddressBookEntry {
        id: self::id(id),
        council: self::id(council),
        only_for: None,
        card: card([("display_name", json!(id))]),
        removed_at: None,
        merged_into: None,
    }
}

pub(super) fn given(person: &str, entry: &str) -> GivenContact {
    GivenContact {
        person: id(person),
        entry: id(entry),
        contact: format!("contact-{entry}"),
        starts: None,
        ends: None,
    }
}

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).expect("a day of November")
}

/// Adds entries: `surgery` and `hostel` of `barnet`, `solicitor` for `ada` alone, and `far` of `camden`.
async fn add_entries(database: &Database) {
    populate(database).await;
    write(database, |tx| {
        let solicitor =
            AddressBookEntry { only_for: Some(id("ada")), ..entry("solicitor", "barnet") };
        let shared =
            [entry("surgery", "barnet"), entry("hostel", "barnet"), entry("far", "camden")];
        shared.iter().chain([&solicitor]).try_for_each(|entry| tx.add_book_entry(entry))
    })
    .await;
}

/// An entry is read as it was written; one of a single person, and a removed one, are not listed.
pub async fn book_entry_is_read_as_written(database: &Database) {
    add_entries(database).await;
    let solicitor = AddressBookEntry { only_for: Some(id("ada")), ..entry("solicitor", "barnet") };
    assert_eq!(read(database, |tx| tx.book_entry(&id("solicitor"))).await, Some(solicitor));
    assert_eq!(read(database, |tx| tx.book_entry(&id("nothing"))).await, None);
    let listed = || read(database, |tx| tx.book_entries(&id("barnet")));
    assert_eq!(listed().await, [entry("hostel", "barnet"), entry("surgery", "barnet")]);
    write(database, |tx| {
        tx.set_book_card(&id("hostel"), &card([("display_name", json!("Night \u{e9}"))]))?;
        tx.set_book_entry_removed(&id("surgery"), 5, Some(&id("hostel")))?;
        tx.set_book_entry_removed(&id("solicitor"), 6, None)
    })
    .await;
    let renamed = card([("display_name", json!("Night \u{e9}"))]);
    assert_eq!(listed().await, [AddressBookEntry { card: renamed, ..entry("hostel", "barnet") }]);
    let removed = read(database, |tx| tx.book_entry(&id("surgery"))).await;
    let merged_into = Some(id("hostel"));
    let expected =
        AddressBookEntry { removed_at: Some(5), merged_into, ..entry("surgery", "barnet") };
    assert_eq!(removed, Some(expected));
}

/// A person has an entry once, and what can change is stored under the same contact.
pub async fn contact_is_given_once(database: &Database) {
    add_entries(database).await;
    let changed = GivenContact {
        entry: id("hostel"),
        starts: Some(day(1)),
        ends: Some(day(30)),
        ..given("ada", "surgery")
    };
    let added = write(database, {
        let changed = changed.clone();
        move |tx| {
            let first = tx.add_given_contact(&given("ada", "surgery"))?;
            let again = tx.add_given_contact(&GivenContact {
                contact: "other".into(),
                ..given("ada", "surgery")
            })?;
            tx.set_given_contact(&changed)?;
            Ok((first, again, tx.given_contact(&id("ada"), &id("surgery"))?))
        }
    });
    assert_eq!(added.await, (true, false, None));
    let held = || read(database, |tx| tx.given_contact(&id("ada"), &id("hostel")));
    assert_eq!(held().await, Some(changed.clone()));
    let deleted = write(database, |tx| {
        Ok((
            tx.delete_given_contact(&id("ada"), &id("hostel"))?,
            tx.delete_given_contact(&id("ada"), &id("hostel"))?,
        ))
    });
    assert_eq!(deleted.await, (Some(changed), None));
    assert_eq!(held().await, None);
}

/// What was given is listed for a person by entry, for an entry by person, and by its last day.
pub async fn given_contacts_are_listed(database: &Database) {
    add_entries(database).await;
    let ending =
        |person: &str, entry: &str, ends| GivenContact { ends: Some(ends), ..given(person, entry) };
    let all = [
        ending("cem", "far", day(9)),
        ending("ada", "surgery", day(10)),
        ending("ada", "hostel", day(11)),
        given("bea", "hostel"),
    ];
    let added = all.clone();
    write(database, move |tx| {
        added.iter().try_for_each(|given| tx.add_given_contact(given).map(drop))
    })
    .await;
    let [cem, surgery, hostel, bea] = all;
    let lists = read(database, |tx| {
        Ok((
            tx.given_contacts_of_person(&id("ada"))?,
            tx.given_contacts_of_entry(&id("hostel"))?,
            tx.given_contacts_ended_by(day(10))?,
        ))
    });
    let expected = (vec![hostel.clone(), surgery.clone()], vec![hostel, bea], vec![surgery, cem]);
    assert_eq!(lists.await, expected);
}
