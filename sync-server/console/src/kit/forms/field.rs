//! Fields of a form: label, hint, value and error.

use chrono::NaiveDate;
use promise_protocol::digits;

use crate::kit::{forms::FormData, page::FieldError, words};

/// An option of a field with a fixed set of values.
#[derive(Clone, Debug)]
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) text: String,
    pub(crate) is_selected: bool,
}

/// The control of a field.
#[derive(Clone, Debug)]
pub(crate) enum Input {
    /// One line, with the HTML input type and the CSS class of its width.
    Line(&'static str, &'static str),
    /// Several lines, with the height in lines.
    Area(u8),
    /// Day, month and year.
    Date([String; 3]),
    /// One of many options.
    Select(Vec<Choice>),
    /// One of a few options.
    Radios(Vec<Choice>),
    /// Any number of options.
    Checks(Vec<Choice>),
}

/// A field.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) hint: String,
    pub(crate) error: String,
    pub(crate) value: String,
    pub(crate) input: Input,
    /// The HTML attribute `autocomplete`.
    pub(crate) autocomplete: &'static str,
    /// The language of the value, if it is not the page's.
    pub(crate) language: String,
}

impl Field {
    /// A field whose label is the message of this key.
    pub(crate) fn new(name: &str, label: &str, input: Input) -> Self {
        Self {
            name: name.to_owned(),
            label: words::t(label),
            hint: String::new(),
            error: String::new(),
            value: String::new(),
            input,
            autocomplete: "off",
            language: String::new(),
        }
    }

    /// A field of one line.
    pub(crate) fn line(name: &str, label: &str, value: &str) -> Self {
        Self { value: value.to_owned(), ..Self::new(name, label, Input::Line("text", "wide")) }
    }

    /// A field for an e-mail address.
    pub(crate) fn email(name: &str, label: &str, value: &str) -> Self {
        Self { value: value.to_owned(), ..Self::new(name, label, Input::Line("email", "wide")) }
    }

    /// A field of several lines.
    pub(crate) fn area(name: &str, label: &str, value: &str) -> Self {
        Self { value: value.to_owned(), ..Self::new(name, label, Input::Area(4)) }
    }

    /// A field for a password.
    pub(crate) fn password(name: &str, label: &str, autocomplete: &'static str) -> Self {
        Self { autocomplete, ..Self::new(name, label, Input::Line("password", "wide")) }
    }

    /// Adds the hint of this key.
    pub(crate) fn hint(mut self, key: &str) -> Self {
        self.hint = words::t(key);
        self
    }

    /// Adds the field's own error, if it has one.
    pub(crate) fn with_error(mut self, errors: &[FieldError]) -> Self {
        let own = errors.iter().find(|error| error.field == self.anchor());
        self.error = own.map(|error| error.message.clone()).unwrap_or_default();
        self
    }

    /// Returns the direction of the value's language.
    pub(crate) fn direction(&self) -> &'static str {
        words::text::direction(&self.language)
    }

    /// Returns the id of the element to which the error summary links: the first part of a date,
    /// the first of several options.
    pub(crate) fn anchor(&self) -> String {
        match self.input {
            Input::Date(_) => format!("{}-day", self.name),
            Input::Radios(_) | Input::Checks(_) => format!("{}-0", self.name),
            _ => self.name.clone(),
        }
    }

    /// Returns the HTML attribute `aria-describedby`.
    pub(crate) fn described_by(&self) -> String {
        let hint = (!self.hint.is_empty()).then(|| format!("{}-hint", self.name));
        let error = (!self.error.is_empty()).then(|| format!("{}-error", self.name));
        hint.into_iter().chain(error).collect::<Vec<_>>().join(" ")
    }
}

/// An option that is selected if its value is `selected`.
pub(crate) fn choice(value: &str, text: String, selected: &str) -> Choice {
    Choice { value: value.to_owned(), text, is_selected: value == selected }
}

/// Returns the three parts of a date as they were sent.
pub(crate) fn date_parts(form: &FormData, name: &str) -> [String; 3] {
    ["day", "month", "year"].map(|part| form.plain(&format!("{name}-{part}")))
}

/// Returns the three parts of a date for a form.
pub(crate) fn parts_of_date(date: NaiveDate) -> [String; 3] {
    ["%-d", "%-m", "%Y"].map(|part| date.format(part).to_string())
}

/// The text is not a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct InvalidDate;

/// Parses day, month and year. Returns `Ok(None)` if all three are empty.
pub(crate) fn parse_date(parts: &[String; 3]) -> Result<Option<NaiveDate>, InvalidDate> {
    if parts.iter().all(String::is_empty) {
        return Ok(None);
    }
    let parts = parts.each_ref().map(|part| digits::to_ascii(part));
    let [day, month, year] = &parts;
    let numbers = (year.parse().ok(), month.parse().ok(), day.parse().ok());
    let (Some(year), Some(month), Some(day)) = numbers else { return Err(InvalidDate) };
    // A year of two digits could be of any century.
    if !(1900..=2999).contains(&year) {
        return Err(InvalidDate);
    }
    NaiveDate::from_ymd_opt(year, month, day).map(Some).ok_or(InvalidDate)
}

/// An error in a field, with the message of this key.
pub(crate) fn field_error(field: &str, key: &str) -> FieldError {
    FieldError { field: field.to_owned(), message: words::t(key) }
}

/// The error of a field that holds more than `max` characters.
pub(crate) fn too_long_error(field: &str, label: &str, max: usize) -> FieldError {
    let arguments = [("label", words::t(label).into()), ("most", max.into())];
    FieldError { field: field.to_owned(), message: words::format("error-too-long", &arguments) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_every_script_are_digits_of_a_date() {
        let date = NaiveDate::from_ymd_opt(2026, 12, 31);
        for parts in [
            ["31", "12", "2026"],
            ["٣١", "١٢", "٢٠٢٦"],
            ["۳۱", "۱۲", "۲۰۲۶"],
            ["３１", "１２", "２０２６"],
        ] {
            assert_eq!(parse_date(&parts.map(str::to_owned)), Ok(date), "{parts:?}");
        }
    }
}
