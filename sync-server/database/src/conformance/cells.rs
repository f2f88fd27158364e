//! Cells, their revisions and their history.

use promise_protocol::CellKey;
use serde_json::{Value, json};

use super::fixture::{cell, cell_at, id, populate, read, write, write_cell};
use crate::{Database, HistoryEntry, StoredCell};

/// Writes cells of one person, each in a transaction of its own.
async fn write_cells(database: &Database, person: &'static str, keys: &[(&str, &str, &str)]) {
    for (index, key) in keys.iter().enumerate() {
        let cell = cell_at(*key, index, 1);
        write(database, move |tx| write_cell(tx, person, &cell)).await;
    }
}

/// Returns the keys of cells as text.
fn keys(cells: &[StoredCell]) -> Vec<String> {
    let key = |stored: &StoredCell| {
        let CellKey { collection, id, field } = &stored.cell.key;
        format!("{collection}/{id}/{field}")
    };
    cells.iter().map(key).collect()
}

async fn cells_after(database: &Database, person: &'static str, since: u64) -> Vec<StoredCell> {
    read(database, move |tx| {
        let mut cells = Vec::new();
        tx.cells_after(&id(person), since, &mut |stored| {
            cells.push(stored);
            true
        })?;
        Ok(cells)
    })
    .await
}

/// Any JSON value comes back as it was written.
pub async fn cell_is_read_as_written(database: &Database) {
    populate(database).await;
    let values = [
        Value::Null,
        json!(true),
        json!(""),
        json!("\u{0}\u{e9}\u{1f600}\"'\\ %_"),
        json!(i64::MAX),
        json!(u64::MAX),
        json!(-0.5),
        json!([1, [2, {"a": null}]]),
        json!({"b": 1, "a": {"c": "x".repeat(70_000)}}),
    ];
    for (index, value) in (1..).zip(values) {
        let cell = cell("text", value, 1_764_000_000_000 + index);
        let written = cell.clone();
        let rev = write(database, move |tx| write_cell(tx, "ada", &written)).await;
        let key = cell.key.clone();
        let found = read(database, move |tx| tx.cell(&id("ada"), &key)).await;
        assert_eq!(found, Some(StoredCell { cell, rev: Some(rev) }));
    }
    let missing =
        read(database, |tx| tx.cell(&id("ada"), &CellKey::new("ask", "r1", "other"))).await;
    assert_eq!(missing, None);
}

/// A cell holds one value. The database does not merge: the last value that is written stays.
pub async fn set_cell_replaces_the_value(database: &Database) {
    populate(database).await;
    for (value, millis) in [("newer", 9), ("older", 3)] {
        write(database, move |tx| write_cell(tx, "ada", &cell("text", value, millis))).await;
    }
    let record = read(database, |tx| tx.record(&id("ada"), "ask", "r1")).await;
    assert_eq!(record, [StoredCell { cell: cell("text", "older", 3), rev: Some(2) }]);
}

/// A record is ordered by field, a collection by record and then field.
pub async fn record_and_collection_are_ordered(database: &Database) {
    populate(database).await;
    let written =
        [("ask", "r2", "b"), ("ask", "r1", "c"), ("ask", "r2", "a"), ("saved", "r1", "a")];
    write_cells(database, "ada", &written).await;
    let record = read(database, |tx| tx.record(&id("ada"), "ask", "r2")).await;
    assert_eq!(keys(&record), ["ask/r2/a", "ask/r2/b"]);
    let collection = read(database, |tx| tx.collection(&id("ada"), "ask")).await;
    assert_eq!(keys(&collection), ["ask/r1/c", "ask/r2/a", "ask/r2/b"]);
}

/// Cells come in order of revision, and within a revision in order of their key.
pub async fn cells_after_are_ordered_by_revision(database: &Database) {
    populate(database).await;
    write_cells(database, "ada", &[("z", "r1", "a"), ("b", "r1", "a")]).await;
    write(database, |tx| {
        write_cell(tx, "ada", &cell_at(("b", "r2", "a"), 1, 1))?;
        write_cell(tx, "ada", &cell_at(("a", "r3", "b"), 1, 1))?;
        write_cell(tx, "ada", &cell_at(("a", "r3", "a"), 1, 1))
    })
    .await;
    let all = cells_after(database, "ada", 0).await;
    assert_eq!(keys(&all), ["z/r1/a", "b/r1/a", "a/r3/a", "a/r3/b", "b/r2/a"]);
    let revs: Vec<_> = all.iter().map(|stored| stored.rev).collect();
    assert_eq!(revs, [Some(1), Some(2), Some(3), Some(3), Some(3)]);
    assert_eq!(keys(&cells_after(database, "ada", 1).await), keys(&all[1..]));
    // An overwritten cell moves to its new revision.
    write(database, |tx| write_cell(tx, "ada", &cell_at(("z", "r1", "a"), 2, 2))).await;
    let last = keys(&cells_after(database, "ada", 0).await).pop();
    assert_eq!(last.as_deref(), Some("z/r1/a"));
}

