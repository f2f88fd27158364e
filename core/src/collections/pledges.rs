//! The promise by section, and the young person's marks on its pledges.

use std::collections::BTreeMap;

use promise_protocol::{
    PledgeId,
    pack::{Council, Directory, Line, Localised, Pledge, PromiseSection, Table},
    vocabulary::PledgeMark,
};
use serde::{Deserialize, de::DeserializeOwned};

use super::{Collection, Fields, Record, RecordIds, Topic};
use crate::{
    app_lock::View,
    store::{DocumentKind, StoreError, Tx},
};

/// The collection of marks on pledges. Only the person's own phones can read it. A record has the
/// pledge's id.
pub(crate) const PLEDGE_MARK: &str = "pledge_mark";

/// The promise as it is read.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PromiseByChapter {
    /// The council that made it.
    pub council: Council,
    /// Its title.
    pub title: Localised,
    /// Its introduction.
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
    /// Where the young person stands with it. Only their phones can read it.
    pub mark: Option<PledgeMark>,
    /// The young person's note. Only their phones can read it.
    pub note: Option<String>,
}

impl MarkedPledge {
    /// The pledge's id.
    pub fn id(&self) -> PledgeId {
        PledgeId::from(self.pledge.id.as_str())
    }
}

/// The fields of a mark. A note of `None` stays as it is; an empty one is cleared.
pub(crate) fn mark(mark: PledgeMark, note: Option<String>) -> Fields {
    Fields::default().value("mark", Some(mark)).text("note", note)
}

/// The promise, with the marks if they may be read; `None` until an edition is here.
pub(crate) fn by_chapter(
    tx: &mut dyn Tx,
    view: View,
) -> Result<Option<PromiseByChapter>, StoreError> {
    #[derive(Deserialize)]
    struct Head {
        council: Council,
        title: Localised,
        intro: Localised,
    }

    let heads = documents::<Head>(tx, DocumentKind::Promise)?;
    let Some(Head { council, title, intro }) = heads.into_iter().next() else { return Ok(None) };
    let Some(edition) = tx.sync_state()?.edition else { return Ok(None) };
    let mut pledges = marked_pledges(tx, view)?;
    let sections = documents::<PromiseSection>(tx, DocumentKind::Section)?.into_iter();
    let chapters = sections
        .map(|section| Chapter {
            pledges: pledges.remove(&section.id).unwrap_or_default(),
            section,
        })
        .collect();
    Ok(Some(PromiseByChapter { council, title, intro, chapters, edition }))
}

/// The pledges by section.
fn marked_pledges(
    tx: &mut dyn Tx,
    view: View,
) -> Result<BTreeMap<String, Vec<MarkedPledge>>, StoreError> {
    let records = if view.has_private() { Record::list(tx, PLEDGE_MARK)? } else { Vec::new() };
    let records = records.into_iter();
    let marks: BTreeMap<String, Record> = records.map(|mark| (mark.id.clone(), mark)).collect();
    let mut pledges: BTreeMap<String, Vec<MarkedPledge>> = BTreeMap::new();
    for pledge in documents::<Pledge>(tx, DocumentKind::Pledge)? {
        let mark = marks.get(&pledge.id);
        pledges.entry(pledge.section.clone()).or_default().push(MarkedPledge {
            mark: mark.and_then(|mark| mark.get("mark")),
            note: mark.and_then(|mark| mark.text("note")),
            pledge,
        });
    }
    Ok(pledges)
}

/// The directory: lines that anyone can ring, the days on which offices are closed, and timescales.
pub(crate) fn directory(tx: &mut dyn Tx) -> Result<Directory, StoreError> {
    Ok(Directory {
        lines: Table(documents::<Line>(tx, DocumentKind::Line)?),
        closed_days: documents(tx, DocumentKind::ClosedDay)?,
        timescales: documents(tx, DocumentKind::Timescale)?,
        unknown: serde_json::Map::new(),
    })
}

/// Reads the documents of one kind in the order of their pack.
pub(crate) fn documents<T: DeserializeOwned>(
    tx: &mut dyn Tx,
    kind: DocumentKind,
) -> Result<Vec<T>, StoreError> {
    let documents = tx.documents(kind)?.into_iter();
    documents.map(|document| serde_json::from_value(document).map_err(StoreError::from)).collect()
}

/// The young person's marks on pledges.
pub(crate) struct PledgeMarkCollection;

impl Collection for PledgeMarkCollection {
    fn name(&self) -> &'static str {
        PLEDGE_MARK
    }

    fn topic(&self) -> Topic {
        Topic::Promise
    }

    fn record_ids(&self) -> RecordIds {
        RecordIds::Published { kind: DocumentKind::Pledge, withdrawn: None }
    }
}
