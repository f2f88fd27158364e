//! Rows of telephone numbers in a form.

use promise_protocol::{
    phone_number::{self, PhoneNumberError, extension},
    values::{PhoneKind, PhoneNumber},
};

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
        let preferred = form.plain("prefer");
        (0..MAX_ROWS)
            .map(|index| Self {
                number: form.plain(&format!("phone-{index}-number")),
                kind: form.plain(&format!("phone-{index}-kind")),
                ext: form.plain(&format!("phone-{index}-ext")),
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
        let in_number = |error: PhoneNumberError| ("number", number_error(&error, &self.number));
        let typed = phone_number::parse(&self.number).map_err(in_number)?;
        let ext = extension::parse(&self.ext).map_err(|_| ("ext", words::t("phone-ext-wrong")))?;
        let typed = typed.with_extension(ext).map_err(in_number)?;
        Ok(typed.into_value(self.kind.parse().ok(), self.prefer))
    }
}

fn number_error(error: &PhoneNumberError, typed: &str) -> String {
    let key = match error {
        PhoneNumberError::Letters(_) => "phone-letters",
        PhoneNumberError::Signs(_) => "phone-signs",
        PhoneNumberError::TwoExtensions(_) => "phone-two-extensions",
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
            let guess = choice("", words::t("phone-kind-guess"), &row.kind);
            let kinds = PhoneKind::ALL
                .map(|kind| choice(kind.as_str(), format::phone_kind(kind), &row.kind));
            let kinds = [guess].into_iter().chain(kinds).collect();
            Self { row, kinds, error: own.map(|own| own.message.clone()).unwrap_or_default() }
        };
        rows.into_iter().enumerate().map(field).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(number: &str, kind: &str, ext: &str) -> PhoneRow {
        PhoneRow { number: number.into(), kind: kind.into(), ext: ext.into(), prefer: false }
    }

    #[test]
    fn extension_is_split_wherever_it_is_typed() {
        for typed in [
            row("020 7946 0000 ext 4", "", ""),
            row("020 7946 0000 x4", "", ""),
            row("020 7946 0000 #4", "", "4"),
            row("020 7946 0000,4", "", ""),
            row("٠٢٠ ٧٩٤٦ ٠٠٠٠", "", "٤"),
        ] {
            let phone = typed.parse().unwrap();
            assert_eq!((&*phone.number, phone.ext.as_deref()), ("+442079460000", Some("4")));
        }
        assert_eq!(row("020 7946 0000 x4", "", "5").parse().unwrap_err().0, "number");
        assert_eq!(row("020 7946 0000", "", "x").parse().unwrap_err().0, "ext");
    }

    #[test]
    fn kind_is_guessed_unless_it_is_selected() {
        assert_eq!(row("85258", "", "").parse().unwrap().kind, PhoneKind::Text);
        assert_eq!(row("159", "", "").parse().unwrap().kind, PhoneKind::Landline);
        assert_eq!(row("07700 900123", "", "").parse().unwrap().kind, PhoneKind::Mobile);
        assert_eq!(row("07700 900123", "duty", "").parse().unwrap().kind, PhoneKind::Duty);
        assert_eq!(row("66777", "duty", "").parse().unwrap().kind, PhoneKind::Duty);
    }
}
