//! The directory: lines anyone of this council can ring, and the days on which offices are closed.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Localised, Pack, PackName, Table};
use crate::values::{Opening, PhoneNumber};

/// The directory pack.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Directory {
    /// The lines, in the order in which to show them.
    pub lines: Table<Line>,
    /// Bank holidays and other days on which office hours do not hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub closed_days: Vec<ClosedDay>,
    /// What a newer version wrote and this one does not know.
    #[serde(flatten)]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub unknown: Map<String, Value>,
}

impl Pack for Directory {
    const NAME: PackName = PackName::Directory;
}

/// One line anyone can ring.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Line {
    /// The line's name, stable across editions.
    pub id: String,
    /// What it is, such as "Leaving care duty line".
    pub role: String,
    /// What it is called on the screen.
    pub display_name: Localised,
    /// Who answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
    /// The numbers.
    pub phones: Vec<PhoneNumber>,
    /// The address to write to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// When somebody answers, in London time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hours: Vec<Opening>,
    /// What closed days do to the hours.
    #[serde(default)]
    pub on_closed_days: ClosedDays,
    /// When to ring it, in plain words.
    #[serde(default, skip_serializing_if = "Localised::is_empty")]
    pub about: Localised,
    /// Languages spoken.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<String>,
    /// What a newer version wrote and this one does not know.
    #[serde(flatten)]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub unknown: Map<String, Value>,
}

/// What closed days do to a line's hours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum ClosedDays {
    /// Nobody answers.
    #[default]
    Closed,
    /// The hours hold as on any day.
    AsUsual,
    /// Somebody answers all day: an emergency team.
    OpenAllDay,
}

/// A day on which office hours do not hold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ClosedDay {
    /// The day.
    pub date: NaiveDate,
    /// What it is, such as "Christmas Day".
    pub name: String,
    /// What a newer version wrote and this one does not know.
    #[serde(flatten)]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub unknown: Map<String, Value>,
}