/// The visitor decides how many cells are read.
pub async fn cells_after_ends_when_the_visitor_returns_false(database: &Database) {
    populate(database).await;
    write_cells(database, "ada", &[("a", "r1", "a"), ("a", "r1", "b"), ("a", "r1", "c")]).await;
    let visited = read(database, |tx| {
        let mut visited = 0;
        tx.cells_after(&id("ada"), 0, &mut |_| {
            visited += 1;
            visited < 2
        })?;
        Ok(visited)
    });
    assert_eq!(visited.await, 2);
}

/// Any number is accepted, because a phone may send any.
pub async fn cells_after_the_greatest_revision_are_none(database: &Database) {
    populate(database).await;
    write_cells(database, "ada", &[("a", "r1", "a")]).await;
    for since in [1, u64::from(u32::MAX), u64::MAX >> 1, u64::MAX] {
        assert_eq!(cells_after(database, "ada", since).await, [], "since {since}");
    }
}

/// No method returns or changes a cell of another person.
pub async fn cells_belong_to_one_person(database: &Database) {
    populate(database).await;
    let key = ("ask", "r1", "text");
    write_cells(database, "ada", &[key]).await;
    write_cells(database, "bea", &[key, ("ask", "r2", "text")]).await;
    let ada = cells_after(database, "ada", 0).await;
    assert_eq!(keys(&ada), ["ask/r1/text"]);
    assert_eq!(read(database, |tx| tx.collection(&id("cem"), "ask")).await, []);
    write(database, |tx| {
        tx.person_for_update(&id("bea"))?;
        tx.add_history(&id("bea"), &cell("text", "old", 1), 1)?;
        tx.delete_history_of(&id("ada"), &CellKey::new("ask", "r1", "text"))
    })
    .await;
    assert_eq!(read(database, |tx| tx.history_of_person(&id("bea"))).await.len(), 1);
    assert_eq!(cells_after(database, "ada", 0).await, ada);
}

/// A pending cell has no revision, raises none, and is sent to no phone.
pub async fn pending_cell_is_not_sent(database: &Database) {
    populate(database).await;
    write(database, |tx| {
        tx.person_for_update(&id("ada"))?;
        tx.set_cell(&id("ada"), &cell("text", "later", 1), None)
    })
    .await;
    assert_eq!(cells_after(database, "ada", 0).await, []);
    let record = read(database, |tx| tx.record(&id("ada"), "ask", "r1")).await;
    assert_eq!(record, [StoredCell { cell: cell("text", "later", 1), rev: None }]);
    let ada = read(database, |tx| tx.person(&id("ada"))).await.expect("ada is there");
    assert_eq!((ada.rev, ada.nudge_rev), (0, 0));
}

/// Released cells get the revision of the transaction, which nudges no phone.
pub async fn release_gives_pending_cells_this_revision(database: &Database) {
    populate(database).await;
    for person in ["ada", "bea"] {
        write(database, move |tx| {
            tx.person_for_update(&id(person))?;
            tx.set_cell(&id(person), &cell("a", 1, 1), None)?;
            tx.set_cell(&id(person), &cell("b", 1, 1), None)
        })
        .await;
    }
    let released = write(database, |tx| {
        tx.person_for_update(&id("ada"))?;
        Ok((tx.release_pending_cells(&id("ada"))?, tx.release_pending_cells(&id("ada"))?))
    });
    assert_eq!(released.await, (true, false), "they are released once");
    let cells = cells_after(database, "ada", 0).await;
    assert_eq!(cells.iter().map(|stored| stored.rev).collect::<Vec<_>>(), [Some(1), Some(1)]);
    let ada = read(database, |tx| tx.person(&id("ada"))).await.expect("ada is there");
    assert_eq!((ada.rev, ada.nudge_rev), (1, 0));
    assert_eq!(cells_after(database, "bea", 0).await, [], "of one person");
    // With a write in the same transaction, it is one revision.
    let revs = write(database, |tx| {
        let rev = write_cell(tx, "bea", &cell("c", 1, 1))?;
        tx.release_pending_cells(&id("bea"))?;
        Ok(rev)
    });
    assert_eq!(revs.await, 1);
    let revs: Vec<_> = cells_after(database, "bea", 0).await.iter().map(|it| it.rev).collect();
    assert_eq!(revs, [Some(1); 3]);
}

/// Without pending cells, the revision stays.
pub async fn release_without_pending_cells_raises_nothing(database: &Database) {
    populate(database).await;
    write_cells(database, "ada", &[("ask", "r1", "text")]).await;
    let released = write(database, |tx| {
        tx.person_for_update(&id("ada"))?;
        tx.release_pending_cells(&id("ada"))
    });
    assert!(!released.await);
    assert_eq!(read(database, |tx| tx.person(&id("ada"))).await.map(|ada| ada.rev), Some(1));
}

