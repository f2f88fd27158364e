//! `TEL` properties: telephone numbers, and what they are for.

use serde_json::Map;

use super::property::Property;
use crate::{
    phone_number::{self, NumberType, TypedNumber, extension},
    values::{PhoneKind, PhoneNumber},
};

/// The parameter that has the kind of a number where its types do not tell. Only our own cards have it;
/// other address books ignore it (RFC 6350, section 5).
pub const KIND_PARAMETER: &str = "X-PP-KIND";

/// What the types of a `TEL` property (in lower case) tell about a number. The kind is guessed from the
/// digits if they tell nothing.
pub fn phone_kind<'a>(types: impl IntoIterator<Item = &'a str>, number: &str) -> PhoneKind {
    let (mut is_text, mut is_voice, mut is_cell) = (false, false, false);
    for word in types {
        is_text |= word == "text";
        is_voice |= word == "voice";
        is_cell |= word == "cell";
    }
    match phone_number::number_type(number) {
        Some(NumberType::TextOnly) => PhoneKind::Text,
        _ if is_text && !is_voice => PhoneKind::Text,
        _ if is_cell => PhoneKind::Mobile,
        _ => PhoneKind::guess(number),
    }
}

/// What a `TEL` property says.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Tel {
    Number(PhoneNumber),
    /// Nothing that can be rung or texted, as it is written.
    Text(String),
}

/// Reads a `TEL` property. Returns `None` if it is empty.
pub(super) fn read(property: &Property) -> Option<Tel> {
    let types = property.types();
    let written = property.text();
    let written = written.trim();
    if written.is_empty() {
        return None;
    }
    let is = |word: &str| types.iter().any(|it| it == word);
    if ["fax", "pager", "modem"].into_iter().any(is) && !is("voice") && !is("cell") {
        let what = ["fax", "pager", "modem"].into_iter().find(|word| is(word)).unwrap_or_default();
        return Some(Tel::Text(format!("{}: {written}", what.to_ascii_uppercase())));
    }
    let Some(typed) = parse(written) else {
        return Some(Tel::Text(written.to_owned()));
    };
    let own_kind = property.parameter(KIND_PARAMETER).and_then(|word| word.parse().ok());
    let kind =
        own_kind.unwrap_or_else(|| phone_kind(types.iter().map(String::as_str), &typed.number));
    let prefer = is("pref") || property.parameter("PREF") == Some("1");
    let (number, ext) = (typed.number, typed.ext);
    Some(Tel::Number(PhoneNumber { number, kind, ext, prefer, unknown: Map::new() }))
}

/// Parses a number. On a card, a comma with digits right behind it is a pause before an extension,
/// whatever digits these are; where people type, it can also stand between two numbers.
fn parse(written: &str) -> Option<TypedNumber> {
    if let Ok(typed) = phone_number::parse(written) {
        return Some(typed);
    }
    let (number, pause) = written.split_once(',')?;
    let ext = pause.trim_start_matches(',');
    let typed = phone_number::parse(number).ok()?;
    let has_one = typed.ext.is_none() && extension::is_valid(ext);
    has_one.then(|| TypedNumber { ext: Some(ext.to_owned()), ..typed })
}
