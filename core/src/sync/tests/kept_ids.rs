//! Records about documents that another phone of the person cannot know.

use std::collections::BTreeMap;

use promise_protocol::{
    Change, Edition, PackName, SyncResponse,
    pack::{Opportunities, Pack, Table, hash},
    schema::OF,
    statement::Statement,
};
use serde_json::json;

use super::{NOW, SqliteStore, apply, council_key, phone, request, restored};
use crate::{
    store::{EditionPacks, Entropy, Store, StoreError},
    sync::{edit, edition, recovery},
};

fn opportunities(ids: &[&str]) -> Opportunities {
    let opportunity = |id| json!({"id": id, "kind": "job", "title": format!("Job {id}")});
    let opportunities = ids.iter().map(|id| serde_json::from_value(opportunity(id)).unwrap());
    Opportunities { opportunities: Table(opportunities.collect()), unknown: serde_json::Map::new() }
}

/// Shows an edition with these opportunities.
fn publish(phone: &mut SqliteStore, number: u64, ids: &[&str]) {
    let bytes = opportunities(ids).to_bytes();
    let published = phone.transact::<_, StoreError>(|tx| {
        tx.put_pack(PackName::Opportunities, &hash(&bytes), &bytes)?;
        let mut packs: BTreeMap<_, _> = tx.edition_packs()?.into_iter().collect();
        packs.insert(PackName::Opportunities, hash(&bytes));
        let mut edition = Edition { number, packs, signature: None };
        let statement = Statement::Edition(&edition).to_bytes("riverbridge");
        edition.signature = Some(council_key().sign(&statement));
        Ok(edition)
    });
    phone.transact(|tx| edition::show(tx, &published.unwrap())).unwrap();
}

/// Returns a phone with the person's phrase, and with the packs of an edition that lists nothing.
fn with_phrase() -> SqliteStore {
    let mut phone = phone();
    let begun = phone.transact::<_, edit::EditError>(|tx| {
        let hashes = PackName::ALL.map(|name| (name, String::new())).to_vec();
        tx.show_edition(&EditionPacks {
            hashes,
            promise: None,
            opportunities: None,
            directory: None,
        })?;
        recovery::generate_if_first(tx, &Entropy::new([1; 16]))
    });
    begun.unwrap();
    phone
}

fn save(phone: &mut SqliteStore, collection: &str, id: &str) {
    let note = BTreeMap::from([("note".to_owned(), json!("Ring them"))]);
    phone.transact(|tx| edit::write(tx, NOW, collection, id, note)).unwrap();
}

/// Lists the fields that are not empty.
fn fields(phone: &mut SqliteStore, collection: &str, id: &str) -> Vec<String> {
    let cells = phone.transact::<_, StoreError>(|tx| tx.current_record(collection, id)).unwrap();
    cells.into_iter().filter(|cell| !cell.value.is_null()).map(|cell| cell.key.field).collect()
}

/// Sends everything that waits to a server that takes it. Returns what was sent.
fn drain(phone: &mut SqliteStore) -> Vec<Change> {
    let mut sent = Vec::new();
    for _ in 0..4 {
        let request = request(phone);
        let taken = !request.request.changes.is_empty();
        assert!(apply(phone, &request, SyncResponse { taken, ..SyncResponse::default() }));
        sent.extend(request.request.changes);
    }
    sent
}

/// Seed 754: a restore lost every edition, and a phone that was paired then could not place what the
/// person had saved from the lost one.
#[test]
fn lost_edition_leaves_ids_for_phone_paired_later() {
    let mut phone = with_phrase();
    publish(&mut phone, 1, &["barista", "cinema"]);
    save(&mut phone, "saved", "barista");
    save(&mut phone, "saved", "cinema");
    phone.transact(|tx| edit::delete(tx, NOW, "saved", "cinema")).unwrap();
    drain(&mut phone);
    assert!(!fields(&mut phone, "saved", "barista").contains(&OF.to_owned()));

    let before = request(&mut phone);
    assert!(apply(&mut phone, &before, restored("after")));
    let changes = drain(&mut phone);
    let mut later = with_phrase();
    let first = request(&mut later);
    assert!(apply(&mut later, &first, SyncResponse { changes, ..SyncResponse::default() }));
    for id in ["barista", "cinema"] {
        assert_eq!(fields(&mut later, "saved", id), fields(&mut phone, "saved", id));
    }
    let pending = later.transact::<_, StoreError>(|tx| tx.pending_counts()).unwrap();
    assert_eq!(pending.undecryptable, 0);
}

/// Seed 6487: a phone was lost after it had resent a mark, and before it had written down the id.
#[test]
fn id_is_sent_with_the_record_after_a_restore() {
    let mut phone = with_phrase();
    publish(&mut phone, 1, &["barista", "cinema"]);
    save(&mut phone, "saved", "barista");
    drain(&mut phone);
    let before = request(&mut phone);
    assert!(apply(&mut phone, &before, restored("after")));
    save(&mut phone, "saved", "cinema");
    let sent = request(&mut phone).request.changes;
    let with_id = sent.iter().filter(|change| change.fields.contains_key(OF));
    assert_eq!(with_id.count(), 2);
}

#[test]
fn withdrawn_opportunity_is_kept_with_what_was_saved_alone() {
    let mut phone = with_phrase();
    publish(&mut phone, 1, &["barista", "cinema"]);
    for (collection, id) in [("saved", "barista"), ("saved", "cinema"), ("pledge_mark", "barista")]
    {
        save(&mut phone, collection, id);
    }
    phone.transact(|tx| edit::delete(tx, NOW, "saved", "cinema")).unwrap();
    publish(&mut phone, 2, &[]);
    let has = |phone: &mut SqliteStore, collection, id, field: &str| {
        fields(phone, collection, id).contains(&field.to_owned())
    };
    assert!(has(&mut phone, "saved", "barista", "kept"));
    assert!(has(&mut phone, "saved", "barista", OF));
    assert!(has(&mut phone, "saved", "cinema", OF), "a new phone must place the deletion");
    assert!(!has(&mut phone, "saved", "cinema", "kept"));
    assert!(!has(&mut phone, "pledge_mark", "barista", "kept"), "it is about a pledge");
}
