//! Tests of what the server sends to a phone.

use promise_protocol::{Cell, CellKey};
use serde_json::json;

use super::{ask, texts};
use crate::{
    fixture::{NOW, World, fields},
    staff_writes,
    sync::Limits,
};

#[test]
fn change_reaches_the_other_phone_and_not_its_sender() {
    let mut world = World::new();
    let ada = world.ada.clone();
    let (mut old, mut new) = (world.phone(&ada), world.phone(&ada));
    old.sync(&mut world, vec![]);
    new.sync(&mut world, vec![]);
    let edit = ask(&old, NOW, "hello");
    let answer = old.sync(&mut world, vec![edit.clone()]);
    assert!(answer.taken && answer.changes.is_empty());
    assert_eq!(answer.next, Some(5), "the card was 1, the phones 2 and 3, and who did it 4");
    assert_eq!(new.sync(&mut world, vec![]).changes, [edit]);
    let nothing_new = new.sync(&mut world, vec![]);
    assert_eq!(serde_json::to_string(&nothing_new).unwrap(), format!(r#"{{"now":{NOW}}}"#));
}

#[test]
fn pages_contain_whole_revisions_and_every_cell() {
    let mut world = World::new();
    let ada = world.ada.clone();
    let (mut writer, mut reader) = (world.phone(&ada), world.phone(&ada));
    for n in 0..10 {
        let id = format!("a{n}");
        let change = writer.change(
            NOW + n,
            "ask",
            &id,
            json!({"text": "x", "about_pledge": "p1", "deleted": false}),
        );
        writer.sync(&mut world, vec![change]);
    }
    for limits in [Limits { cells: 4, bytes: 1 << 20 }, Limits { cells: 100, bytes: 1 }] {
        reader.since = 0;
        let mut cells = 0;
        loop {
            let before = reader.since;
            let answer = reader.sync_within(&mut world, vec![], limits);
            assert_eq!(reader.since, before + 1, "one revision to a page");
            cells += texts(&answer.changes).len();
            if !answer.more {
                break;
            }
        }
        // The card, the phones, who did what, and the asks.
        assert_eq!((cells, reader.since), (3 + 2 * 4 + 2 * 2 + 10 * 3, 13));
    }
}

#[test]
fn cursor_passes_overwritten_revisions() {
    let mut world = World::new();
    let ada = world.ada.clone();
    let (mut writer, mut reader) = (world.phone(&ada), world.phone(&ada));
    reader.sync(&mut world, vec![]);
    for n in 0..3 {
        let edit = ask(&writer, NOW + n, "again");
        writer.sync(&mut world, vec![edit]);
    }
    let answer = reader.sync(&mut world, vec![]);
    assert_eq!((answer.next, answer.changes.len()), (Some(7), 1));
}

#[test]
fn only_staff_changes_are_signed() {
    let mut world = World::new();
    let ada = world.ada.clone();
    let (mut writer, mut reader) = (world.phone(&ada), world.phone(&ada));
    let edit = ask(&writer, NOW, "mine");
    writer.sync(&mut world, vec![edit]);
    for change in reader.sync(&mut world, vec![]).changes {
        let is_staffs = change.collection == "contact";
        assert_eq!(change.signature.is_some(), is_staffs);
        assert_eq!(world.is_signed(ada.as_str(), &change), is_staffs);
    }
}

/// The signature is made when staff write, and stored: the database cannot have another value signed.
#[test]
fn cell_that_was_changed_in_the_database_is_sent_as_it_was_signed() {
    let mut world = World::new();
    let (ada, contact) = (world.ada.clone(), world.contact.clone());
    let mut phone = world.phone(&ada);
    let key = CellKey::new("contact", &contact, "email");
    world.run(|tx| {
        let held = tx.cell(&ada, &key)?.unwrap();
        tx.person_for_update(&ada)?;
        let rev = tx.revision_to_write(&ada)?;
        tx.set_cell(&ada, &Cell { value: json!("me@example.org"), ..held.cell }, Some(rev))
    });
    let changes = phone.sync(&mut world, vec![]).changes;
    assert!(texts(&changes).contains(&&json!("jo@example.org")), "{changes:?}");
    assert!(!texts(&changes).contains(&&json!("me@example.org")), "{changes:?}");
    assert!(changes.iter().all(|change| world.is_signed(ada.as_str(), change)));
}

/// Some of what an edit wrote is overwritten since. A signature is of the whole edit.
#[test]
fn change_is_sent_whole_although_part_of_it_was_overwritten() {
    let mut world = World::new();
    let (ada, contact) = (world.ada.clone(), world.contact.clone());
    let mut phone = world.phone(&ada);
    for (team, later) in [("First", 1), ("Second", 2)] {
        let mut of = fields(json!({"team": team}));
        if later == 1 {
            of.insert("pronouns".into(), json!("she/her"));
        }
        world
            .staff(|tx, scope, _| {
                staff_writes::write(tx, scope, &ada, "contact", &contact, of, NOW + later)
            })
            .unwrap();
    }
    let changes = phone.sync(&mut world, vec![]).changes;
    let first = changes.iter().find(|change| change.fields.contains_key("pronouns")).unwrap();
    assert_eq!(first.fields["team"], "First", "an earlier stamp, which loses");
    assert!(changes.iter().all(|change| world.is_signed(ada.as_str(), change)));
}

#[test]
fn phone_receives_no_cells_of_another_person() {
    let mut world = World::new();
    let (ada, bea) = (world.ada.clone(), world.bea.clone());
    let (mut adas, mut beas) = (world.phone(&ada), world.phone(&bea));
    let edit = ask(&adas, NOW, "between us");
    adas.sync(&mut world, vec![edit]);
    let answer = beas.sync(&mut world, vec![]);
    assert!(answer.changes.is_empty(), "{answer:?}");
    let same_record = ask(&beas, NOW + 9, "mine");
    beas.sync(&mut world, vec![same_record]);
    let held = world.run(|tx| tx.record(&ada, "ask", "a1"));
    assert_eq!(held[0].cell.value, "between us");
}
