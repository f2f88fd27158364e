//! Staff and assignments.

use chrono::NaiveDate;
use serde_json::json;

use super::fixture::{assignment, card, id, populate, read, staff_member, write};
use crate::{Assignment, ContactCard, Database, StaffMember};

/// A handle is unique within a council.
pub async fn handle_is_unique_in_a_council(database: &Database) {
    populate(database).await;
    let second =
        |id: &str, council: &str| StaffMember { handle: "jo".into(), ..staff_member(id, council) };
    let (same, other) = (second("jo2", "barnet"), second("jo3", "camden"));
    let added = write(database, {
        let other = other.clone();
        move |tx| Ok((tx.add_staff(&same)?, tx.add_staff(&other)?))
    });
    assert_eq!(added.await, (false, true));
    let found = read(database, |tx| Ok((tx.staff_by_handle("jo")?, tx.staff(&id("jo2"))?)));
    assert_eq!(found.await, (vec![staff_member("jo", "barnet"), other], None));
    let staff = read(database, |tx| tx.staff_of(&id("barnet"))).await;
    assert_eq!(staff, [staff_member("jo", "barnet"), staff_member("kit", "barnet")]);
}

/// A handle is replaced, unless another staff member of the council has it.
pub async fn handle_is_replaced_by_a_free_one(database: &Database) {
    populate(database).await;
    let changed = write(database, |tx| {
        Ok([
            tx.set_handle(&id("jo"), "kit")?,
            tx.set_handle(&id("jo"), "lee")?,
            tx.set_handle(&id("jo"), "lee")?,
        ])
    });
    assert_eq!(changed.await, [false, true, true], "lee is of another council");
    let renamed = StaffMember { handle: "lee".into(), ..staff_member("jo", "barnet") };
    assert_eq!(read(database, |tx| tx.staff(&id("jo"))).await, Some(renamed));
    let found = read(database, |tx| tx.staff_by_handle("jo")).await;
    assert_eq!(found, [], "the old one is free");
}

/// Card and deactivation are stored separately.
pub async fn card_and_deactivation_are_kept(database: &Database) {
    populate(database).await;
    let card = ContactCard {
        typed_numbers: [("+447700900123".to_owned(), "07700 900123".to_owned())].into(),
        ..card([
            ("display_name", json!("Jo \u{e9}\u{1f600}")),
            ("phones", json!([{"number": "+447700900123", "kind": "mobile"}])),
            ("email", json!(null)),
        ])
    };
    let written = card.clone();
    write(database, move |tx| {
        tx.set_card(&id("jo"), &written)?;
        tx.set_deactivated(&id("jo"), Some(5))?;
        tx.set_deactivated(&id("lee"), Some(6))?;
        tx.set_deactivated(&id("kit"), Some(7))?;
        tx.set_deactivated(&id("kit"), None)
    })
    .await;
    let expected = StaffMember { card, deactivated_at: Some(5), ..staff_member("jo", "barnet") };
    assert_eq!(read(database, |tx| tx.staff(&id("jo"))).await, Some(expected));
    let deactivated = read(database, |tx| tx.deactivated_staff()).await;
    assert_eq!(deactivated, [(id("jo"), 5), (id("lee"), 6)], "of every council");
}

/// A staff member is assigned to a person once; what can change is stored.
pub async fn assignment_is_added_once(database: &Database) {
    populate(database).await;
    let day = |day| NaiveDate::from_ymd_opt(2026, 11, day);
    let changed = Assignment {
        covers: Some(id("kit")),
        starts: day(1),
        ends: day(30),
        ..assignment("ada", "jo")
    };
    let added = write(database, {
        let changed = changed.clone();
        move |tx| {
            let first = tx.add_assignment(&assignment("ada", "jo"))?;
            let again = tx.add_assignment(&changed)?;
            tx.set_assignment(&changed)?;
            Ok((first, again, tx.assignment(&id("ada"), &id("kit"))?))
        }
    });
    assert_eq!(added.await, (true, false, None));
    assert_eq!(
        read(database, |tx| tx.assignment(&id("ada"), &id("jo"))).await,
        Some(changed.clone())
    );
    let deleted = write(database, |tx| {
        Ok((
            tx.delete_assignment(&id("ada"), &id("jo"))?,
            tx.delete_assignment(&id("ada"), &id("jo"))?,
        ))
    });
    assert_eq!(deleted.await, (Some(changed), None));
    assert_eq!(read(database, |tx| tx.assignment(&id("ada"), &id("jo"))).await, None);
}

/// Assignments are listed for a person by staff member, and for a staff member by person.
pub async fn assignments_are_listed_for_each_side(database: &Database) {
    populate(database).await;
    let pairs = [("bea", "kit"), ("bea", "jo"), ("ada", "kit"), ("cem", "lee")];
    write(database, move |tx| {
        pairs
            .iter()
            .try_for_each(|(person, staff)| tx.add_assignment(&assignment(person, staff)).map(drop))
    })
    .await;
    let lists = read(database, |tx| {
        Ok((tx.assignments_of_person(&id("bea"))?, tx.assignments_of_staff(&id("kit"))?))
    });
    let expected = (
        vec![assignment("bea", "jo"), assignment("bea", "kit")],
        vec![assignment("ada", "kit"), assignment("bea", "kit")],
    );
    assert_eq!(lists.await, expected);
}

/// An assignment is listed from the day on which it ends.
pub async fn assignments_ended_by_a_day_are_listed(database: &Database) {
    populate(database).await;
    let day = |day| NaiveDate::from_ymd_opt(2026, 11, day).expect("a day of November");
    let ending = |person: &str, staff: &str, ends| Assignment {
        ends: Some(ends),
        ..assignment(person, staff)
    };
    let all = [
        ending("cem", "lee", day(9)),
        ending("bea", "jo", day(10)),
        ending("ada", "jo", day(11)),
        assignment("ada", "kit"),
    ];
    let added = all.clone();
    write(database, move |tx| {
        added.iter().try_for_each(|assignment| tx.add_assignment(assignment).map(drop))
    })
    .await;
    let [cem, bea, ..] = all;
    let ended = read(database, move |tx| tx.assignments_ended_by(day(10))).await;
    assert_eq!(ended, [bea, cem], "of every council, by person");
}
