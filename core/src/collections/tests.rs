//! The registry, with a collection that exists only here: what it takes to add one.

use std::collections::BTreeSet;

use promise_protocol::{Change, Reading, Stamp, SyncResponse, schema};
use serde_json::json;

use super::{Collection, Record, SearchText, Topic, registry};
use crate::{
    store::{SearchKind, SqliteStore, Store, StoreError, Tx},
    sync::{apply::apply_response, request::prepare},
};

/// A collection of the young person's goals, as its own module would have it. Its other half is a line
/// in [`registry`].
pub(super) struct GoalCollection;

impl Collection for GoalCollection {
    fn name(&self) -> &'static str {
        "goal"
    }

    fn topic(&self) -> Topic {
        Topic::Profile
    }

    fn search_kind(&self) -> Option<SearchKind> {
        Some(SearchKind::OwnContact)
    }

    fn search_text(&self, tx: &mut dyn Tx, id: &str) -> Result<Option<SearchText>, StoreError> {
        let record = Record::find(tx, "goal", id)?;
        Ok(record.map(|record| SearchText {
            title: record.text_or_empty("title"),
            text: record.text_or_empty("why"),
        }))
    }
}

#[test]
fn new_collection_is_synced_searched_exported_and_notified() {
    let mut store = SqliteStore::open_in_memory().unwrap();
    let title = "Learn to drive";
    let stamp = Stamp::new(Reading::at_millis(7), "p0000000b".parse().unwrap());
    let goal = |millis, fields: serde_json::Value| Change {
        collection: "goal".into(),
        id: "g1".into(),
        stamp: Stamp { reading: Reading::at_millis(millis), ..stamp.clone() },
        fields: serde_json::from_value(fields).unwrap(),
        signature: None,
    };
    let mut receive = |change: Change| {
        let sent = store.transact(|tx| prepare(tx)).unwrap();
        let response = SyncResponse { changes: vec![change], ..SyncResponse::default() };
        store.transact(|tx| apply_response(tx, &sent, response, 0)).unwrap().changed
    };
    let changed = receive(goal(7, json!({"title": title, "why": "For the night shift"})));
    assert_eq!(changed, BTreeSet::from(["goal".to_owned()]));
    assert_eq!(registry::topic("goal"), Some(Topic::Profile));

    let find = |store: &mut SqliteStore, words: &str| -> Vec<String> {
        let found = store.transact(|tx| tx.search(words, &SearchKind::ALL, 5)).unwrap();
        found.into_iter().map(|found| found.id).collect()
    };
    receive(goal(8, json!({"why": "For the day shift"})));
    assert_eq!(find(&mut store, "learn drive"), ["g1"]);
    assert_eq!(find(&mut store, "night"), [""; 0]);
    assert!(store.export().unwrap().to_string().contains(title));
}

#[test]
fn every_collection_of_the_schema_is_registered_once() {
    let of_keys = [schema::ACCOUNT_KEY, schema::KEY_REFUSAL.0];
    let in_schema = schema::COLLECTIONS.iter().map(|collection| collection.name);
    let in_schema: BTreeSet<&str> = in_schema.filter(|name| !of_keys.contains(name)).collect();
    let names: Vec<&str> = registry::all().map(Collection::name).collect();
    let registered: BTreeSet<&str> =
        names.iter().copied().filter(|name| *name != GoalCollection.name()).collect();
    assert_eq!(registered, in_schema);
    assert_eq!(names.len(), registered.len() + 1, "none is registered twice");
}
