//! The promise: what a council pledges to its care leavers.
//!
//! The fields follow the statutory local offer (Children and Social Work Act 2017, section 2) and
//! the Care Leaver Covenant's five outcomes.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Localised, Pack, PackName, Picture, Table};
use crate::vocabulary::vocabulary;

/// The promise pack.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Promise {
    /// The council that makes it.
    pub council: Council,
    /// Its title, such as "Our promise to you".
    #[serde(default, skip_serializing_if = "Localised::is_empty")]
    pub title: Localised,
    /// An introduction.
    #[serde(default, skip_serializing_if = "Localised::is_empty")]
    pub intro: Localised,
    /// Its sections, in reading order.
    pub sections: Vec<PromiseSection>,
    /// Every pledge, in reading order within each section.
    pub pledges: Table<Pledge>,
    /// What a newer version wrote and this one does not know.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl Pack for Promise {
    const NAME: PackName = PackName::Promise;
}

/// The council that makes the promise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Council {
    /// Its short name, such as `barnet`.
    pub id: String,
    /// Its full name.
    pub name: String,
    /// What a newer version wrote and this one does not know.
    #[serde(flatten)]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub unknown: Map<String, Value>,
}

/// A section of the promise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PromiseSection {
    /// Its id: pledges refer to it.
    pub id: String,
    /// Its heading.
    pub title: Localised,
    /// A sentence under the heading.
    #[serde(default, skip_serializing_if = "Localised::is_empty")]
    pub intro: Localised,
    /// A picture beside it. Older phones keep it and do not display it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<Picture>,
    /// What a newer version wrote and this one does not know.
    #[serde(flatten)]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub unknown: Map<String, Value>,
}

/// One thing that the council pledges.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Pledge {
    /// The pledge's id, stable across editions: marks and asks refer to it.
    pub id: String,
    /// The id of its section.
    pub section: String,
    /// Its heading.
    pub title: Localised,
    /// What is pledged.
    pub text: Localised,
    /// The same in Easy Read: short sentences, one idea each.
    #[serde(default, skip_serializing_if = "Localised::is_empty")]
    pub easy_read: Localised,
    /// The statutory theme.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<Theme>,
    /// The Covenant outcome, 1 to 5: living independently; education, employment and training;
    /// stability and safety; health; money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<u8>,
    /// Its legal basis.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<Basis>,
    /// The law or guidance that it is based on, such as "Children Act 1989 s.23C".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_ref: Option<String>,
    /// The categories of care leavers that it is for. Empty means all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub who: Vec<Category>,
    /// From this birthday.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age_min: Option<u8>,
    /// Until this birthday (exclusive).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age_max: Option<u8>,
    /// The amount in words, such as "up to £3,000".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<String>,
    /// How to get it.
    #[serde(default, skip_serializing_if = "Localised::is_empty")]
    pub how_to_get: Localised,
    /// The role to ask, such as "Personal adviser".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ask_role: Option<String>,
    /// The evidence that is needed, such as a letter from the council.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
    /// Where a care leaver must live to get it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<PledgeArea>,
    /// Its first day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<NaiveDate>,
    /// Its last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<NaiveDate>,
    /// The day on which the law that it is based on comes into force, if that is still to come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_force_from: Option<NaiveDate>,
    /// Where it is published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_url: Option<String>,
    /// When the council last checked it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked_on: Option<NaiveDate>,
    /// A picture beside it. Older phones keep it and do not display it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<Picture>,
    /// What a newer version wrote and this one does not know.
    #[serde(flatten)]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub unknown: Map<String, Value>,
}

vocabulary! {
    /// The themes of the local offer: section 2(2)(a) to (f) of the 2017 Act, and (g), which the
    /// Children's Wellbeing and Schools Act 2026 adds.
    pub enum Theme {
        /// (a) Health and well-being.
        A = "a",
        /// (b) Relationships.
        B = "b",
        /// (c) Education and training.
        C = "c",
        /// (d) Employment.
        D = "d",
        /// (e) Accommodation.
        E = "e",
        /// (f) Participation in society.
        F = "f",
        /// (g) Financial literacy.
        G = "g",
    }
}

vocabulary! {
    /// The legal basis of a pledge.
    pub enum Basis {
        /// An Act or regulations: the council must.
        Statutory = "statutory",
        /// Government guidance: the council should.
        Guidance = "guidance",
        /// The council's own choice.
        Discretionary = "discretionary",
    }
}

vocabulary! {
    /// The legal categories of care leaver.
    pub enum Category {
        /// 16 or 17 and still looked after.
        Eligible = "eligible",
        /// 16 or 17 and no longer looked after.
        Relevant = "relevant",
        /// 18 or over, and relevant or eligible before.
        FormerRelevant = "former_relevant",
        /// Some time in care at 16 or 17, or a special guardian, but none of the others.
        Qualifying = "qualifying",
    }
}

vocabulary! {
    /// Where a care leaver must live to get a pledge.
    pub enum PledgeArea {
        /// This council's care leavers, wherever they live.
        Own = "own",
        /// Care leavers who live in this council's area.
        Resident = "resident",
        /// Any care leaver.
        Any = "any",
    }
}
