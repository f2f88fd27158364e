//! Merging, as properties: any order and any repetition of the same changes gives the same view.

use std::collections::BTreeMap;

use promise_core::{
    store::{SqliteStore, Store},
    sync::{apply::apply_response, request::prepare},
};
use promise_protocol::{Cell, Change, Reading, Stamp, SyncResponse};
use proptest::{collection::vec, prelude::*};
use serde_json::json;

use crate::common::{pairing, signed};

/// Few records, fields, times and authors, so that changes meet.
fn any_change() -> impl Strategy<Value = Change> {
    let author = prop_oneof![Just("p0000000b"), Just("p0000000c"), Just("s0000000a")];
    let fields = vec(0..3_usize, 1..3);
    (0..2_u8, 0..2_u8, 0..6_i64, author, fields).prop_map(
        |(collection, id, millis, author, fields)| {
            let is_staffs = author.starts_with('s');
            // What each may write, and what both may: a field of a newer version.
            let own = if is_staffs { ["reply", "replied_by"] } else { ["text", "shown"] };
            let names = [own[0], own[1], "from_the_future"];
            let stamp = Stamp::new(Reading::at_millis(millis), author.parse().expect("an author"));
            // One stamp is one edit: what it wrote follows from it.
            let value = |name: &str| json!(format!("{name} {stamp}"));
            let fields: BTreeMap<_, _> =
                fields.iter().map(|n| (names[*n].to_owned(), value(names[*n]))).collect();
            let change = Change {
                collection: ["ask", "dream"][usize::from(collection)].into(),
                id: format!("r{id}"),
                fields,
                stamp,
                signature: None,
            };
            if is_staffs { signed(change) } else { change }
        },
    )
}

/// What a phone shows after these pages.
fn view(pages: &[Vec<Change>]) -> Vec<Cell> {
    let mut store = SqliteStore::open_in_memory().unwrap();
    store.transact(|tx| tx.set_pairing(&pairing())).unwrap();
    for page in pages {
        let sent = store.transact(prepare).unwrap();
        let answer = SyncResponse { changes: page.clone(), ..SyncResponse::default() };
        store.transact(|tx| apply_response(tx, &sent, answer, 0)).unwrap();
    }
    store
        .transact(|tx| {
            Ok::<_, promise_core::store::StoreError>(
                [tx.current("ask")?, tx.current("dream")?].concat(),
            )
        })
        .unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn order_does_not_matter(changes in vec(any_change(), 1..12), seed in any::<prop::sample::Selector>()) {
        let mut shuffled = changes.clone();
        let mut left = changes.clone();
        shuffled.clear();
        while !left.is_empty() {
            let pick = seed.select(0..left.len());
            shuffled.push(left.swap_remove(pick));
        }
        prop_assert_eq!(view(&[changes]), view(&[shuffled]));
    }

    #[test]
    fn repeating_does_not_matter(changes in vec(any_change(), 1..12), again in 0..12_usize) {
        let again = changes.iter().skip(again).cloned().collect();
        prop_assert_eq!(view(&[changes.clone(), again, changes.clone()]), view(&[changes]));
    }

    #[test]
    fn grouping_does_not_matter(changes in vec(any_change(), 1..12), cut in 0..12_usize) {
        let (first, second) = changes.split_at(cut.min(changes.len()));
        let apart = view(&[first.to_vec(), second.to_vec()]);
        prop_assert_eq!(apart, view(&[changes]));
    }

    #[test]
    fn greatest_stamp_wins(changes in vec(any_change(), 1..12)) {
        let mut greatest: BTreeMap<_, Cell> = BTreeMap::new();
        for cell in changes.iter().flat_map(Change::cells) {
            let held = greatest.get(&cell.key).map(|held| &held.stamp);
            if held.is_none_or(|held| cell.stamp > *held) {
                greatest.insert(cell.key.clone(), cell);
            }
        }
        prop_assert_eq!(view(&[changes]), greatest.into_values().collect::<Vec<_>>());
    }
}
