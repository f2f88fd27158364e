//! Forms: fields with a label, a hint, what was typed, and what was wrong with it.

use crate::kit::{forms::Posted, page::Mistake, words};

/// One of several to choose from.
#[derive(Clone, Debug)]
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) text: String,
    pub(crate) is_chosen: bool,
}

/// How a field is filled in.
#[derive(Clone, Debug)]
pub(crate) enum Input {
    /// One line. The type that the browser is told, and the class for its width.
    Line(&'static str, &'static str),
    /// Several lines.
    Area(u8),
    /// Day, month and year.
    Date([String; 3]),
    /// One of many.
    Select(Vec<Choice>),
    /// One of a few.
    Radios(Vec<Choice>),
    /// Any of several.
    Checks(Vec<Choice>),
}

/// One field.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) hint: String,
    pub(crate) mistake: String,
    pub(crate) value: String,
    pub(crate) input: Input,
    /// What the browser may fill in.
    pub(crate) autocomplete: &'static str,
    /// The language of what is typed, if it is not that of the page.
    pub(crate) language: String,
}

impl Field {
    /// A field whose label has this key.
    pub(crate) fn new(name: &str, label: &str, input: Input) -> Self {
        Self {
            name: name.to_owned(),
            label: words::t(label),
            hint: String::new(),
            mistake: String::new(),
            value: String::new(),
            input,
            autocomplete: "off",
            language: String::new(),
        }
    }

    /// One line.
    pub(crate) fn line(name: &str, label: &str, value: &str) -> Self {
        Self { value: value.to_owned(), ..Self::new(name, label, Input::Line("text", "wide")) }
    }

    /// Several lines.
    pub(crate) fn area(name: &str, label: &str, value: &str) -> Self {
        Self { value: value.to_owned(), ..Self::new(name, label, Input::Area(4)) }
    }

    /// A password.
    pub(crate) fn password(name: &str, label: &str, autocomplete: &'static str) -> Self {
        Self { autocomplete, ..Self::new(name, label, Input::Line("password", "wide")) }
    }

    /// With a hint of this key.
    pub(crate) fn hint(mut self, key: &str) -> Self {
        self.hint = words::t(key);
        self
    }

    /// The direction of its language.
    pub(crate) fn direction(&self) -> &'static str {
        words::text::direction(&self.language)
    }

    /// With what is wrong with it, if something is.
    pub(crate) fn checked(mut self, mistakes: &[Mistake]) -> Self {
        let own = mistakes.iter().find(|mistake| mistake.field == self.anchor());
        self.mistake = own.map(|mistake| mistake.text.clone()).unwrap_or_default();
        self
    }

    /// Where the error summary leads to: the first part of a date, the first of several choices.
    pub(crate) fn anchor(&self) -> String {
        match self.input {
            Input::Date(_) => format!("{}-day", self.name),
            Input::Radios(_) | Input::Checks(_) => format!("{}-0", self.name),
            _ => self.name.clone(),
        }
    }

    /// What describes it to somebody who does not see it.
    pub(crate) fn described_by(&self) -> String {
        let hint = (!self.hint.is_empty()).then(|| format!("{}-hint", self.name));
        let mistake = (!self.mistake.is_empty()).then(|| format!("{}-error", self.name));
        hint.into_iter().chain(mistake).collect::<Vec<_>>().join(" ")
    }
}

/// A choice.
pub(crate) fn choice(value: &str, text: String, chosen: &str) -> Choice {
    Choice { value: value.to_owned(), text, is_chosen: value == chosen }
}

/// The three parts of a date that was sent.
pub(crate) fn date_parts(sent: &Posted, name: &str) -> [String; 3] {
    ["day", "month", "year"].map(|part| sent.text(&format!("{name}-{part}")))
}

/// The date that was typed: `None` if nothing was, `Some(None)` if it is no day.
#[expect(clippy::option_option, reason = "nothing typed and nonsense typed are told apart")]
pub(crate) fn date(parts: &[String; 3]) -> Option<Option<chrono::NaiveDate>> {
    if parts.iter().all(String::is_empty) {
        return None;
    }
    let [day, month, year] = parts;
    let numbers = (year.parse().ok(), month.parse().ok(), day.parse().ok());
    let (Some(year), Some(month), Some(day)) = numbers else { return Some(None) };
    // A year of two digits may be any century's.
    let is_whole = (1900..=2999).contains(&year);
    Some(chrono::NaiveDate::from_ymd_opt(year, month, day).filter(|_| is_whole))
}

/// Something wrong with a field.
pub(crate) fn mistake(field: &str, key: &str) -> Mistake {
    Mistake { field: field.to_owned(), text: words::t(key) }
}

/// Too much in a field that holds so many characters.
pub(crate) fn too_long(field: &str, label: &str, most: usize) -> Mistake {
    let text =
        words::say("error-too-long", &[("label", words::t(label).into()), ("most", most.into())]);
    Mistake { field: field.to_owned(), text }
}