/// A cell's history has each stamp once, the greatest first.
pub async fn history_is_newest_stamp_first(database: &Database) {
    populate(database).await;
    write(database, |tx| {
        tx.person_for_update(&id("ada"))?;
        for millis in [5, 9, 7, 9] {
            tx.add_history(&id("ada"), &cell("text", millis, millis), 100)?;
        }
        tx.add_history(&id("ada"), &cell("text", "the same stamp", 7), 200)?;
        tx.add_history(&id("ada"), &cell("other", 1, 8), 100)
    })
    .await;
    let history =
        read(database, |tx| tx.history(&id("ada"), &CellKey::new("ask", "r1", "text"))).await;
    assert_eq!(history, [cell("text", 9, 9), cell("text", 7, 7), cell("text", 5, 5)]);
}

/// A person's whole history is ordered by cell, and has the time of each replacement.
pub async fn history_of_person_is_ordered_by_cell(database: &Database) {
    populate(database).await;
    let entries = [(("b", "r1", "a"), 3), (("a", "r2", "b"), 1), (("a", "r2", "b"), 2)];
    write(database, move |tx| {
        tx.person_for_update(&id("ada"))?;
        for (key, millis) in entries {
            tx.add_history(&id("ada"), &cell_at(key, millis, millis), millis * 10)?;
        }
        Ok(())
    })
    .await;
    let expected = [entries[2], entries[1], entries[0]].map(|(key, millis)| HistoryEntry {
        cell: cell_at(key, millis, millis),
        replaced_at: millis * 10,
    });
    assert_eq!(read(database, |tx| tx.history_of_person(&id("ada"))).await, expected);
}

/// Deleting a cell's history leaves that of other cells.
pub async fn deleted_history_is_of_one_cell(database: &Database) {
    populate(database).await;
    write(database, |tx| {
        tx.person_for_update(&id("ada"))?;
        for field in ["a", "b"] {
            tx.add_history(&id("ada"), &cell(field, 1, 1), 1)?;
        }
        tx.delete_history_of(&id("ada"), &CellKey::new("ask", "r1", "a"))
    })
    .await;
    let left = read(database, |tx| tx.history_of_person(&id("ada"))).await;
    assert_eq!(left, [HistoryEntry { cell: cell("b", 1, 1), replaced_at: 1 }]);
}

/// History is deleted by the time of its replacement, for all people. An entry of that time stays.
pub async fn history_before_a_time_is_deleted(database: &Database) {
    populate(database).await;
    let deleted = write(database, |tx| {
        for person in ["ada", "cem"] {
            tx.person_for_update(&id(person))?;
            for replaced_at in [99, 100, 101] {
                tx.add_history(&id(person), &cell("text", 1, replaced_at), replaced_at)?;
            }
        }
        tx.delete_history_before(100)
    });
    assert_eq!(deleted.await, 2);
    let left = read(database, |tx| tx.history_of_person(&id("cem"))).await;
    assert_eq!(left.iter().map(|entry| entry.replaced_at).collect::<Vec<_>>(), [101, 100]);
}

/// Records of one collection are deleted by their id, for all people. The first kept one stays.
pub async fn records_before_an_id_are_deleted(database: &Database) {
    populate(database).await;
    for person in ["ada", "cem"] {
        let written = [
            ("access", "2026-01-01", "by"),
            ("access", "2026-01-01", "role"),
            ("access", "2026-01-02", "by"),
            ("ask", "2026-01-01", "text"),
        ];
        write_cells(database, person, &written).await;
    }
    let deleted = write(database, |tx| tx.delete_records_before("access", "2026-01-02"));
    assert_eq!(deleted.await, 4);
    let left = cells_after(database, "cem", 0).await;
    assert_eq!(keys(&left), ["access/2026-01-02/by", "ask/2026-01-01/text"]);
}

/// What was written at a revision or after it stays, and only it.
pub async fn collection_is_deleted_up_to_a_revision(database: &Database) {
    populate(database).await;
    let written = [("saved", "a", "note"), ("saved", "b", "note"), ("saved", "c", "note")];
    write_cells(database, "ada", &written).await;
    let before = cells_after(database, "ada", 0).await.get(1).and_then(|stored| stored.rev);
    assert!(before.is_some());
    write(database, move |tx| {
        tx.person_for_update(&id("ada"))?;
        tx.delete_collection(&id("ada"), "saved", before)
    })
    .await;
    assert_eq!(keys(&cells_after(database, "ada", 0).await), ["saved/b/note", "saved/c/note"]);
}

/// A collection of one person is deleted with its history. Other people and collections keep theirs.
pub async fn collection_is_deleted_for_one_person(database: &Database) {
    populate(database).await;
    for person in ["ada", "bea"] {
        write_cells(database, person, &[("saved", "a", "note"), ("ask", "a", "text")]).await;
    }
    write(database, |tx| {
        tx.person_for_update(&id("ada"))?;
        let cell = cell_at(("saved", "a", "note"), 0, 1);
        tx.add_history(&id("ada"), &cell, 1)?;
        tx.delete_collection(&id("ada"), "saved", None)
    })
    .await;
    assert_eq!(keys(&cells_after(database, "ada", 0).await), ["ask/a/text"]);
    assert_eq!(cells_after(database, "bea", 0).await.len(), 2);
    assert_eq!(read(database, |tx| tx.history_of_person(&id("ada"))).await, []);
}
