//! Opportunities: what a young person can apply for, get or join.
//!
//! The kinds are those of the Care Leaver Covenant, with the ones councils and charities add.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Category, Pack, PackName, Table};
use crate::{
    values::{PhoneKind, PhoneNumber},
    vocabulary::{open_vocabulary, vocabulary},
};

/// The opportunities pack. Every phone of the council gets all of it, so that the server never learns
/// what one person reads.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Opportunities {
    /// Every opportunity.
    pub opportunities: Table<Opportunity>,
    /// What a newer version wrote and this one does not know.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl Pack for Opportunities {
    const NAME: PackName = PackName::Opportunities;
}

/// One opportunity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Opportunity {
    /// The opportunity's id, stable across editions: saves refer to it.
    pub id: String,
    /// Its kind.
    pub kind: OpportunityKind,
    /// Its heading.
    pub title: String,
    /// One or two sentences.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub summary: String,
    /// Everything else, in plain text.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub body: String,
    /// Who offers it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub organisation: String,
    /// Its page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Where to apply.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub apply_url: Option<String>,
    /// How to apply, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub how_to_apply: Option<String>,
    /// The person to ask for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact_name: Option<String>,
    /// The telephone number: E.164, or a short code or Relay UK number as it is dialled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// The extension to dial after the number. Older phones keep it and do not display it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub phone_ext: Option<String>,
    /// The e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Where it is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Place>,
    /// `true` if it is for the whole country.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub national: bool,
    /// `true` if it can be done online.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub online: bool,
    /// Its first day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts: Option<NaiveDate>,
    /// Its last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends: Option<NaiveDate>,
    /// When applications close. For a closing day, its last second in London.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closes_at: Option<DateTime<Utc>>,
    /// What it costs, in words. `None` if unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<String>,
    /// What it gives, in words, such as "£1,000".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<String>,
    /// Its pay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pay: Option<Pay>,
    /// Its hours, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
    /// From this birthday.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age_min: Option<u8>,
    /// Until this birthday (exclusive).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age_max: Option<u8>,
    /// `true` if only care leavers can have it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub care_leavers_only: bool,
    /// The categories of care leavers that it is for. Empty means all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub who: Vec<Category>,
    /// The Covenant outcome, 1 to 5.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<u8>,
    /// The councils whose care leavers it is for. Empty means any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub council_scope: Vec<String>,
    /// The evidence that an applicant must present.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
    /// The languages in which it is offered (BCP 47).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<String>,
    /// Where the record comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<OpportunitySource>,
    /// Whether it is open to applications.
    #[serde(default, skip_serializing_if = "OpportunityStatus::is_open")]
    pub status: OpportunityStatus,
    /// What a newer version wrote and this one does not know.
    #[serde(flatten)]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub unknown: Map<String, Value>,
}

impl Opportunity {
    /// The telephone number with its extension. What it is for follows from its digits.
    pub fn phone_number(&self) -> Option<PhoneNumber> {
        let number = self.phone.clone()?;
        let (kind, ext) = (PhoneKind::guess(&number), self.phone_ext.clone());
        Some(PhoneNumber { number, kind, ext, prefer: false, unknown: Map::new() })
    }
}

open_vocabulary! {
    /// The kind of an opportunity.
    pub enum OpportunityKind {
        /// Money off.
        Discount = "discount",
        /// Money towards something.
        FinancialSupport = "financial_support",
        /// A payment that is waived.
        Exemption = "exemption",
        /// Personal development.
        PersonalDevelopment = "personal_development",
        /// A session to learn or make something.
        Workshop = "workshop",
        /// A course.
        Training = "training",
        /// Work experience.
        WorkExperience = "work_experience",
        /// Paid work with training.
        Apprenticeship = "apprenticeship",
        /// A longer stay in a workplace.
        Internship = "internship",
        /// Paid work.
        Job = "job",
        /// A day out, tickets.
        Event = "event",
        /// Helping others.
        Volunteering = "volunteering",
        /// Somewhere to live.
        Housing = "housing",
        /// A mentor.
        Mentoring = "mentoring",
    }
}

/// Where an opportunity is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Place {
    /// Its name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Its postcode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postcode: Option<String>,
    /// Degrees north (WGS 84).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lat: Option<f64>,
    /// Degrees east (WGS 84).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lon: Option<f64>,
    /// What a newer version wrote and this one does not know.
    #[serde(flatten)]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub unknown: Map<String, Value>,
}

/// The pay of an opportunity.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Pay {
    /// The kind of wage, such as "National minimum".
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub wage: Option<String>,
    /// The least, in pence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<u32>,
    /// The most, in pence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<u32>,
    /// The unit of time that it is for: `hour`, `week`, `month` or `year`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The pay in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// What a newer version wrote and this one does not know.
    #[serde(flatten)]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub unknown: Map<String, Value>,
}

/// Where a record comes from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct OpportunitySource {
    /// The feed or file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feed: Option<String>,
    /// The record's id there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// When it was fetched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fetched_at: Option<DateTime<Utc>>,
    /// The hash of the fetched data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hash: Option<String>,
    /// Its licence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
    /// What a newer version wrote and this one does not know.
    #[serde(flatten)]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub unknown: Map<String, Value>,
}

vocabulary! {
    /// Whether an opportunity is open to applications.
    #[derive(Default)]
    pub enum OpportunityStatus {
        /// It is open.
        #[default]
        Open = "open",
        /// It is full for now.
        Paused = "paused",
        /// It is over.
        Closed = "closed",
    }
}

impl OpportunityStatus {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
    fn is_open(&self) -> bool {
        *self == Self::Open
    }
}
