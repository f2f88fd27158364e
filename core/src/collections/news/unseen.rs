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

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(body: Option<Value>) -> EarlierRecord {
        EarlierRecord { kind: EarlierKind::Answer, id: "a".to_owned(), body }
    }

    fn unseen(before: Option<Value>, now: Option<&str>) -> Option<Unseen<String>> {
        Unseen::new(kept(before), now.map(str::to_owned))
    }

    #[test]
    fn record_that_is_as_it_was_or_was_never_there_is_seen() {
        assert!(unseen(Some(json!("one")), Some("one")).is_none());
        assert!(unseen(None, None).is_none());
        for (before, now) in [(None, Some("one")), (Some(json!("one")), None)] {
            let unseen = unseen(before.clone(), now).unwrap();
            assert_eq!((unseen.before.is_some(), unseen.now.as_deref()), (before.is_some(), now));
        }
    }

    #[test]
    fn each_difference_has_its_own_id() {
        let id = |before: &str, now| unseen(Some(json!(before)), Some(now)).unwrap().news_id;
        assert_eq!(id("one", "two"), id("one", "two"));
        assert_ne!(id("one", "two"), id("one", "three"));
        assert_ne!(id("one", "two"), id("two", "one"));
    }

    #[test]
    fn record_that_another_version_kept_in_another_form_is_left_out() {
        assert!(unseen(Some(json!({"of": "the future"})), Some("one")).is_none());
    }
}
