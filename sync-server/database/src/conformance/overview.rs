//! Queries about a whole council.

use chrono::NaiveDate;
use promise_protocol::access::StaffRole;
use serde_json::json;

use super::{
    address_book::{entry, given},
    fixture::{
        assignment, card, cell, cell_at, device, id, pair, populate, read, write, write_cell,
    },
};
use crate::{Assignment, Database, FieldValue, SignIn, SignInStatus, UnassignedPerson};

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).expect("a day of November")
}

async fn assign(database: &Database, assignment: Assignment) {
    assert!(write(database, move |tx| tx.add_assignment(&assignment)).await);
}

/// Returns the ids of `barnet`'s people without an adviser on a day.
async fn unassigned(database: &Database, on: u32) -> Vec<String> {
    let people = read(database, move |tx| tx.unassigned(&id("barnet"), day(on))).await;
    people.into_iter().map(|person| person.person.into_string()).collect()
}

/// A person without any assignment is listed.
pub async fn person_without_assignment_is_unassigned(database: &Database) {
    populate(database).await;
    assign(database, assignment("ada", "jo")).await;
    let expected = UnassignedPerson {
        person: id("bea"),
        reference: None,
        was_assigned: false,
        assignments: vec![],
    };
    assert_eq!(read(database, |tx| tx.unassigned(&id("barnet"), day(10))).await, [expected]);
}

/// An assignment counts from its first day until the day before it ends.
pub async fn assignment_counts_on_its_days_only(database: &Database) {
    populate(database).await;
    assign(database, assignment("bea", "kit")).await;
    let limited =
        Assignment { starts: Some(day(10)), ends: Some(day(20)), ..assignment("ada", "jo") };
    assign(database, limited.clone()).await;
    for (on, is_listed) in [(9, true), (10, false), (19, false), (20, true)] {
        let people = read(database, move |tx| tx.unassigned(&id("barnet"), day(on))).await;
        assert_eq!(people.len(), usize::from(is_listed), "day {on}");
        for person in people {
            assert_eq!(person.assignments, std::slice::from_ref(&limited));
        }
    }
}

/// A deactivated staff member does not count as an adviser.
pub async fn deactivated_adviser_does_not_count(database: &Database) {
    populate(database).await;
    for person in ["ada", "bea"] {
        assign(database, assignment(person, "jo")).await;
    }
    assign(database, assignment("bea", "kit")).await;
    write(database, |tx| tx.set_deactivated(&id("jo"), Some(1))).await;
    assert_eq!(unassigned(database, 10).await, ["ada"]);
    write(database, |tx| tx.set_deactivated(&id("jo"), None)).await;
    assert_eq!(unassigned(database, 10).await, [""; 0]);
}

/// A staff member does not count from the first to the last day of a leave. A colleague who covers
/// does.
pub async fn adviser_on_leave_does_not_count(database: &Database) {
    populate(database).await;
    for person in ["ada", "bea"] {
        assign(database, assignment(person, "jo")).await;
    }
    let leave = json!([
        {"from": "2026-11-03", "to": "2026-11-04"},
        {"from": "2026-11-10", "to": "2026-11-12"},
    ]);
    write(database, move |tx| tx.set_card(&id("jo"), &card([("leave", leave)]))).await;
    let cover = Assignment {
        covers: Some(id("jo")),
        starts: Some(day(10)),
        ends: Some(day(13)),
        ..assignment("bea", "kit")
    };
    assign(database, cover).await;
    for (on, expected) in [
        (2, &[][..]),
        (3, &["ada", "bea"]),
        (5, &[]),
        (9, &[]),
        (10, &["ada"]),
        (12, &["ada"]),
        (13, &[]),
    ] {
        assert_eq!(unassigned(database, on).await, expected, "day {on}");
    }
}

/// A contact means that there was an adviser, unless it belongs to an assignment yet to begin.
pub async fn person_with_a_past_contact_was_assigned(database: &Database) {
    populate(database).await;
    let coming = Assignment { starts: Some(day(20)), ..assignment("bea", "kit") };
    assign(database, coming).await;
    // A surgery is no adviser, while it helps and after it was deleted.
    write(database, |tx| {
        for surgery in ["surgery", "hostel"] {
            tx.add_book_entry(&entry(surgery, "barnet"))?;
            tx.add_given_contact(&given("bea", surgery))?;
            let contact = format!("contact-{surgery}");
            write_cell(tx, "bea", &cell_at(("contact", &contact, "display_name"), surgery, 1))?;
        }
        tx.delete_given_contact(&id("bea"), &id("hostel"))
    })
    .await;
    write(database, |tx| {
        write_cell(tx, "ada", &cell_at(("contact", "contact-old", "display_name"), "Jo", 1))?;
        write_cell(tx, "bea", &cell_at(("contact", "contact-kit", "display_name"), "Kit", 1))
    })
    .await;
    let people = read(database, |tx| tx.unassigned(&id("barnet"), day(10))).await;
    let were: Vec<_> = people.iter().map(|it| (it.person.as_str(), it.was_assigned)).collect();
    assert_eq!(were, [("ada", true), ("bea", false)]);
}

