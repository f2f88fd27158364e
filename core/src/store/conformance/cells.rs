//! Rules of [`CellStore`](crate::store::CellStore).

use std::slice;

use promise_protocol::Reading;
use serde_json::json;

use super::{cell, key, receive, run, staff_change, stamp};
use crate::store::Store;

pub(crate) fn confirmed_cell_is_replaced(store: &mut impl Store) {
    let (old, new) = (cell("ask/a/text", json!("old"), 2), cell("ask/a/text", json!(["new"]), 1));
    run(store, |tx| {
        assert_eq!(tx.confirmed(&old.key)?, None);
        tx.confirm(&old)?;
        assert_eq!(tx.confirmed(&old.key)?.as_ref(), Some(&old));
        // The store does not merge: it keeps what it is given.
        tx.confirm(&new)?;
        assert_eq!(tx.confirmed(&old.key)?.as_ref(), Some(&new));
        Ok(())
    });
}

pub(crate) fn confirming_removes_resend_mark(store: &mut impl Store) {
    let old = cell("ask/a/text", json!("old"), 1);
    run(store, |tx| {
        tx.confirm(&old)?;
        tx.mark_for_resend(&old.key)?;
        tx.confirm(&cell("ask/a/text", json!("new"), 2))?;
        assert_eq!(tx.pending_resend(9, true)?, []);
        Ok(())
    });
}

pub(crate) fn confirmed_cell_can_be_removed(store: &mut impl Store) {
    let (a, b) = (cell("ask/a/text", json!("a"), 1), cell("ask/b/text", json!("b"), 1));
    run(store, |tx| {
        tx.confirm(&a)?;
        tx.confirm(&b)?;
        tx.remove_confirmed(&a.key)?;
        tx.remove_confirmed(&key("ask/c/text"))?;
        assert_eq!(tx.confirmed(&a.key)?, None);
        assert_eq!(tx.confirmed(&b.key)?, Some(b));
        Ok(())
    });
}

pub(crate) fn unsent_cells_are_listed_oldest_first(store: &mut impl Store) {
    let (first, second) = (cell("ask/b/text", json!("1"), 1), cell("ask/a/text", json!("2"), 2));
    run(store, |tx| {
        tx.put_unsent(&cell("ask/b/text", json!("0"), 3))?;
        tx.put_unsent(&second)?;
        tx.put_unsent(&first)?;
        assert_eq!(tx.unsent_cells(9, false)?, [first.clone(), second.clone()]);
        assert_eq!(tx.unsent_cells(1, false)?, slice::from_ref(&first));
        tx.remove_unsent(&first.key)?;
        assert_eq!(tx.unsent(&first.key)?, None);
        assert_eq!(tx.unsent_cells(usize::MAX, true)?, [second]);
        Ok(())
    });
}

pub(crate) fn unsent_cells_can_exclude_sealed_ones(store: &mut impl Store) {
    let (ask, saved) = (cell("ask/a/text", json!("a"), 2), cell("saved/o/note", json!("b"), 1));
    run(store, |tx| {
        tx.put_unsent(&ask)?;
        tx.put_unsent(&saved)?;
        assert_eq!(tx.unsent_cells(9, false)?, slice::from_ref(&ask));
        assert_eq!(tx.unsent_cells(9, true)?, [saved.clone(), ask]);
        tx.confirm(&saved)?;
        assert_eq!(tx.sealed_cells()?, [saved]);
        Ok(())
    });
}

pub(crate) fn current_cell_is_the_greater_stamp(store: &mut impl Store) {
    let confirmed = cell("ask/a/text", json!("confirmed"), 2);
    let current = |store: &mut _| run(store, |tx| tx.current_record("ask", "a"));
    run(store, |tx| tx.confirm(&confirmed));
    assert_eq!(current(store), slice::from_ref(&confirmed));
    for (reading, wins) in [(1, false), (3, true)] {
        let unsent = cell("ask/a/text", json!("unsent"), reading);
        run(store, |tx| tx.put_unsent(&unsent));
        let expected = if wins { unsent } else { confirmed.clone() };
        assert_eq!(current(store), [expected], "{reading}");
    }
    let equal = cell("ask/a/text", json!("confirmed"), 2);
    run(store, |tx| tx.put_unsent(&equal));
    assert_eq!(current(store), [confirmed], "one cell, not two");
}

pub(crate) fn current_cells_are_sorted_by_record_and_field(store: &mut impl Store) {
    let cells = ["ask/a/status", "ask/a/text", "ask/b/text"].map(|at| cell(at, json!(at), 1));
    run(store, |tx| {
        tx.confirm(&cells[2])?;
        tx.put_unsent(&cells[1])?;
        tx.confirm(&cells[0])?;
        tx.confirm(&cell("saved/a/note", json!("another collection"), 1))?;
        assert_eq!(tx.current("ask")?, cells);
        assert_eq!(tx.current_record("ask", "a")?, cells[..2]);
        assert_eq!(tx.current_record("ask", "c")?, []);
        Ok(())
    });
}

pub(crate) fn greatest_reading_covers_confirmed_and_unsent(store: &mut impl Store) {
    run(store, |tx| {
        assert_eq!(tx.greatest_reading()?, Reading::default());
        tx.confirm(&cell("ask/a/text", json!("a"), 2))?;
        assert_eq!(tx.greatest_reading()?, stamp(2, "p00000001").reading);
        tx.put_unsent(&cell("ask/b/text", json!("b"), 3))?;
        assert_eq!(tx.greatest_reading()?, stamp(3, "p00000001").reading);
        Ok(())
    });
}

pub(crate) fn old_records_are_forgotten_with_their_staff_changes(store: &mut impl Store) {
    let [old, kept] = ["2025-01", "2025-02"].map(|id| staff_change(id, 1, &["note"]));
    run(store, |tx| {
        receive(tx, &old)?;
        receive(tx, &kept)?;
        tx.confirm(&cell("ask/2025-01/text", json!("another collection"), 1))?;
        assert!(tx.forget_records_before("contact", "2025-02")?);
        assert!(!tx.forget_records_before("contact", "2025-02")?);
        assert_eq!(tx.current("contact")?, kept.cells().collect::<Vec<_>>());
        assert_eq!(tx.current("ask")?.len(), 1);
        tx.mark_all_for_resend()?;
        assert_eq!(tx.pending_staff_changes(9)?, [kept]);
        Ok(())
    });
}
