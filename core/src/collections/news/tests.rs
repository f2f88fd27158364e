//! What is new of a promise, compared with a model that remembers what the person saw; and what is forgotten when a
//! person's other phone saves an opportunity again.

use promise_protocol::{
    Cell, CellKey, Reading, Stamp,
    pack::{Pledge, Promise},
};
use proptest::{collection::vec, option, prelude::*};
use serde_json::json;

use super::{PledgeNewsKind, keep_before_cell, keep_before_promise, pledges};
use crate::{
    app_lock::View,
    store::{EarlierKind, EarlierRecord, EditionPacks, SqliteStore, Store, StoreError, Tx},
};

/// The pledges of a promise: for each whether it is in it, and with which text.
type Texts = [Option<u8>; 3];

#[derive(Clone, Debug)]
enum Step {
    /// The council publishes a promise.
    Publish(Texts),
    /// The person sees what is new of one pledge.
    See(usize),
}

fn texts() -> impl Strategy<Value = Texts> {
    [option::of(0u8..3), option::of(0u8..3), option::of(0u8..3)]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![texts().prop_map(Step::Publish), (0usize..3).prop_map(Step::See)]
}

fn promise(texts: Texts) -> Promise {
    let pledges = texts.into_iter().enumerate().filter_map(|(number, text)| {
        let text = format!("We pay £{}.", text?);
        let pledge = json!({"id": number.to_string(), "section": "s", "title": {"en": "Rent"},
            "text": {"en": text}});
        Some(serde_json::from_value::<Pledge>(pledge).unwrap())
    });
    let mut promise: Promise = serde_json::from_value(json!({"council": {"id": "c", "name": "C"},
        "sections": [], "pledges": {}}))
    .unwrap();
    promise.pledges.0 = pledges.collect();
    promise
}

fn publish(tx: &mut dyn Tx, texts: Texts) -> Result<(), StoreError> {
    let promise = promise(texts);
    keep_before_promise(tx, &promise)?;
    let (hashes, promise) = (Vec::new(), Some(promise));
    tx.show_edition(&EditionPacks { hashes, promise, opportunities: None, directory: None })
}

/// What is new, by the number of the pledge.
fn listed(tx: &mut dyn Tx) -> Result<Vec<(String, PledgeNewsKind, String)>, StoreError> {
    let news = pledges::list(tx, &["en"], View::Full)?.into_iter();
    let mut listed: Vec<_> = news.map(|it| (it.pledge.id, it.what, it.news_id)).collect();
    listed.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(listed)
}

/// What must be new for a person who saw one promise and whose phone shows another one.
fn expected(seen: Texts, shown: Texts) -> Vec<(String, PledgeNewsKind)> {
    let both = seen.into_iter().zip(shown).enumerate();
    both.filter_map(|(number, states)| {
        let what = match states {
            (None, Some(_)) => PledgeNewsKind::Added,
            (Some(_), None) => PledgeNewsKind::Gone,
            (Some(before), Some(now)) if before != now => PledgeNewsKind::Changed,
            _ => return None,
        };
        Some((number.to_string(), what))
    })
    .collect()
}

proptest! {
    #[test]
    fn pledges_are_new_exactly_if_they_differ_from_what_the_person_saw(
        first in texts(), steps in vec(step(), 0..12),
    ) {
        let mut store = SqliteStore::open_in_memory().unwrap();
        let (mut seen, mut shown) = (first, first);
        store.transact(|tx| publish(tx, first)).unwrap();
        for step in steps {
            match step {
                Step::Publish(texts) => {
                    store.transact(|tx| publish(tx, texts)).unwrap();
                    shown = texts;
                }
                Step::See(number) => {
                    let listed = store.transact(listed).unwrap();
                    let news = listed.into_iter().find(|(id, ..)| *id == number.to_string());
                    if let Some((_, _, news_id)) = news {
                        let is_meant = |id: &str| id == news_id;
                        let marked = store.transact(|tx| pledges::mark_seen(tx, is_meant)).unwrap();
                        prop_assert!(marked);
                    }
                    seen[number] = shown[number];
                }
            }
            let listed = store.transact(listed).unwrap();
            let listed: Vec<_> = listed.into_iter().map(|(id, what, _)| (id, what)).collect();
            prop_assert_eq!(listed, expected(seen, shown));
        }
    }
}

#[test]
fn opportunity_that_another_phone_saves_again_is_forgotten_and_others_are_not() {
    let cell = |field: &str| Cell {
        key: CellKey::new("saved", "a", field),
        value: json!(false),
        stamp: Stamp::new(Reading::at_millis(1), "p0000000b".parse().unwrap()),
    };
    let mut store = SqliteStore::open_in_memory().unwrap();
    store
        .transact(|tx: &mut dyn Tx| {
            let kind = EarlierKind::Opportunity;
            for id in ["a", "b"] {
                tx.put_earlier(&EarlierRecord { kind, id: id.to_owned(), body: None })?;
            }
            keep_before_cell(tx, &cell("note"))?;
            assert_eq!(tx.all_earlier(kind)?.len(), 2);
            keep_before_cell(tx, &cell("deleted"))?;
            let left: Vec<String> = tx.all_earlier(kind)?.into_iter().map(|it| it.id).collect();
            assert_eq!(left, ["b"]);
            Ok::<_, StoreError>(())
        })
        .unwrap();
}
