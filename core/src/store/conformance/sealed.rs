//! Rules of [`UndecryptableStore`](crate::store::UndecryptableStore) and
//! [`ClearStore`](crate::store::ClearStore).

use std::slice;

use promise_protocol::{Cell, Change};
use serde_json::{Value, json};

use super::{cell, key, run, stamp};
use crate::store::{PendingCounts, Store};

const PLACE: &str = "saved/0123/note";

fn clear(place: &str, millis: i64) -> Cell {
    cell(place, Value::Null, millis)
}

pub(crate) fn undecryptable_cell_is_replaced(store: &mut impl Store) {
    let (old, new) = (cell(PLACE, json!("s1.AAAA"), 1), cell(PLACE, json!("s1.BBBB"), 2));
    let older = cell("saved/4567/note", json!("s1.CCCC"), 0);
    run(store, |tx| {
        tx.put_undecryptable(&old)?;
        tx.put_undecryptable(&new)?;
        assert_eq!(tx.undecryptable(&old.key)?.as_ref(), Some(&new));
        tx.put_undecryptable(&older)?;
        assert_eq!(tx.undecryptable_cells()?, [older.clone(), new.clone()]);
        tx.remove_undecryptable(&new.key)?;
        assert_eq!(tx.undecryptable_cells()?, [older]);
        assert_eq!(tx.current("saved")?, [], "the person does not see them");
        Ok(())
    });
}

pub(crate) fn undecryptable_cells_are_resent_after_restore(store: &mut impl Store) {
    let held = cell(PLACE, json!("s1.AAAA"), 1);
    run(store, |tx| {
        tx.put_undecryptable(&held)?;
        assert_eq!(tx.pending_undecryptable(9)?, []);
        tx.mark_all_for_resend()?;
        assert_eq!(tx.pending_undecryptable(9)?, slice::from_ref(&held));
        assert_eq!(tx.pending_undecryptable(0)?, []);
        let sent = Change::gather([held]);
        tx.mark_resent(&sent[0])?;
        assert_eq!(tx.pending_undecryptable(9)?, []);
        Ok(())
    });
}

pub(crate) fn cleared_undecryptable_cell_is_set_aside(store: &mut impl Store) {
    let held = cell(PLACE, json!("s1.AAAA"), 1);
    run(store, |tx| {
        tx.put_undecryptable(&held)?;
        tx.mark_all_for_resend()?;
        tx.mark_undecryptable_cleared(&held.key)?;
        tx.mark_all_for_resend()?;
        assert_eq!(tx.pending_undecryptable(9)?, []);
        assert_eq!(tx.pending_counts()?, PendingCounts::default());
        assert_eq!(tx.undecryptable_cells()?, []);
        assert_eq!(tx.cleared_cells()?, slice::from_ref(&held));
        assert_eq!(tx.undecryptable(&held.key)?.as_ref(), Some(&held));
        tx.put_undecryptable(&held)?;
        assert_eq!(tx.undecryptable_cells()?, slice::from_ref(&held), "it came again");
        tx.mark_all_undecryptable_cleared()?;
        tx.remove_cleared()?;
        assert_eq!(tx.undecryptable(&held.key)?, None);
        Ok(())
    });
}

pub(crate) fn clear_with_greater_stamp_replaces_earlier_one(store: &mut impl Store) {
    run(store, |tx| {
        tx.schedule_clear(&key(PLACE), &stamp(2, "p00000001"))?;
        tx.mark_cleared(&[key(PLACE)])?;
        tx.schedule_clear(&key(PLACE), &stamp(2, "p00000001"))?;
        assert_eq!(tx.scheduled_clears(9)?, [], "it was sent");
        tx.schedule_clear(&key(PLACE), &stamp(3, "p00000001"))?;
        tx.schedule_clear(&key(PLACE), &stamp(1, "p00000001"))?;
        assert_eq!(tx.scheduled_clears(9)?, [clear(PLACE, 3)]);
        tx.schedule_clear(&key("saved/4567/note"), &stamp(1, "p00000001"))?;
        assert_eq!(tx.scheduled_clears(1)?, [clear("saved/4567/note", 1)]);
        Ok(())
    });
}

pub(crate) fn cancelled_clear_is_gone(store: &mut impl Store) {
    run(store, |tx| {
        tx.schedule_clear(&key(PLACE), &stamp(1, "p00000001"))?;
        tx.cancel_clear(&key(PLACE))?;
        tx.mark_all_for_resend()?;
        assert_eq!(tx.scheduled_clears(9)?, []);
        Ok(())
    });
}

pub(crate) fn sent_clear_returns_after_restore(store: &mut impl Store) {
    run(store, |tx| {
        tx.schedule_clear(&key(PLACE), &stamp(1, "p00000001"))?;
        tx.mark_cleared(&[key(PLACE), key("saved/4567/note")])?;
        assert_eq!(tx.scheduled_clears(9)?, []);
        tx.mark_all_for_resend()?;
        assert_eq!(tx.scheduled_clears(9)?, [clear(PLACE, 1)]);
        Ok(())
    });
}

pub(crate) fn clears_ahead_of_a_stamp_get_it(store: &mut impl Store) {
    let places = ["saved/a/note", "saved/b/note", "saved/c/note"];
    run(store, |tx| {
        for (place, reading) in places.into_iter().zip([1, 5, 9]) {
            tx.schedule_clear(&key(place), &stamp(reading, "p00000001"))?;
        }
        tx.mark_cleared(&[key("saved/c/note")])?;
        tx.restamp_clears(&stamp(3, "p00000002"))?;
        let restamped = Cell { stamp: stamp(3, "p00000002"), ..clear("saved/b/note", 0) };
        assert_eq!(tx.scheduled_clears(9)?, [clear("saved/a/note", 1), restamped.clone()]);
        tx.mark_all_for_resend()?;
        let sent_before = clear("saved/c/note", 9);
        assert_eq!(tx.scheduled_clears(9)?, [clear("saved/a/note", 1), restamped, sent_before]);
        Ok(())
    });
}
