//! A contact's leave.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Days on which a contact is away, and who covers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Leave {
    /// The first day away.
    pub from: NaiveDate,
    /// The last day away.
    pub to: NaiveDate,
    /// The contact who covers. On a staff card, the staff member who covers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cover: Option<String>,
    /// What a newer version wrote and this one does not know.
    #[serde(flatten)]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub unknown: Map<String, Value>,
}

impl Leave {
    /// Returns `true` if the contact is away on this day.
    pub fn includes(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.to
    }
}
