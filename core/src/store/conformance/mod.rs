//! The rules that every [`Store`] must keep, as tests that are generic over the implementation.
//!
//! Each rule is a function that gets an empty store. An implementation runs all of them with
//! [`conformance_tests!`].

mod cells;
mod earlier;
mod numbers_before;
mod published;
mod records;
mod sealed;
mod seen_devices;
mod sending;

use promise_protocol::{Cell, CellKey, Change, Reading, Stamp, signature::Signature};
use serde_json::{Value, json};

use super::{Store, StoreError, Tx};

pub(crate) use self::{
    cells::*, earlier::*, numbers_before::*, published::*, records::*, sealed::*, seen_devices::*,
    sending::*,
};

/// Defines a test for each rule. `$open` is a function that returns an empty store, and what must
/// stay alive as long as the store does.
macro_rules! conformance_tests {
    ($open:path) => {
        conformance_tests!(
            $open:
            failed_transaction_keeps_nothing,
            confirmed_cell_is_replaced,
            confirming_removes_resend_mark,
            confirmed_cell_can_be_removed,
            unsent_cells_are_listed_oldest_first,
            unsent_cells_can_exclude_sealed_ones,
            current_cell_is_the_greater_stamp,
            current_cells_are_sorted_by_record_and_field,
            greatest_reading_covers_confirmed_and_unsent,
            old_records_are_forgotten_with_their_staff_changes,
            only_cells_of_phones_are_marked_for_resend,
            one_cell_is_marked_for_resend,
            sealed_cells_are_marked_for_resend,
            resent_cell_keeps_its_mark_under_another_stamp,
            resent_cell_keeps_marks_of_its_edit,
            pending_counts_count_edits,
            staff_change_is_kept_while_a_cell_is_confirmed,
            staff_changes_are_resent_after_restore,
            distrusted_staff_change_is_marked_until_it_is_signed_again,
            sync_state_starts_empty_and_is_kept,
            pairing_is_replaced,
            refused_edits_are_kept_in_order,
            numbers_before_are_kept_by_owner,
            earlier_records_are_kept_by_kind_and_id,
            news_after_is_kept,
            recovery_phrases_are_listed_newest_first,
            written_down_belongs_to_one_phrase,
            key_state_is_kept,
            app_lock_is_kept_and_removed,
            search_lists_only_the_kinds_that_are_asked_for,
            undecryptable_cell_is_replaced,
            undecryptable_cells_are_resent_after_restore,
            cleared_undecryptable_cell_is_set_aside,
            clear_with_greater_stamp_replaces_earlier_one,
            cancelled_clear_is_gone,
            sent_clear_returns_after_restore,
            clears_ahead_of_a_stamp_get_it,
            pack_round_trips,
            shown_edition_replaces_documents_and_packs,
            unpublished_opportunity_is_kept_if_saved,
            documents_are_listed_in_pack_order,
            search_finds_unfinished_words,
            title_match_ranks_first,
            search_finds_other_spellings,
            search_finds_numbers_of_lines_and_opportunities,
            removed_record_is_not_found,
            picture_status_follows_its_bytes,
            unused_pictures_are_removed_with_the_promise,
            pictures_come_with_sync_by_default,
            seen_devices_are_kept,
        );
    };
    ($open:path: $($rule:ident,)+) => {
        $(
            #[test]
            fn $rule() {
                let (mut store, _guard) = $open();
                $crate::store::conformance::$rule(&mut store);
            }
        )+
    };
}
pub(crate) use conformance_tests;

/// Runs a transaction that must not fail.
fn run<R>(store: &mut impl Store, work: impl FnOnce(&mut dyn Tx) -> Result<R, StoreError>) -> R {
    store.transact(work).unwrap()
}

/// Returns the stamp of a time and an author.
fn stamp(millis: i64, author: &str) -> Stamp {
    Stamp::new(Reading::at_millis(millis), author.parse().unwrap())
}

/// Returns a cell written by this phone's person. `place` is `collection/id/field`.
fn cell(place: &str, value: Value, millis: i64) -> Cell {
    Cell { key: key(place), value, stamp: stamp(millis, "p00000001") }
}

fn key(place: &str) -> CellKey {
    let mut parts = place.split('/');
    let mut next = || parts.next().unwrap();
    CellKey::new(next(), next(), next())
}

/// Returns a change written by staff.
fn staff_change(id: &str, millis: i64, fields: &[&str]) -> Change {
    Change {
        collection: "contact".into(),
        id: id.into(),
        stamp: stamp(millis, "s00000001"),
        fields: fields.iter().map(|field| ((*field).to_owned(), json!(*field))).collect(),
        signature: Some(Signature::new("signature")),
    }
}

/// Confirms the cells of a staff change, and keeps it.
fn receive(tx: &mut dyn Tx, change: &Change) -> Result<(), StoreError> {
    for cell in change.cells() {
        tx.confirm(&cell)?;
    }
    tx.keep_staff_change(change)
}

pub(crate) fn failed_transaction_keeps_nothing(store: &mut impl Store) {
    let failed: Result<(), StoreError> = store.transact(|tx| {
        tx.put_unsent(&cell("ask/a/text", json!("Hello"), 1))?;
        Err(StoreError::Unreadable("test"))
    });
    assert!(failed.is_err());
    assert_eq!(run(store, |tx| tx.current("ask")), []);
}
