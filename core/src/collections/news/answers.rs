//! Asks that were answered.

use promise_protocol::vocabulary::AskStatus;
use serde::{Deserialize, Serialize};

use super::{Unseen, keep as keep_earlier, unseen::forget};
use crate::{
    collections::{
        Record,
        asks::{self, ASK, Ask},
    },
    store::{EarlierKind, EarlierRecord, StoreError, Tx},
};

/// An ask that was answered since the person last saw it.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct AnswerNews {
    /// The id of this news: pass it back when the person has seen it.
    pub news_id: String,
    /// The ask, with the answer.
    pub ask: Ask,
    /// The answer that the person saw before; `None` if there was none.
    pub reply_before: Option<String>,
}

/// What staff wrote about an ask.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Answer {
    status: Option<AskStatus>,
    reply: Option<String>,
}

impl Answer {
    fn of(ask: &Ask) -> Self {
        // That the adviser has read it is no answer.
        let status = ask.status.clone().filter(|status| *status != AskStatus::Seen);
        Self { status, reply: ask.reply.clone() }
    }
}

/// Keeps the answer to an ask before staff change it.
pub(super) fn keep(tx: &mut dyn Tx, id: &str) -> Result<(), StoreError> {
    if tx.news_after()?.is_none() {
        return Ok(());
    }
    let Some(record) = Record::find(tx, ASK, id)? else { return Ok(()) };
    let body = Some(serde_json::to_value(Answer::of(&Ask::from_record(&record)))?);
    keep_earlier(tx, &EarlierRecord { kind: EarlierKind::Answer, id: id.to_owned(), body })
}

pub(super) fn list(tx: &mut dyn Tx) -> Result<Vec<AnswerNews>, StoreError> {
    let (asks, mut unseen) = (asks::list(tx)?, unseen(tx)?);
    let news = asks.into_iter().filter_map(|ask| {
        let place = unseen.iter().position(|unseen| ask.id == *unseen.id.as_str())?;
        let Unseen { news_id, before, .. } = unseen.swap_remove(place);
        Some(AnswerNews { news_id, ask, reply_before: before.and_then(|answer| answer.reply) })
    });
    Ok(news.collect())
}

pub(super) fn mark_seen(
    tx: &mut dyn Tx,
    is_meant: impl Fn(&str) -> bool,
) -> Result<bool, StoreError> {
    let unseen = unseen(tx)?;
    forget(tx, EarlierKind::Answer, &unseen, is_meant)
}

/// Lists the answers to asks that are here and that the person has not seen.
fn unseen(tx: &mut dyn Tx) -> Result<Vec<Unseen<Answer>>, StoreError> {
    let kept = tx.all_earlier(EarlierKind::Answer)?;
    let mut unseen = Vec::new();
    for kept in kept {
        let now = Record::find(tx, ASK, &kept.id)?.map(|it| Answer::of(&Ask::from_record(&it)));
        // An ask that the person deleted has no answer.
        unseen.extend(now.and_then(|now| Unseen::new(kept, Some(now))));
    }
    Ok(unseen)
}
