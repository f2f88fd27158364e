//! The directory: telephone lines for everyone, the days on which offices are closed, and timescales.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Localised, Pack, PackName, Table, Timescale};
use crate::{
    values::{Opening, PhoneNumber},
    vocabulary::vocabulary,
};

/// The directory pack.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Directory {
    /// The lines, in display order.
    pub lines: Table<Line>,
    /// Bank holidays and other days on which office hours do not apply.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub closed_days: Vec<ClosedDay>,
    /// How often something has to happen for a young person, by law and by the council's promise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub timescales: Vec<Timescale>,
    /// What a newer version wrote and this one does not know.
    #[serde(flatten)]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub unknown: Map<String, Value>,
}

impl Pack for Directory {
    const NAME: PackName = PackName::Directory;
}

/// A telephone line for everyone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Line {
    /// The line's id, stable across editions.
    pub id: String,
    /// What it is, such as "Leaving care duty line".
    pub role: String,
    /// Its name on the screen.
    pub display_name: Localised,
    /// Who answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
    /// The numbers.
    pub phones: Vec<PhoneNumber>,
    /// The e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// When it is answered, in London time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hours: Vec<Opening>,
    /// How closed days change the hours.
    #[serde(default)]
    pub on_closed_days: ClosedDays,
    /// When to ring it.
    #[serde(default, skip_serializing_if = "Localised::is_empty")]
    pub about: Localised,
    /// The languages that are spoken (BCP 47).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<String>,
    /// What a newer version wrote and this one does not know.
    #[serde(flatten)]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub unknown: Map<String, Value>,
}

vocabulary! {
    /// How closed days change a line's hours.
    #[derive(Default)]
    pub enum ClosedDays {
        /// It is not answered.
        #[default]
        Closed = "closed",
        /// The hours apply as on any day.
        AsUsual = "as_usual",
        /// It is answered all day: an emergency team.
        OpenAllDay = "open_all_day",
    }
}

/// A day on which office hours do not apply.
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
