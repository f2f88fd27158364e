//! The promise by section, with where the young person stands with each pledge.

use std::collections::BTreeMap;

use promise_protocol::pack::{self, Council, Directory, Line, Localised, Pledge, PromiseSection};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{
    records::Record,
    store::{DocumentKind, StoreError, Tx},
};

/// The collection of pledge marks.
pub const PLEDGE_MARK: &str = "pledge_mark";

/// The promise as it is read.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PromiseByChapter {
    /// Whose promise it is.
    pub council: Council,
    /// What it is called.
    pub title: Localised,
    /// A first word to the reader.
    pub intro: Localised,
    /// Its sections in order, each with its pledges.
    pub chapters: Vec<Chapter>,
    /// The number of the edition.
    pub edition: u64,
}

/// One section with its pledges.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Chapter {
    /// The section.
    pub section: PromiseSection,
    /// Its pledges in order.
    pub pledges: Vec<MarkedPledge>,
}

/// A pledge, and where the young person stands with it.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct MarkedPledge {
    /// The pledge.
    pub pledge: Pledge,
    /// `having_it`, `want_it`, `had_it` or `not_for_me`. Private to the phone.
    pub mark: Option<String>,
    /// The young person's own note. Private to the phone.
    pub note: Option<String>,
}

#[derive(Deserialize)]
struct Head {
    council: Council,
    title: Localised,
    intro: Localised,
}

/// The promise, once an edition is here.
pub fn by_chapter(tx: &mut dyn Tx) -> Result<Option<PromiseByChapter>, StoreError> {
    let Some(head) = documents::<Head>(tx, DocumentKind::Promise)?.into_iter().next() else {
        return Ok(None);
    };
    let marks = Record::gather(tx.current(PLEDGE_MARK)?);
    let marks: BTreeMap<&str, &Record> =
        marks.iter().map(|mark| (mark.id.as_str(), mark)).collect();
    let mut pledges: BTreeMap<String, Vec<MarkedPledge>> = BTreeMap::new();
    for pledge in documents::<Pledge>(tx, DocumentKind::Pledge)? {
        let mark = marks.get(pledge.id.as_str()).filter(|mark| !mark.is_deleted());
        pledges.entry(pledge.section.clone()).or_default().push(MarkedPledge {
            mark: mark.and_then(|mark| mark.maybe_text("mark")),
            note: mark.and_then(|mark| mark.maybe_text("note")),
            pledge,
        });
    }
    let chapters =
        documents::<PromiseSection>(tx, DocumentKind::Section)?.into_iter().map(|section| {
            Chapter { pledges: pledges.remove(&section.id).unwrap_or_default(), section }
        });
    Ok(Some(PromiseByChapter {
        council: head.council,
        title: head.title,
        intro: head.intro,
        chapters: chapters.collect(),
        edition: tx.sync_state()?.edition.unwrap_or_default(),
    }))
}

/// The directory: lines anyone can ring, and the days on which offices are closed.
pub fn directory(tx: &mut dyn Tx) -> Result<Directory, StoreError> {
    Ok(Directory {
        lines: pack::Table(documents::<Line>(tx, DocumentKind::Line)?),
        closed_days: documents(tx, DocumentKind::ClosedDay)?,
        unknown: serde_json::Map::new(),
    })
}

/// A text in the first of these languages that it has, or in English.
pub fn in_language<'a>(text: &'a Localised, languages: &[&str]) -> &'a str {
    pack::in_language(text, languages).map_or("", |(_, text)| text)
}

fn documents<T: DeserializeOwned>(
    tx: &mut dyn Tx,
    kind: DocumentKind,
) -> Result<Vec<T>, StoreError> {
    let read = |document: Value| serde_json::from_value(document).map_err(StoreError::from);
    tx.documents(kind)?.into_iter().map(read).collect()
}