/// The count equals the length of the list.
pub async fn count_equals_the_list(database: &Database) {
    populate(database).await;
    assign(database, Assignment { ends: Some(day(15)), ..assignment("ada", "jo") }).await;
    for (on, expected) in [(10, 1), (15, 2)] {
        let count = read(database, move |tx| tx.count_unassigned(&id("barnet"), day(on))).await;
        assert_eq!((count, unassigned(database, on).await.len()), (expected, expected));
    }
    assert_eq!(read(database, |tx| tx.count_unassigned(&id("nowhere"), day(10))).await, 0);
}

/// Assignments and phones are those of one council's people, in order.
pub async fn lists_are_of_one_council(database: &Database) {
    populate(database).await;
    for (person, staff) in [("bea", "jo"), ("ada", "kit"), ("ada", "jo"), ("cem", "lee")] {
        assign(database, assignment(person, staff)).await;
    }
    for (number, person) in [(1, "bea"), (3, "ada"), (2, "ada"), (4, "cem")] {
        pair(database, number, person).await;
    }
    let lists =
        read(database, |tx| Ok((tx.assignments_in(&id("barnet"))?, tx.devices_in(&id("barnet"))?)));
    let (assignments, devices) = lists.await;
    let expected = [("ada", "jo"), ("ada", "kit"), ("bea", "jo")];
    assert_eq!(assignments, expected.map(|(person, staff)| assignment(person, staff)));
    assert_eq!(devices, [device(2, "ada"), device(3, "ada"), device(1, "bea")]);
}

/// Values are those of the named fields of one collection, by person and record.
pub async fn values_are_of_the_named_fields(database: &Database) {
    populate(database).await;
    write(database, |tx| {
        for person in ["bea", "ada", "cem"] {
            write_cell(tx, person, &cell_at(("ask", "r2", "text"), "second", 1))?;
            write_cell(tx, person, &cell("text", json!({"a": [1]}), 1))?;
            write_cell(tx, person, &cell("status", "seen", 1))?;
            write_cell(tx, person, &cell_at(("saved", "r1", "text"), "other", 1))?;
        }
        Ok(())
    })
    .await;
    let visit = |fields: &'static [&'static str]| {
        read(database, move |tx| {
            let mut values = Vec::new();
            tx.visit_values(&id("barnet"), "ask", fields, &mut |value| values.push(value))?;
            Ok(values)
        })
    };
    let value = |person: &str, record: &str, value| FieldValue {
        person: id(person),
        record: record.into(),
        field: "text".into(),
        value,
    };
    let expected = ["ada", "bea"].map(|person| {
        [value(person, "r1", json!({"a": [1]})), value(person, "r2", json!("second"))]
    });
    assert_eq!(visit(&["text", "unknown"]).await, expected.concat());
    assert_eq!(visit(&["text", "status"]).await.len(), 6);
    assert_eq!(visit(&[]).await, []);
}

/// A sign-in shows how far it is set up, and no secret.
pub async fn sign_in_statuses_show_what_is_set_up(database: &Database) {
    populate(database).await;
    let sign_in = |staff: &str, name: &str| SignIn::new(id(staff), name.into(), StaffRole::Adviser);
    let [jo, kit, lee] = [sign_in("jo", "z"), sign_in("kit", "a"), sign_in("lee", "lee")];
    let jo = SignIn { password: Some("hash".into()), totp: Some(vec![1]), ..jo };
    write(database, move |tx| {
        for sign_in in [&jo, &kit, &lee] {
            assert!(tx.set_sign_in(sign_in)?);
        }
        tx.set_last_sign_in(&id("jo"), 9)
    })
    .await;
    let status = |staff: &str, name: &str, is_set_up, last_at| SignInStatus {
        staff: id(staff),
        name: name.into(),
        role: StaffRole::Adviser,
        has_password: is_set_up,
        has_authenticator: is_set_up,
        last_at,
    };
    let expected = [status("kit", "a", false, None), status("jo", "z", true, Some(9))];
    assert_eq!(read(database, |tx| tx.sign_in_statuses(&id("barnet"))).await, expected);
}
