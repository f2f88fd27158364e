//! Records as they were at a moment that matters for the person, to compare what they are now with.

use serde_json::Value;

use super::StoreError;

/// Of what a record is kept, and as of when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EarlierKind {
    /// A pledge as the person last saw it.
    Pledge,
    /// A saved opportunity as the person last saw it.
    Opportunity,
    /// The closing of a saved opportunity that the person has seen.
    Closing,
    /// An appointment as the person last saw it.
    Appointment,
    /// The day for which a visit or review was planned as the person last saw it.
    Timescale,
    /// The answer to an ask as the person last saw it.
    Answer,
    /// An appointment as this phone last wrote it into a calendar file.
    Calendar,
}

impl EarlierKind {
    /// Returns the text that stands for this kind in a store.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Pledge => "pledge",
            Self::Opportunity => "opportunity",
            Self::Closing => "closing",
            Self::Appointment => "appointment",
            Self::Timescale => "timescale",
            Self::Answer => "answer",
            Self::Calendar => "calendar",
        }
    }
}

/// A record as it was.
#[derive(Clone, Debug, PartialEq)]
pub struct EarlierRecord {
    /// Of what.
    pub kind: EarlierKind,
    /// The record's id.
    pub id: String,
    /// The record; `None` if there was none.
    pub body: Option<Value>,
}

/// Stores earlier records. They stay on this phone.
pub trait EarlierStore {
    /// Stores a record in place of the one with the same kind and id.
    fn put_earlier(&mut self, record: &EarlierRecord) -> Result<(), StoreError>;
    /// Returns the record of this kind and id; `None` if none is kept.
    fn earlier(&mut self, kind: EarlierKind, id: &str)
    -> Result<Option<EarlierRecord>, StoreError>;
    /// Lists the records of one kind, by id.
    fn all_earlier(&mut self, kind: EarlierKind) -> Result<Vec<EarlierRecord>, StoreError>;
    /// Removes a record. Returns `true` if there was one.
    fn remove_earlier(&mut self, kind: EarlierKind, id: &str) -> Result<bool, StoreError>;

    /// Returns the time by the server's clock, in milliseconds since 1970, after which what the council
    /// changes is new to the person; `None` until the first sync has brought everything.
    fn news_after(&mut self) -> Result<Option<i64>, StoreError>;
    /// Sets that time.
    fn set_news_after(&mut self, millis: i64) -> Result<(), StoreError>;
}
