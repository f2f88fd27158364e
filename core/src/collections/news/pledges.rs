//! Pledges that were added, changed or taken out.

use std::collections::BTreeMap;

use promise_protocol::{
    pack::{Pledge, Promise},
    vocabulary::PledgeMark,
};

use super::{Unseen, keep, unseen::forget};
use crate::{
    app_lock::View,
    brain::{PledgeChange, is_pledge_changed, pledge_change},
    collections::{
        Record,
        pledges::{PLEDGE_MARK, documents},
    },
    store::{DocumentKind, EarlierKind, EarlierRecord, StoreError, Tx},
};

/// A pledge that is not as the person last saw it.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PledgeNews {
    /// The id of this news: pass it back when the person has seen it.
    pub news_id: String,
    /// What happened to it.
    pub what: PledgeNewsKind,
    /// The pledge as it is now; if it is gone, as it was.
    pub pledge: Pledge,
    /// Where the young person stands with it. Only their phones can read it.
    pub mark: Option<PledgeMark>,
    /// What changed in it. Empty unless it was changed.
    pub change: PledgeChange,
}

/// What happened to a pledge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum PledgeNewsKind {
    /// It is new.
    Added,
    /// It says something else than before.
    Changed,
    /// The council does not promise it any more.
    Gone,
}

/// Before a promise replaces the one that is shown: keeps the pledges that it changes. The first promise
/// changes none.
pub(crate) fn keep_before_promise(tx: &mut dyn Tx, new: &Promise) -> Result<(), StoreError> {
    if tx.document_ids(DocumentKind::Promise)?.is_empty() {
        return Ok(());
    }
    let shown = documents::<Pledge>(tx, DocumentKind::Pledge)?;
    let new: BTreeMap<&str, &Pledge> =
        new.pledges.0.iter().map(|pledge| (pledge.id.as_str(), pledge)).collect();
    for id in new.keys().filter(|id| !shown.iter().any(|pledge| pledge.id == **id)) {
        keep(tx, &EarlierRecord { kind: EarlierKind::Pledge, id: (*id).to_owned(), body: None })?;
    }
    for pledge in shown {
        let is_kept = new.get(pledge.id.as_str()).is_none_or(|now| is_pledge_changed(&pledge, now));
        if is_kept {
            let body = Some(serde_json::to_value(&pledge)?);
            keep(tx, &EarlierRecord { kind: EarlierKind::Pledge, id: pledge.id, body })?;
        }
    }
    Ok(())
}

pub(super) fn list(
    tx: &mut dyn Tx,
    languages: &[&str],
    view: View,
) -> Result<Vec<PledgeNews>, StoreError> {
    let records = if view.has_private() { Record::list(tx, PLEDGE_MARK)? } else { Vec::new() };
    let unseen = unseen(tx)?.into_iter();
    let mut news: Vec<PledgeNews> = unseen
        .filter_map(|unseen| {
            let record = records.iter().find(|record| record.id == unseen.id);
            let mark = record.and_then(|record| record.get("mark"));
            PledgeNews::new(unseen, mark, languages)
        })
        .collect();
    // It is in the order of the promise already.
    news.sort_by_key(|news| (news.mark.is_none(), news.what == PledgeNewsKind::Gone));
    Ok(news)
}

pub(super) fn mark_seen(
    tx: &mut dyn Tx,
    is_meant: impl Fn(&str) -> bool,
) -> Result<bool, StoreError> {
    let unseen = unseen(tx)?;
    forget(tx, EarlierKind::Pledge, &unseen, is_meant)
}

impl PledgeNews {
    /// Returns `None` if nothing changed for a person who reads these languages.
    fn new(
        Unseen { news_id, before, now, .. }: Unseen<Pledge>,
        mark: Option<PledgeMark>,
        languages: &[&str],
    ) -> Option<Self> {
        let change = match (&before, &now) {
            (Some(before), Some(now)) => pledge_change(before, now, languages),
            _ => PledgeChange::default(),
        };
        let (what, pledge) = match (before, now) {
            (None, now) => (PledgeNewsKind::Added, now?),
            (Some(before), None) => (PledgeNewsKind::Gone, before),
            (Some(_), Some(_)) if change.is_empty() => return None,
            (Some(_), Some(now)) => (PledgeNewsKind::Changed, now),
        };
        Some(Self { news_id, what, pledge, mark, change })
    }
}

/// Lists the pledges that are not as the person last saw them, in the order of the promise. What is gone comes
/// last.
fn unseen(tx: &mut dyn Tx) -> Result<Vec<Unseen<Pledge>>, StoreError> {
    let kept = tx.all_earlier(EarlierKind::Pledge)?;
    if kept.is_empty() {
        return Ok(Vec::new());
    }
    let shown = documents::<Pledge>(tx, DocumentKind::Pledge)?;
    let place = |id: &str| shown.iter().position(|pledge| pledge.id == id);
    let unseen = kept.into_iter().filter_map(|kept| {
        let place = place(&kept.id);
        let now = place.and_then(|place| shown.get(place)).cloned();
        Some((place.unwrap_or(usize::MAX), Unseen::new(kept, now)?))
    });
    let mut unseen: Vec<(usize, Unseen<Pledge>)> = unseen.collect();
    unseen.sort_by_key(|(place, _)| *place);
    Ok(unseen.into_iter().map(|(_, unseen)| unseen).collect())
}
