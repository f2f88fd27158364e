//! A record that is not as the person last saw it.

use promise_protocol::{canonical, pack};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

use crate::store::{EarlierKind, EarlierRecord, StoreError, Tx};

/// A record as the person last saw it, and as it is now.
#[derive(Clone, Debug)]
pub(super) struct Unseen<T> {
    /// The record's id.
    pub id: String,
    /// The id of the difference. Another change of the same record has another one, so that a tap on what was
    /// shown never hides what came since.
    pub news_id: String,
    /// As the person last saw it; `None` if it was not there.
    pub before: Option<T>,
    /// As it is now; `None` if it is not there any more.
    pub now: Option<T>,
}

impl<T: Serialize + DeserializeOwned> Unseen<T> {
    /// Compares what is kept of a record with what it is now. Returns `None` if it is the same, was there neither
    /// then nor now, or was kept in a form that this version cannot read.
    pub(super) fn new(kept: EarlierRecord, now: Option<T>) -> Option<Self> {
        let EarlierRecord { kind, id, body } = kept;
        let before: Option<T> = body.map(serde_json::from_value).transpose().ok()?;
        let states = [before.as_ref(), now.as_ref()].map(as_json);
        let is_same = states.first() == states.last();
        let news_id = news_id(kind, &id, &states);
        (!is_same).then_some(Self { id, news_id, before, now })
    }
}

/// The record as JSON; null if there is none.
fn as_json<T: Serialize>(record: Option<&T>) -> Value {
    serde_json::to_value(record).unwrap_or_default()
}

/// Returns the id of a difference between states of a record.
pub(super) fn news_id(kind: EarlierKind, id: &str, states: &[Value]) -> String {
    pack::hash(&canonical::to_vec(&json!([kind.as_str(), id, states])))
}

/// Forgets what was kept of the record with this difference. Returns `false` if there is none.
pub(super) fn forget<T>(
    tx: &mut dyn Tx,
    kind: EarlierKind,
    unseen: &[Unseen<T>],
    is_meant: impl Fn(&str) -> bool,
) -> Result<bool, StoreError> {
    match unseen.iter().find(|it| is_meant(&it.news_id)) {
        Some(found) => tx.remove_earlier(kind, &found.id),
        None => Ok(false),
    }
}
