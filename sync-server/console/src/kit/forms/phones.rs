//! Rows of telephone numbers in a form.

use promise_protocol::{
    phone_number::{self, PhoneNumberError},
    values::{PhoneKind, PhoneNumber},
};
use serde_json::Map;

use crate::kit::{
    format,
    forms::{Choice, FormData, choice},
    page::FieldError,
    words,
};

/// The fewest rows that a form shows.
const MIN_ROWS: usize = 4;

/// The most rows that a form may send.
const MAX_ROWS: usize = 10;

/// The most digits of an extension.
const MAX_EXTENSION: usize = 12;

/// How much of a wrong number its error shows.
const MAX_SHOWN: usize = 40;

/// A row as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PhoneRow {
    pub(crate) number: String,
    pub(crate) kind: String,
    pub(crate) ext: String,
    pub(crate) prefer: bool,
}

impl PhoneRow {
    /// The row of a stored number. `number` is what the row shows.
    pub(crate) fn new(phone: &PhoneNumber, number: String) -> Self {
        Self {
            number,
            kind: phone.kind.as_str().to_owned(),
            ext: phone.ext.clone().unwrap_or_default(),
            prefer: phone.prefer,
        }
    }

    /// Reads the rows of a form. There are at least as many as an empty form shows.
    pub(crate) fn read_all(form: &FormData) -> Vec<Self> {
        let preferred = form.text("prefer");
        (0..MAX_ROWS)
            .map(|index| Self {
                number: form.text(&format!("phone-{index}-number")),
                kind: form.text(&format!("phone-{index}-kind")),
                ext: form.text(&format!("phone-{index}-ext")),
                prefer: preferred == index.to_string(),
            })
            .enumerate()
            .filter(|(index, row)| *index < MIN_ROWS || !row.number.is_empty())
            .map(|(_, row)| row)
            .collect()
    }

    /// Adds empty rows, so that there is always room for another number.
    pub(crate) fn pad(mut rows: Vec<Self>) -> Vec<Self> {
        rows.resize((rows.len() + 1).max(MIN_ROWS), Self::default());
        rows
    }

    /// The rows of an empty form.
    pub(crate) fn empty_rows() -> Vec<Self> {
        vec![Self::default(); MIN_ROWS]
    }

    /// Parses the rows with a number.
    pub(crate) fn parse_all(rows: &[Self]) -> Result<Vec<PhoneNumber>, Vec<FieldError>> {
        let (mut phones, mut errors) = (Vec::new(), Vec::new());
        for (index, row) in rows.iter().enumerate().filter(|(_, row)| !row.number.is_empty()) {
            match row.parse() {
                Ok(phone) => phones.push(phone),
                Err((part, message)) => {
                    errors.push(FieldError { field: format!("phone-{index}-{part}"), message });
                }
            }
        }
        if errors.is_empty() { Ok(phones) } else { Err(errors) }
    }

    /// Parses the row. An error names the part of the row and has a message.
    fn parse(&self) -> Result<PhoneNumber, (&'static str, String)> {
        let number = phone_number::parse(&self.number)
            .map_err(|error| ("number", number_error(&error, &self.number)))?;
        if self.ext.len() > MAX_EXTENSION || !self.ext.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(("ext", words::t("phone-ext-wrong")));
        }
        let is_mobile = number.starts_with("+447");
        let usual_kind = if is_mobile { PhoneKind::Mobile } else { PhoneKind::Landline };
        Ok(PhoneNumber {
            number,
            kind: self.kind.parse().unwrap_or(usual_kind),
            ext: Some(self.ext.clone()).filter(|ext| !ext.is_empty()),
            prefer: self.prefer,
            unknown: Map::new(),
        })
    }
}

fn number_error(error: &PhoneNumberError, typed: &str) -> String {
    let key = match error {
        PhoneNumberError::Letters(_) => "phone-letters",
        PhoneNumberError::Signs(_) => "phone-signs",
        _ => "phone-wrong",
    };
    let shown: String = typed.chars().take(MAX_SHOWN).collect();
    words::with(key, "typed", &shown)
}

/// A row with its options and error, for the template `kit/phone_rows.html`.
pub(crate) struct PhoneRowField {
    pub(crate) row: PhoneRow,
    pub(crate) kinds: Vec<Choice>,
    pub(crate) error: String,
}

impl PhoneRowField {
    /// The fields of rows.
    pub(crate) fn list(rows: Vec<PhoneRow>, errors: &[FieldError]) -> Vec<Self> {
        let field = |(index, row): (usize, PhoneRow)| {
            let prefix = format!("phone-{index}-");
            let own = errors.iter().find(|error| error.field.starts_with(&prefix));
            let kinds = PhoneKind::ALL
                .map(|kind| choice(kind.as_str(), format::phone_kind(kind), &row.kind))
                .to_vec();
            Self { row, kinds, error: own.map(|own| own.message.clone()).unwrap_or_default() }
        };
        rows.into_iter().enumerate().map(field).collect()
    }
}
