//! Councils, people and their revisions.

use promise_protocol::Reading;

use super::fixture::{cell, council_named, id, person, populate, read, write, write_cell};
use crate::{Council, Database, DatabaseError, Person};

/// A council's id is unique.
pub async fn council_is_added_once(database: &Database) {
    let again = Council { name: "Another".into(), ..council_named("barnet") };
    assert!(write(database, |tx| tx.add_council(&council_named("barnet"))).await);
    assert!(!write(database, move |tx| tx.add_council(&again)).await);
    assert_eq!(read(database, |tx| tx.council(&id("barnet"))).await, Some(council_named("barnet")));
    assert_eq!(read(database, |tx| tx.council(&id("camden"))).await, None);
    write(database, |tx| tx.add_council(&council_named("aachen"))).await;
    let all = read(database, |tx| tx.councils()).await;
    assert_eq!(all, [council_named("aachen"), council_named("barnet")]);
}

/// Every field of a person is stored.
pub async fn person_is_read_as_written(database: &Database) {
    populate(database).await;
    let dan = Person {
        reference: Some("C-17 \u{e9}\u{1f600}".into()),
        rev: 7,
        nudge_rev: 5,
        staff_reading: Reading::at_millis(1_764_000_000_000),
        relinked_id: Some(id("lost")),
        ..person("dan", "barnet")
    };
    let written = dan.clone();
    write(database, move |tx| tx.add_person(&written)).await;
    assert_eq!(read(database, |tx| tx.person(&id("dan"))).await, Some(dan));
    assert_eq!(read(database, |tx| tx.person(&id("nobody"))).await, None);
}

/// A person is found by the id of the lost record whose phone was linked to them, and no other has it.
pub async fn relinked_id_finds_one_person(database: &Database) {
    populate(database).await;
    let link = |person: &'static str, lost: &'static str| {
        database.write(move |tx| {
            tx.person_for_update(&id(person))?;
            tx.set_relinked_id(&id(person), &id(lost))
        })
    };
    link("ada", "lost").await.expect("the id is free");
    assert!(link("bea", "lost").await.is_err(), "the id is in use");
    link("bea", "other").await.expect("the id is free");
    let found = read(database, |tx| {
        Ok(["lost", "other", "ada"].map(|lost| tx.person_relinked_from(&id(lost)).ok().flatten()))
    });
    let ids = found.await.map(|person| person.map(|person| person.id));
    assert_eq!(ids, [Some(id("ada")), Some(id("bea")), None]);
    let ada = read(database, |tx| tx.person(&id("ada"))).await;
    assert_eq!(ada.map(|ada| ada.id_on_phones().clone()), Some(id("lost")));
}

/// A reference is replaced and removed, and those of other people stay.
pub async fn reference_is_replaced_and_removed(database: &Database) {
    populate(database).await;
    let before = read(database, |tx| tx.person(&id("bea"))).await;
    for reference in [Some("CL-1"), Some("CL-2 \u{e9}"), None] {
        write(database, move |tx| {
            tx.person_for_update(&id("ada"))?;
            tx.set_reference(&id("ada"), reference)
        })
        .await;
        let ada = read(database, |tx| tx.person(&id("ada"))).await;
        assert_eq!(ada.and_then(|ada| ada.reference).as_deref(), reference);
    }
    assert_eq!(read(database, |tx| tx.person(&id("bea"))).await, before);
}

/// A council's people are listed by id, without those of other councils.
pub async fn people_are_ordered_by_id(database: &Database) {
    populate(database).await;
    write(database, |tx| tx.add_person(&person("aaa", "barnet"))).await;
    let people = read(database, |tx| tx.people(&id("barnet"))).await;
    let ids: Vec<&str> = people.iter().map(|person| person.id.as_str()).collect();
    assert_eq!(ids, ["aaa", "ada", "bea"]);
    assert_eq!(read(database, |tx| tx.people(&id("nowhere"))).await, []);
}

/// `person_for_update` returns what `person` returns.
pub async fn person_for_update_reads_the_same(database: &Database) {
    populate(database).await;
    let read = write(database, |tx| {
        Ok([
            (tx.person_for_update(&id("ada"))?, tx.person(&id("ada"))?),
            (tx.person_for_update(&id("ada"))?, tx.person(&id("ada"))?),
            (tx.person_for_update(&id("nobody"))?, tx.person(&id("nobody"))?),
        ])
    });
    let read = read.await;
    assert!(read.iter().all(|(reserved, plain)| reserved == plain), "{read:?}");
    assert!(read[0].0.is_some() && read[2].0.is_none());
}

/// All that one transaction writes for a person has one revision.
pub async fn revision_rises_once_in_a_transaction(database: &Database) {
    populate(database).await;
    let revs = write(database, |tx| {
        tx.person_for_update(&id("ada"))?;
        tx.person_for_update(&id("bea"))?;
        let first = tx.revision_to_write(&id("ada"))?;
        let other = tx.revision_to_write(&id("bea"))?;
        Ok((
            first,
            other,
            tx.revision_to_write(&id("ada"))?,
            tx.person(&id("ada"))?.map(|ada| ada.rev),
        ))
    });
    assert_eq!(revs.await, (1, 1, 1, Some(1)));
    let next = write(database, |tx| {
        tx.person_for_update(&id("ada"))?;
        tx.revision_to_write(&id("ada"))
    });
    assert_eq!(next.await, 2);
}

/// Each committed transaction raises the revision by one, and one that is rolled back does not.
pub async fn revisions_of_a_person_have_no_gaps(database: &Database) {
    populate(database).await;
    for expected in 1..=5 {
        let failed: Result<u64, DatabaseError> = database
            .write(|tx| {
                tx.person_for_update(&id("ada"))?;
                tx.revision_to_write(&id("ada"))?;
                Err(DatabaseError::Full)
            })
            .await;
        assert!(failed.is_err());
        let rev = write(database, |tx| write_cell(tx, "ada", &cell("text", "x", 1))).await;
        assert_eq!(rev, expected);
    }
    let bea = read(database, |tx| tx.person(&id("bea"))).await;
    assert_eq!(bea.map(|bea| bea.rev), Some(0), "other people's revisions stay");
}

/// A new revision becomes the one that phones are nudged for.
pub async fn revision_to_write_nudges(database: &Database) {
    populate(database).await;
    write(database, |tx| write_cell(tx, "ada", &cell("text", "x", 1))).await;
    let mut revs = read(database, |tx| tx.nudge_revs()).await;
    revs.sort();
    assert_eq!(revs, [(id("ada"), 1), (id("bea"), 0), (id("cem"), 0)]);
    let ada = read(database, |tx| tx.person(&id("ada"))).await;
    assert_eq!(ada.map(|ada| (ada.rev, ada.nudge_rev)), Some((1, 1)));
}

/// The last reading that staff used is stored and does not touch the revision.
pub async fn staff_reading_is_kept(database: &Database) {
    populate(database).await;
    let reading = Reading::at_millis(1_764_000_000_123);
    write(database, move |tx| {
        tx.person_for_update(&id("ada"))?;
        tx.set_staff_reading(&id("ada"), reading)
    })
    .await;
    let ada = read(database, |tx| tx.person(&id("ada"))).await;
    assert_eq!(ada.map(|ada| (ada.staff_reading, ada.rev)), Some((reading, 0)));
}
