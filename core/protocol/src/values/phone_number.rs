//! Telephone numbers.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::vocabulary::vocabulary;

/// A telephone number, what it is for and its extension.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PhoneNumber {
    /// E.164 (`+447700900123`), or a short code as it is dialled (`999`, `116123`).
    pub number: String,
    /// What it is for.
    pub kind: PhoneKind,
    /// The extension to dial after the number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub ext: Option<String>,
    /// `true` if this number is to be tried first.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub prefer: bool,
    /// What a newer version wrote and this one does not know.
    #[serde(flatten)]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub unknown: Map<String, Value>,
}

vocabulary! {
    /// What a telephone number is for.
    pub enum PhoneKind {
        /// A mobile phone.
        Mobile = "mobile",
        /// A desk or home phone.
        Landline = "landline",
        /// A team's phone in office hours.
        Duty = "duty",
        /// A team's phone out of office hours.
        Oohs = "oohs",
        /// Texts only.
        Text = "text",
        /// WhatsApp only.
        Whatsapp = "whatsapp",
    }
}
