//! Rules of [`PackStore`](crate::store::PackStore), [`DocumentStore`](crate::store::DocumentStore),
//! [`SearchIndex`](crate::store::SearchIndex) and [`PictureStore`](crate::store::PictureStore).

use promise_protocol::{
    PackName,
    pack::{Directory, Opportunities, Promise, Table},
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{cell, run};
use crate::store::{
    DocumentKind, EditionPacks, PictureStatus, SearchKind, SearchResult, Store, StoreError, Tx,
};

fn search(tx: &mut dyn Tx, typed: &str, limit: usize) -> Result<Vec<SearchResult>, StoreError> {
    tx.search(typed, &SearchKind::ALL, limit)
}

fn nothing() -> EditionPacks {
    EditionPacks { hashes: Vec::new(), promise: None, opportunities: None, directory: None }
}

fn read<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

fn promise(sections: Value, pledge: Value) -> EditionPacks {
    let promise = Promise {
        council: read(json!({"id": "barnet", "name": "Barnet"})),
        title: read(json!({"en": "Our promise"})),
        intro: read(json!({})),
        sections: read(sections),
        pledges: Table(vec![read(pledge)]),
        unknown: serde_json::Map::new(),
    };
    EditionPacks { promise: Some(promise), ..nothing() }
}

fn opportunities(ids: &[&str]) -> EditionPacks {
    let opportunity = |id| read(json!({"id": id, "kind": "job", "title": format!("Job {id}")}));
    let opportunities = Opportunities {
        opportunities: Table(ids.iter().map(opportunity).collect()),
        unknown: serde_json::Map::new(),
    };
    EditionPacks { opportunities: Some(opportunities), ..nothing() }
}

fn directory(line: &str) -> Directory {
    Directory {
        lines: Table(vec![read(
            json!({"id": line, "role": "Duty line", "display_name": {}, "phones": []}),
        )]),
        closed_days: read(json!([{"date": "2025-12-25", "name": "Christmas Day"}])),
        timescales: read(json!([{"id": "visit", "display_name": {}, "promise": "8 weeks"}])),
        ..Directory::default()
    }
}

fn picture(hash: &str) -> Value {
    json!({"hash": hash, "media_type": "image/png", "width": 1, "height": 1, "bytes": 1,
        "alt": {"en": "A house"}})
}

fn ids(tx: &mut dyn Tx, kind: DocumentKind) -> Result<Vec<String>, StoreError> {
    let documents = tx.documents(kind)?;
    Ok(documents.iter().map(|document| document["id"].as_str().unwrap().to_owned()).collect())
}

pub(crate) fn pack_round_trips(store: &mut impl Store) {
    let bytes = b"{\"lines\":[]}".repeat(100);
    run(store, |tx| {
        assert!(!tx.has_pack("hash")?);
        assert_eq!(tx.pack("hash")?, None);
        tx.put_pack(PackName::Directory, "hash", &bytes)?;
        assert!(tx.has_pack("hash")?);
        assert_eq!(tx.pack("hash")?, Some(bytes));
        assert_eq!(tx.edition_packs()?, [], "it is not shown yet");
        Ok(())
    });
}

pub(crate) fn shown_edition_replaces_documents_and_packs(store: &mut impl Store) {
    let hashes = |hash: &str| vec![(PackName::Directory, hash.to_owned())];
    run(store, |tx| {
        for hash in ["old", "new"] {
            tx.put_pack(PackName::Directory, hash, hash.as_bytes())?;
            let directory = Some(directory(hash));
            tx.show_edition(&EditionPacks { hashes: hashes(hash), directory, ..nothing() })?;
        }
        assert_eq!(tx.edition_packs()?, hashes("new"));
        assert!(tx.has_pack("new")? && !tx.has_pack("old")?);
        assert_eq!(tx.document_ids(DocumentKind::Line)?, ["new"]);
        assert_eq!(tx.document_ids(DocumentKind::ClosedDay)?, ["2025-12-25"]);
        assert_eq!(tx.document_ids(DocumentKind::Timescale)?, ["visit"]);
        // A pack that did not change is not given, and its documents stay.
        tx.show_edition(&EditionPacks { hashes: hashes("new"), ..nothing() })?;
        assert!(tx.has_document(DocumentKind::Line, "new")?);
        assert!(!tx.has_document(DocumentKind::Line, "old")?);
        Ok(())
    });
}

pub(crate) fn unpublished_opportunity_is_kept_if_saved(store: &mut impl Store) {
    run(store, |tx| {
        tx.show_edition(&opportunities(&["saved", "dropped", "other"]))?;
        tx.put_unsent(&cell("saved/saved/status", json!("interested"), 1))?;
        tx.put_unsent(&cell("saved/dropped/status", json!("interested"), 1))?;
        tx.put_unsent(&cell("saved/dropped/deleted", json!(true), 2))?;
        tx.show_edition(&opportunities(&[]))?;
        assert_eq!(ids(tx, DocumentKind::Kept)?, ["saved"]);
        assert_eq!(tx.document_ids(DocumentKind::Opportunity)?, <[&str; 0]>::default());
        assert_eq!(search(tx, "job", 9)?, [], "search does not find it");
        tx.show_edition(&opportunities(&["saved"]))?;
        assert_eq!(ids(tx, DocumentKind::Opportunity)?, ["saved"]);
        assert_eq!(ids(tx, DocumentKind::Kept)?, <[&str; 0]>::default(), "it is published again");
        Ok(())
    });
}

pub(crate) fn documents_are_listed_in_pack_order(store: &mut impl Store) {
    run(store, |tx| {
        tx.show_edition(&opportunities(&["b", "c", "a"]))?;
        assert_eq!(ids(tx, DocumentKind::Opportunity)?, ["b", "c", "a"]);
        tx.show_edition(&opportunities(&["a", "b", "d"]))?;
        assert_eq!(ids(tx, DocumentKind::Opportunity)?, ["a", "b", "d"]);
        Ok(())
    });
}

pub(crate) fn search_finds_unfinished_words(store: &mut impl Store) {
    run(store, |tx| {
        tx.show_edition(&opportunities(&["barista"]))?;
        let found = search(tx, "job bar", 9)?;
        assert_eq!((found.len(), found[0].kind), (1, SearchKind::Opportunity));
        assert_eq!(
            (found[0].id.as_str(), found[0].title.as_str()),
            ("barista", "\u{2}Job\u{3} \u{2}barista\u{3}")
        );
        assert_eq!(search(tx, "ba job", 9)?, [], "only the last word may be unfinished");
        assert_eq!(search(tx, "\"*", 9)?, [], "no words");
        Ok(())
    });
}

pub(crate) fn search_finds_other_spellings(store: &mut impl Store) {
    let texts = [
        ("jurgen", "Jürgen Groß", "care-leaver since 2024, ring 07700 900123 now"),
        ("duc", "Đức Nguyễn", "شماره کریمی"),
        ("obrien", "Siobhán O\u{2019}Brien", "مُحَمَّد"),
    ];
    let cases = [
        ("juergen gross", "jurgen"),
        ("JURG", "jurgen"),
        ("care leaver 2024", "jurgen"),
        ("+44 7700 90", "jurgen"),
        ("٠٧٧٠٠ ٩٠٠١٢٣", "jurgen"),
        ("duc nguyen", "duc"),
        ("كريمي", "duc"),
        ("obrien", "obrien"),
        ("o'br", "obrien"),
        ("محمد", "obrien"),
    ];
    run(store, |tx| {
        for (id, title, text) in texts {
            tx.index(SearchKind::Contact, id, Some(&json!({"title": title, "text": text})))?;
        }
        for (typed, id) in cases {
            let found = search(tx, typed, 9)?;
            assert_eq!(found.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(), [id], "{typed}");
            let marked = [found[0].title.as_str(), &found[0].snippet].concat();
            assert!(marked.contains('\u{2}') && marked.contains('\u{3}'), "{typed}: {marked}");
        }
        assert_eq!(search(tx, "juergen gross", 9)?[0].title, "\u{2}Jürgen\u{3} \u{2}Groß\u{3}");
        let snippet = "care-leaver since 2024, ring \u{2}07700 900123\u{3} now";
        assert_eq!(search(tx, "+447700900123", 9)?[0].snippet, snippet);
        // A changed text is found by its new words only.
        tx.index(SearchKind::Contact, "duc", Some(&json!({"title": "Ana", "text": ""})))?;
        assert_eq!(search(tx, "duc", 9)?, []);
        assert_eq!(search(tx, "ana", 9)?.len(), 1);
        Ok(())
    });
}

pub(crate) fn search_finds_numbers_of_lines_and_opportunities(store: &mut impl Store) {
    let mut lines = directory("duty");
    let phones = json!([{"number": "+442079460101", "kind": "duty", "ext": "4"},
        {"number": "116123", "kind": "landline"}]);
    lines.lines.0[0].phones = read(phones);
    let mut job = opportunities(&["baker"]);
    if let Some(pack) = &mut job.opportunities {
        pack.opportunities.0[0].phone = Some("+447700900456".into());
        pack.opportunities.0[0].contact_name = Some("Łukasz".into());
    }
    run(store, |tx| {
        tx.show_edition(&EditionPacks { directory: Some(lines), ..nothing() })?;
        tx.show_edition(&job)?;
        for typed in ["020 7946 0101", "+44 20 7946 0101 x4", "02079", "116 123", "116123"] {
            let found = search(tx, typed, 9)?;
            assert_eq!((found.len(), found[0].kind), (1, SearchKind::Line), "{typed}");
        }
        let found = search(tx, "07700900456", 9)?;
        assert_eq!(found[0].snippet, "Łukasz \u{2}07700 900456\u{3}");
        assert_eq!(search(tx, "lukasz", 9)?.len(), 1);
        assert_eq!(search(tx, "07700 900457", 9)?, []);
        let found = search(tx, "116 123", 9)?;
        assert!(found[0].snippet.ends_with("020 7946 0101 ext 4 \u{2}116 123\u{3}"), "{found:?}");
        Ok(())
    });
}

pub(crate) fn title_match_ranks_first(store: &mut impl Store) {
    run(store, |tx| {
        let texts = [("a", "Ben", "works with Ada"), ("b", "Ada", "works alone")];
        for (id, title, text) in texts {
            tx.index(SearchKind::Contact, id, Some(&json!({"title": title, "text": text})))?;
        }
        let found = search(tx, "ada", 9)?;
        assert_eq!(found.iter().map(|found| found.id.as_str()).collect::<Vec<_>>(), ["b", "a"]);
        assert_eq!(search(tx, "ada", 1)?.len(), 1);
        assert_eq!(found[1].snippet, "works with \u{2}Ada\u{3}");
        Ok(())
    });
}

pub(crate) fn search_lists_only_the_kinds_that_are_asked_for(store: &mut impl Store) {
    let text = json!({"title": "Ada", "text": ""});
    run(store, |tx| {
        tx.index(SearchKind::Contact, "a", Some(&text))?;
        tx.index(SearchKind::OwnContact, "b", Some(&text))?;
        let found = tx.search("ada", &[SearchKind::OwnContact, SearchKind::Line], 1)?;
        assert_eq!(found.iter().map(|found| found.id.as_str()).collect::<Vec<_>>(), ["b"]);
        assert_eq!(tx.search("ada", &[SearchKind::Pledge], 9)?, []);
        assert_eq!(tx.search("ada", &[], 9)?, []);
        Ok(())
    });
}

pub(crate) fn removed_record_is_not_found(store: &mut impl Store) {
    let text = |title: &str| json!({"title": title, "text": ""});
    run(store, |tx| {
        tx.index(SearchKind::OwnContact, "a", Some(&text("Mum")))?;
        tx.index(SearchKind::OwnContact, "a", Some(&text("Mother")))?;
        assert_eq!(search(tx, "mum", 9)?, [], "its text was replaced");
        assert_eq!(search(tx, "mother", 9)?.len(), 1);
        tx.index(SearchKind::OwnContact, "a", None)?;
        tx.index(SearchKind::OwnContact, "b", None)?;
        assert_eq!(search(tx, "mother", 9)?, []);
        Ok(())
    });
}

pub(crate) fn picture_status_follows_its_bytes(store: &mut impl Store) {
    run(store, |tx| {
        assert_eq!(tx.picture_status("hash")?, PictureStatus::Missing);
        tx.put_picture("hash", None)?;
        assert_eq!(tx.picture_status("hash")?, PictureStatus::Unavailable);
        assert_eq!(tx.picture("hash")?, None);
        tx.retry_unavailable_pictures()?;
        assert_eq!(tx.picture_status("hash")?, PictureStatus::Missing);
        tx.put_picture("hash", Some(b"bytes"))?;
        tx.retry_unavailable_pictures()?;
        assert_eq!(tx.picture_status("hash")?, PictureStatus::Present);
        assert_eq!(tx.picture("hash")?.as_deref(), Some(b"bytes".as_slice()));
        Ok(())
    });
}

pub(crate) fn unused_pictures_are_removed_with_the_promise(store: &mut impl Store) {
    let section = |hash| json!([{"id": "home", "title": {"en": "Home"}, "picture": picture(hash)}]);
    let pledge = json!({"id": "p", "section": "home", "title": {"en": "Pledge"},
        "text": {"en": "Text"}, "picture": picture("of-pledge")});
    run(store, |tx| {
        tx.show_edition(&promise(section("old"), pledge.clone()))?;
        for (hash, bytes) in [("old", Some(b"1")), ("of-pledge", Some(b"2")), ("new", None)] {
            tx.put_picture(hash, bytes.map(<[u8; 1]>::as_slice))?;
        }
        tx.show_edition(&promise(section("new"), pledge))?;
        let hashes: Vec<_> = tx.promise_pictures()?.into_iter().map(|named| named.hash).collect();
        assert_eq!(hashes, ["new", "of-pledge"], "those of sections first");
        assert_eq!(tx.picture_status("old")?, PictureStatus::Missing);
        assert_eq!(tx.picture_status("new")?, PictureStatus::Missing, "it is requested again");
        assert_eq!(tx.picture_status("of-pledge")?, PictureStatus::Present);
        Ok(())
    });
}

pub(crate) fn pictures_come_with_sync_by_default(store: &mut impl Store) {
    run(store, |tx| {
        assert!(tx.pictures_with_sync()?);
        tx.set_pictures_with_sync(false)?;
        assert!(!tx.pictures_with_sync()?);
        Ok(())
    });
}
