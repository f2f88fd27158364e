//! Timescales: how often something has to happen for a young person, by law and by the council's promise.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::Localised;
use crate::values::Period;

/// How often something has to happen, such as a visit of the personal adviser or a review of the pathway
/// plan. The council publishes it, because laws change and every council promises something else.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Timescale {
    /// The timescale's id, stable across editions.
    pub id: String,
    /// What has to happen, such as "Your adviser visits you".
    pub display_name: Localised,
    /// For whom it is, such as "If the council gives you your home".
    #[serde(default, skip_serializing_if = "Localised::is_empty")]
    pub applies_to: Localised,
    /// What the law asks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub law: Option<LegalTimescale>,
    /// What the council promises. The law may ask for less.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub promise: Option<Period>,
    /// What a newer version wrote and this one does not know.
    #[serde(flatten)]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub unknown: Map<String, Value>,
}

/// How often the law asks for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct LegalTimescale {
    /// The longest time between two.
    pub every: Period,
    /// The longest time until the first one, if the law limits it: such as seven days after a young person
    /// has moved in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub first: Option<Period>,
    /// Where the law says so, such as "Care Leavers (England) Regulations 2010, reg 8(2)".
    pub source: String,
    /// The day on which the council last read the law.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub checked_on: Option<NaiveDate>,
    /// What a newer version wrote and this one does not know.
    #[serde(flatten)]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub unknown: Map<String, Value>,
}
