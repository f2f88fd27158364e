//! The form of an opportunity: from fields to the texts of a sheet's columns and back.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use promise_edition::{Issue, Texts};
use promise_protocol::{digits, values::PhoneNumber};

use crate::{
    features::opportunities::{
        control::{Control, check_options, select_options},
        format,
    },
    kit::{
        forms::{
            Field, FormData, Input, choice, cost_confirmation, date_parts, field_error, parse_time,
            parts_of_date,
        },
        page::FieldError,
        words,
    },
};

/// The fewest and the most rows for places.
const MIN_PLACES: usize = 3;
const MAX_PLACES: usize = 40;

/// The field with the closing time.
const CLOSING_TIME: &str = "closes-time";

/// Some columns of an opportunity as they are typed.
#[derive(Clone, Debug, Default)]
pub(super) struct OpportunityForm {
    columns: Vec<&'static str>,
    pub(super) texts: Texts,
    dates: BTreeMap<&'static str, [String; 3]>,
    closing_time: String,
    /// The name and postcode of each place.
    places: Vec<[String; 2]>,
    errors: Vec<FieldError>,
}

impl OpportunityForm {
    /// The form of an opportunity or a row of a sheet.
    pub(super) fn of_texts(columns: &[&'static str], texts: &Texts) -> Self {
        let text = |column: &str| texts.get(column).cloned().unwrap_or_default();
        let mut form = Self { columns: columns.to_vec(), ..Self::default() };
        for column in columns {
            let text = text(column);
            if matches!(Control::of(column), Control::Date | Control::ClosingTime) {
                let (date, time) = date_and_time(&text);
                form.dates.insert(column, date);
                form.closing_time = if *column == "closes" { time } else { form.closing_time };
            }
            form.texts.insert(column, text);
        }
        form.places = format::place_rows(&text("area"), &text("postcode"));
        let rows = (form.places.len() + 1).max(MIN_PLACES);
        form.places.resize(rows, <[String; 2]>::default());
        form
    }

    /// Reads a form.
    pub(super) fn read(columns: &[&'static str], data: &FormData) -> Self {
        let mut form = Self { columns: columns.to_vec(), ..Self::default() };
        for column in columns {
            let text = match Control::of(column) {
                Control::Line(..) | Control::Select(_) => data.text(column),
                Control::Lines(_) => data.lines(column),
                Control::Checks(_) => data.all(column).join("; "),
                Control::YesOrNo => if data.raw(column) == "y" { "y" } else { "n" }.to_owned(),
                Control::Date => form.read_date(column, data),
                Control::ClosingTime => {
                    let date = form.read_date(column, data);
                    form.read_closing_time(data, date)
                }
                Control::Places => form.read_places(data),
                Control::Postcodes => continue,
            };
            form.texts.insert(column, text);
        }
        form
    }

    fn read_date(&mut self, column: &'static str, data: &FormData) -> String {
        let parts = date_parts(data, column);
        let is_empty = parts.iter().all(String::is_empty);
        let text = if is_empty { String::new() } else { parts.join("/") };
        self.dates.insert(column, parts);
        text
    }

    fn read_closing_time(&mut self, data: &FormData, date: String) -> String {
        self.closing_time = data.plain(CLOSING_TIME);
        if self.closing_time.is_empty() {
            return if date.is_empty() { "ongoing".to_owned() } else { date };
        }
        if let Some(time) = parse_time(&self.closing_time) {
            format!("{date} {}", time.format("%H:%M"))
        } else {
            self.errors.push(field_error(CLOSING_TIME, "meeting-time-wrong"));
            date
        }
    }

    fn read_places(&mut self, data: &FormData) -> String {
        let is_filled = |row: &[String; 2]| row.iter().any(|part| !part.is_empty());
        let row = |index: usize| {
            ["name", "postcode"].map(|part| data.text(&format!("place-{index}-{part}")))
        };
        let rows: Vec<[String; 2]> = (0..MAX_PLACES).map(row).collect();
        let count = rows.iter().rposition(is_filled).map_or(0, |last| last + 1);
        self.places = rows.into_iter().take(count.max(MIN_PLACES)).collect();
        for (index, [name, _]) in self.places.iter().enumerate() {
            if name.contains(';') {
                let field = format!("place-{index}-name");
                self.errors.push(field_error(&field, "opp-place-wrong"));
            }
        }
        let filled = self.places.iter().filter(|row| is_filled(row)).cloned();
        let (names, postcodes): (Vec<_>, Vec<_>) = filled.map(<(String, String)>::from).unzip();
        if self.columns.contains(&"postcode") {
            self.texts.insert("postcode", postcodes.join("; "));
        }
        names.join("; ")
    }

    /// Returns the errors of the form and of `issues`, in the order of the fields.
    pub(super) fn errors(&self, issues: &[Issue]) -> Vec<FieldError> {
        let issues = issues
            .iter()
            .map(|issue| FieldError { field: self.anchor(issue), message: format::issue(issue) });
        let mut errors: Vec<FieldError> = issues.chain(self.errors.clone()).collect();
        let anchors: Vec<String> = self.fields(&[]).iter().map(Field::anchor).collect();
        errors.sort_by_key(|error| anchors.iter().position(|anchor| *anchor == error.field));
        errors
    }

    /// Takes over that the cost of the phone number was confirmed. Returns the number if it still has to
    /// be.
    pub(super) fn confirm_cost(&mut self, data: &FormData) -> Vec<PhoneNumber> {
        let Some(typed) = self.texts.get_mut("contact_phone") else { return Vec::new() };
        cost_confirmation::confirm_text(data, typed);
        cost_confirmation::unconfirmed_in_text(typed)
    }

    /// Returns `true` if the form could not be read into texts.
    pub(super) fn is_invalid(&self) -> bool {
        !self.errors.is_empty()
    }

    /// Returns the id of the element to which an issue belongs; empty for the form as a whole.
    fn anchor(&self, issue: &Issue) -> String {
        let column = issue.field().unwrap_or_default();
        match Control::of(column) {
            Control::Date | Control::ClosingTime => format!("{column}-day"),
            Control::Checks(_) | Control::YesOrNo => format!("{column}-0"),
            Control::Places => "place-0-name".to_owned(),
            Control::Postcodes => {
                let index = self.places.iter().position(|[_, postcode]| *postcode == issue.value);
                format!("place-{}-postcode", index.unwrap_or(0))
            }
            _ => column.to_owned(),
        }
    }

    /// Returns the fields with their errors.
    pub(super) fn fields(&self, errors: &[FieldError]) -> Vec<Field> {
        let fields = self.columns.iter().flat_map(|column| self.column_fields(column));
        fields.map(|field| field.with_error(errors)).collect()
    }

    fn column_fields(&self, column: &'static str) -> Vec<Field> {
        let text = self.texts.get(column).cloned().unwrap_or_default();
        let key = format!("column-{}", column.replace('_', "-"));
        let hint = words::find(&format!("{key}-hint")).unwrap_or_default();
        let field = |input| Field { hint: hint.clone(), ..Field::new(column, &key, input) };
        let date = || Input::Date(self.dates.get(column).cloned().unwrap_or_default());
        match Control::of(column) {
            Control::Line(kind, width) => {
                vec![Field { value: text, ..field(Input::Line(kind, width)) }]
            }
            Control::Lines(rows) => vec![Field { value: text, ..field(Input::Area(rows)) }],
            Control::Date => vec![field(date())],
            Control::ClosingTime => {
                let time = Field::new(CLOSING_TIME, "opp-time", Input::Line("text", "four"));
                let value = self.closing_time.clone();
                vec![field(date()), Field { value, ..time.hint("opp-time-hint") }]
            }
            Control::YesOrNo => {
                vec![field(Input::Checks(vec![choice("y", words::t("yes"), &text)]))]
            }
            Control::Select(words) => {
                vec![field(Input::Select(select_options(column, words, &text)))]
            }
            Control::Checks(words) => vec![field(Input::Checks(check_options(words, &text)))],
            Control::Places => self.place_fields(),
            Control::Postcodes => Vec::new(),
        }
    }

    fn place_fields(&self) -> Vec<Field> {
        let fields = self.places.iter().enumerate().flat_map(|(index, [name, postcode])| {
            let field = |part: &str, value: &String, width| Field {
                label: words::count(&format!("opp-place-{part}"), index + 1),
                value: value.clone(),
                ..Field::new(&format!("place-{index}-{part}"), "", Input::Line("text", width))
            };
            [field("name", name, "wide"), field("postcode", postcode, "short")]
        });
        fields.collect()
    }
}

/// Splits the text of a date column into a form's three parts and a time. Text that is not a date
/// stays in the first part, so that it can be corrected.
fn date_and_time(text: &str) -> ([String; 3], String) {
    if text.is_empty() || text == "ongoing" {
        return Default::default();
    }
    let text = &*digits::to_ascii(text);
    if let Ok(at) = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M") {
        return (parts_of_date(at.date()), at.format("%H:%M").to_string());
    }
    let (date, time) = text.split_once(' ').unwrap_or((text, ""));
    let parsed = date.parse::<NaiveDate>();
    let parsed = parsed.or_else(|_| NaiveDate::parse_from_str(date, "%d/%m/%Y"));
    let parts = match parsed {
        Ok(date) => parts_of_date(date),
        Err(_) => split_date(date).unwrap_or([text.to_owned(), String::new(), String::new()]),
    };
    (parts, time.to_owned())
}

/// Splits text with the separators of a date.
fn split_date(text: &str) -> Option<[String; 3]> {
    let split = |separator| -> Vec<String> { text.split(separator).map(str::to_owned).collect() };
    let year_first = || split('-').into_iter().rev().collect::<Vec<_>>();
    split('/').try_into().or_else(|_| year_first().try_into()).ok()
}
