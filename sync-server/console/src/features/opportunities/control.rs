//! The control of each column in a form.

use promise_edition::opportunities::PAY_UNITS;
use promise_protocol::pack::{Category, OpportunityKind, OpportunityStatus};

use crate::{
    features::opportunities::format,
    kit::{
        format::language,
        forms::{Choice, LANGUAGES, choice},
        words,
    },
};

/// An option: the word of a sheet, and its name.
type WordName = (String, String);

/// How a column is typed.
pub(super) enum Control {
    /// One line, with the HTML input type and the CSS class of its width.
    Line(&'static str, &'static str),
    /// Several lines, with the height in lines.
    Lines(u8),
    Date,
    /// A date and a time, or neither.
    ClosingTime,
    YesOrNo,
    /// One word.
    Select(Vec<WordName>),
    /// Any number of words.
    Checks(Vec<WordName>),
    /// Rows with a place and its postcode.
    Places,
    /// Part of the rows of places.
    Postcodes,
}

impl Control {
    /// Returns the control of a column.
    pub(super) fn of(column: &str) -> Self {
        let named = |words: &[&str]| -> Vec<WordName> {
            words.iter().map(|word| ((*word).to_owned(), format::value(column, word))).collect()
        };
        match column {
            "summary" | "how_to_apply" => Self::Lines(3),
            "body" => Self::Lines(8),
            "starts" | "ends" => Self::Date,
            "closes" => Self::ClosingTime,
            "national" | "online" | "care_leavers_only" => Self::YesOrNo,
            "status" => Self::Select(named(OpportunityStatus::WORDS)),
            "kind" => Self::Select(named(OpportunityKind::WORDS)),
            "pay_unit" => Self::Select(named(&PAY_UNITS)),
            "outcome" => Self::Select(named(&["1", "2", "3", "4", "5"])),
            "who" => Self::Checks(named(Category::WORDS)),
            "languages" => Self::Checks(named(&LANGUAGES)),
            "area" => Self::Places,
            "postcode" => Self::Postcodes,
            "age_min" | "age_max" => Self::Line("text", "two"),
            "pay_min" | "pay_max" => Self::Line("text", "four"),
            "url" | "apply_url" => Self::Line("url", "wide"),
            "contact_email" => Self::Line("email", "wide"),
            "contact_phone" => Self::Line("tel", "short"),
            _ => Self::Line("text", "wide"),
        }
    }
}

/// Returns the options of a column with one word. An unknown word stays an option.
pub(super) fn select_options(
    column: &str,
    mut words: Vec<WordName>,
    selected: &str,
) -> Vec<Choice> {
    let is_known = words.iter().any(|(word, _)| word == selected);
    if !is_known && !selected.is_empty() {
        words.push((selected.to_owned(), format::value(column, selected)));
    }
    let none = if column == "kind" { "opp-kind-choose" } else { "field-not-said" };
    let none = choice("", words::t(none), selected);
    let options = words.into_iter().map(|(word, name)| choice(&word, name, selected));
    [none].into_iter().chain(options).collect()
}

/// Returns the options of a column with any number of words. Unknown words stay options.
pub(super) fn check_options(mut words: Vec<WordName>, text: &str) -> Vec<Choice> {
    let selected: Vec<&str> =
        text.split([';', ',']).map(str::trim).filter(|word| !word.is_empty()).collect();
    for unknown in &selected {
        if !words.iter().any(|(word, _)| word == unknown) {
            words.push(((*unknown).to_owned(), language(unknown)));
        }
    }
    let option = |(word, name): WordName| Choice {
        is_selected: selected.contains(&word.as_str()),
        ..choice(&word, name, "")
    };
    words.into_iter().map(option).collect()
}
