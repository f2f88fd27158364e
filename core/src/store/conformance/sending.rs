//! Rules of [`ResendStore`](crate::store::ResendStore) and
//! [`StaffChangeStore`](crate::store::StaffChangeStore).

use promise_protocol::{Cell, Change};
use serde_json::json;

use super::{cell, receive, run, staff_change, stamp};
use crate::store::{PendingCounts, Store};

pub(crate) fn only_cells_of_phones_are_marked_for_resend(store: &mut impl Store) {
    let (second, first) = (cell("ask/a/text", json!("a"), 2), cell("ask/b/text", json!("b"), 1));
    let staff = Cell { stamp: stamp(3, "s00000001"), ..cell("ask/a/reply", json!("c"), 0) };
    run(store, |tx| {
        for cell in [&second, &first, &staff] {
            tx.confirm(cell)?;
        }
        assert_eq!(tx.pending_resend(9, true)?, []);
        tx.mark_all_for_resend()?;
        assert_eq!(tx.pending_resend(9, true)?, [first.clone(), second]);
        assert_eq!(tx.pending_resend(1, true)?, [first]);
        Ok(())
    });
}

pub(crate) fn one_cell_is_marked_for_resend(store: &mut impl Store) {
    let (a, b) = (cell("ask/a/text", json!("a"), 1), cell("ask/b/text", json!("b"), 1));
    run(store, |tx| {
        tx.confirm(&a)?;
        tx.confirm(&b)?;
        tx.mark_for_resend(&b.key)?;
        assert_eq!(tx.pending_resend(9, true)?, [b]);
        Ok(())
    });
}

pub(crate) fn sealed_cells_are_marked_for_resend(store: &mut impl Store) {
    let (ask, saved) = (cell("ask/a/text", json!("a"), 1), cell("saved/o/note", json!("b"), 2));
    run(store, |tx| {
        tx.confirm(&ask)?;
        tx.confirm(&saved)?;
        tx.mark_sealed_for_resend()?;
        assert_eq!(tx.pending_resend(9, true)?, [saved]);
        assert_eq!(tx.pending_resend(9, false)?, []);
        Ok(())
    });
}

pub(crate) fn resent_cell_keeps_its_mark_under_another_stamp(store: &mut impl Store) {
    let (a, b) = (cell("ask/a/text", json!("a"), 1), cell("ask/a/status", json!("b"), 2));
    run(store, |tx| {
        tx.confirm(&a)?;
        tx.confirm(&b)?;
        tx.mark_all_for_resend()?;
        let sent = Change::gather([a.clone()]);
        tx.mark_resent(&sent[0])?;
        assert_eq!(tx.pending_resend(9, true)?, [b]);
        Ok(())
    });
}

pub(crate) fn resent_cell_keeps_marks_of_its_edit(store: &mut impl Store) {
    let (a, b) = (cell("saved/a/note", json!("a"), 1), cell("saved/a/status", json!("b"), 1));
    run(store, |tx| {
        tx.confirm(&a)?;
        tx.mark_for_resend(&a.key)?;
        let sent = Change::gather([a.clone()]);
        // A recovery phrase opened another cell of the edit while the request travelled.
        tx.confirm(&b)?;
        tx.mark_for_resend(&b.key)?;
        tx.mark_resent(&sent[0])?;
        assert_eq!(tx.pending_resend(9, true)?, [b]);
        Ok(())
    });
}

pub(crate) fn pending_counts_count_edits(store: &mut impl Store) {
    run(store, |tx| {
        assert_eq!(tx.pending_counts()?, PendingCounts::default());
        // Two cells of one edit are one.
        tx.put_unsent(&cell("ask/a/text", json!("a"), 1))?;
        tx.put_unsent(&cell("ask/a/status", json!("b"), 1))?;
        tx.put_unsent(&cell("saved/o/note", json!("c"), 2))?;
        tx.confirm(&cell("saved/p/note", json!("d"), 3))?;
        tx.put_undecryptable(&cell("saved/0123/note", json!("s1.AAAA"), 4))?;
        tx.put_undecryptable(&cell("saved/0123/status", json!("s1.AAAA"), 5))?;
        receive(tx, &staff_change("c", 6, &["note"]))?;
        let counts = PendingCounts { unsealed: 1, sealed: 1, undecryptable: 1 };
        assert_eq!(tx.pending_counts()?, counts);
        tx.mark_all_for_resend()?;
        // The staff change and two undecryptable cells need no key.
        let counts = PendingCounts { unsealed: 4, sealed: 2, undecryptable: 1 };
        assert_eq!(tx.pending_counts()?, counts);
        Ok(())
    });
}

pub(crate) fn staff_change_is_kept_while_a_cell_is_confirmed(store: &mut impl Store) {
    let change = staff_change("c", 1, &["display_name", "role"]);
    let replacement = |field: &str| Cell {
        stamp: stamp(2, "s00000001"),
        ..cell(&format!("contact/c/{field}"), json!("new"), 0)
    };
    run(store, |tx| {
        tx.keep_staff_change(&change)?;
        tx.mark_all_for_resend()?;
        assert_eq!(tx.pending_staff_changes(9)?, [], "no cell was confirmed");
        receive(tx, &change)?;
        tx.confirm(&replacement("role"))?;
        tx.mark_all_for_resend()?;
        assert_eq!(tx.pending_staff_changes(9)?, [change]);
        tx.confirm(&replacement("display_name"))?;
        assert_eq!(tx.pending_staff_changes(9)?, []);
        Ok(())
    });
}

pub(crate) fn staff_changes_are_resent_after_restore(store: &mut impl Store) {
    let (b, a) = (staff_change("b", 2, &["role"]), staff_change("a", 1, &["role"]));
    run(store, |tx| {
        receive(tx, &b)?;
        receive(tx, &a)?;
        assert_eq!(tx.pending_staff_changes(9)?, []);
        tx.mark_all_for_resend()?;
        assert_eq!(tx.pending_staff_changes(9)?, [a.clone(), b.clone()]);
        assert_eq!(tx.pending_staff_changes(1)?, std::slice::from_ref(&a));
        tx.mark_resent(&a)?;
        assert_eq!(tx.pending_staff_changes(9)?, [b]);
        Ok(())
    });
}

pub(crate) fn distrusted_staff_change_is_marked_until_it_is_signed_again(store: &mut impl Store) {
    let change = staff_change("c", 1, &["role"]);
    let cell = change.cells().next().unwrap();
    run(store, |tx| {
        receive(tx, &change)?;
        assert!(!tx.is_distrusted(&cell)?);
        tx.distrust_staff_changes()?;
        assert!(tx.is_distrusted(&cell)?);
        assert!(!tx.is_distrusted(&Cell { stamp: stamp(2, "s00000001"), ..cell.clone() })?);
        tx.mark_all_for_resend()?;
        assert_eq!(tx.pending_staff_changes(9)?, std::slice::from_ref(&change));
        tx.keep_staff_change(&change)?;
        assert!(!tx.is_distrusted(&cell)?);
        Ok(())
    });
}
