//! Telephone numbers.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{
    phone_number::{self, NumberType, TypedNumber},
    vocabulary::vocabulary,
};

/// A telephone number, what it is for and its extension.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PhoneNumber {
    /// E.164 (`+447700900123`), or a short code or Relay UK number as it is dialled (`999`, `116123`,
    /// `1800103001234567`).
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

impl PhoneNumber {
    /// What the number can be used for: its own kind, or [`PhoneKind::Text`] for a short code that takes
    /// no calls whatever its kind says.
    pub fn usable_kind(&self) -> PhoneKind {
        match phone_number::number_type(&self.number) {
            Some(NumberType::TextOnly) => PhoneKind::Text,
            _ => self.kind,
        }
    }

    /// Returns `true` if it can be rung, rather than only texted or reached by WhatsApp.
    pub fn can_be_rung(&self) -> bool {
        let is_rung = !matches!(self.usable_kind(), PhoneKind::Text | PhoneKind::Whatsapp);
        is_rung && phone_number::tel_uri(&self.number, None).is_some()
    }

    /// The link that opens the right app: `tel:`, or `sms:` for texts only. Returns `None` for WhatsApp,
    /// which has no link without a third party's web address, and for text that is not a number.
    pub fn link(&self) -> Option<String> {
        match self.usable_kind() {
            PhoneKind::Text => phone_number::sms_uri(&self.number),
            PhoneKind::Whatsapp => None,
            _ => phone_number::tel_uri(&self.number, self.ext.as_deref()),
        }
    }
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

impl PhoneKind {
    /// The kind that a stored number has if none was typed.
    pub fn guess(number: &str) -> Self {
        match phone_number::number_type(number) {
            Some(NumberType::TextOnly | NumberType::MobileShortCode) => Self::Text,
            Some(NumberType::Mobile) => Self::Mobile,
            _ => Self::Landline,
        }
    }
}

impl TypedNumber {
    /// The value to store. Without a typed kind, it is guessed from the digits.
    pub fn into_value(self, kind: Option<PhoneKind>, prefer: bool) -> PhoneNumber {
        let kind = kind.unwrap_or_else(|| PhoneKind::guess(&self.number));
        PhoneNumber { number: self.number, kind, ext: self.ext, prefer, unknown: Map::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phone_number::parse;

    #[test]
    fn text_only_number_is_never_rung() {
        let value = |typed: &str, kind| parse(typed).unwrap().into_value(kind, false);
        let shout = value("85258", None);
        assert!(!shout.can_be_rung());
        assert_eq!(shout.link().as_deref(), Some("sms:85258"));
        let mistyped = value("85258", Some(PhoneKind::Mobile));
        assert!(!mistyped.can_be_rung(), "the table knows that it takes no calls");
        let own_range = value("66777", Some(PhoneKind::Duty));
        assert!(own_range.can_be_rung(), "a typed kind wins over a guess");
        let texts = value("07700 900123", Some(PhoneKind::Text));
        assert_eq!(texts.link().as_deref(), Some("sms:+447700900123"));
        assert_eq!(value("07700 900123", Some(PhoneKind::Whatsapp)).link(), None);
        let desk = value("020 7946 0000 x4", None);
        assert_eq!(desk.link().as_deref(), Some("tel:+442079460000;ext=4"));
        assert_eq!(
            value("18001 0300 123 4567", None).link().as_deref(),
            Some("tel:1800103001234567")
        );
    }

    #[test]
    fn typed_kind_wins_over_the_guessed_one() {
        let kind = |typed: &str, kind| parse(typed).unwrap().into_value(kind, false).kind;
        assert_eq!(kind("66777", None), PhoneKind::Text);
        assert_eq!(kind("66777", Some(PhoneKind::Duty)), PhoneKind::Duty);
        assert_eq!(kind("07700 900123", None), PhoneKind::Mobile);
        assert_eq!(kind("07700 900123", Some(PhoneKind::Text)), PhoneKind::Text);
        assert_eq!(kind("070 1234 5678", None), PhoneKind::Landline, "it is no mobile number");
    }
}
