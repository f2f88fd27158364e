//! Rows of telephone numbers in a form.

use promise_protocol::{
    phone_number::{self, PhoneNumberError},
    values::{PhoneKind, PhoneNumber},
};
use promise_services::cards;
use serde_json::{Map, Value};

use crate::kit::{forms::Posted, words};

/// Rows for numbers on the form, and at most so many of them.
pub(crate) const MIN_PHONE_ROWS: usize = 4;
const MAX_PHONE_ROWS: usize = 10;

/// One row of a number, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PhoneRow {
    pub(crate) number: String,
    pub(crate) kind: String,
    pub(crate) ext: String,
    pub(crate) prefer: bool,
    pub(crate) mistake: String,
}

/// The rows as they were typed; never fewer than [`MIN_PHONE_ROWS`].
pub(crate) fn phone_rows(form: &Posted) -> Vec<PhoneRow> {
    let preferred = form.text("prefer");
    (0..MAX_PHONE_ROWS)
        .map(|index| PhoneRow {
            number: form.text(&format!("phone-{index}-number")),
            kind: form.text(&format!("phone-{index}-kind")),
            ext: form.text(&format!("phone-{index}-ext")),
            prefer: preferred == index.to_string(),
            mistake: String::new(),
        })
        .enumerate()
        .filter(|(index, row)| *index < MIN_PHONE_ROWS || !row.number.is_empty())
        .map(|(_, row)| row)
        .collect()
}

/// A number as it is kept, or what is wrong with which part of it.
pub(crate) fn parse_phone(row: &PhoneRow) -> Result<Value, (&'static str, String)> {
    let typed = row.number.clone();
    let number =
        phone_number::parse(&typed).map_err(|error| ("number", refusal(&error, &typed)))?;
    let digits = row.ext.len() <= 12 && row.ext.bytes().all(|b| b.is_ascii_digit());
    if !digits {
        return Err(("ext", words::t("phone-ext-wrong")));
    }
    let usual = if number.starts_with("+447") { PhoneKind::Mobile } else { PhoneKind::Landline };
    let kind = serde_json::from_value(Value::from(row.kind.clone())).unwrap_or(usual);
    let ext = Some(row.ext.clone()).filter(|ext| !ext.is_empty());
    let unknown = Map::from_iter([(cards::TYPED.to_owned(), Value::from(typed))]);
    let phone = PhoneNumber { number, kind, ext, prefer: row.prefer, unknown };
    serde_json::to_value(phone).map_err(|_| ("number", words::t("phone-wrong")))
}

/// Says what is wrong and shows an example.
fn refusal(error: &PhoneNumberError, typed: &str) -> String {
    let key = match error {
        PhoneNumberError::Letters(_) => "phone-letters",
        PhoneNumberError::Signs(_) => "phone-signs",
        _ => "phone-wrong",
    };
    let shown: String = typed.chars().take(40).collect();
    words::with(key, "typed", &shown)
}
