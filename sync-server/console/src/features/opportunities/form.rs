//! The form of an opportunity: from fields to texts by column and back.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use promise_edition::{Issue, Texts, opportunities::PAY_UNITS};
use promise_protocol::pack::{Category, OpportunityKind, OpportunityStatus};

use crate::{
    features::opportunities::format,
    kit::{
        format as kit_format,
        forms::{Choice, Field, FormData, Input, LANGUAGES, choice, date_parts, parse_time},
        page::FieldError,
        words,
    },
};

/// How a column is typed.
enum Shape {
    Line(&'static str, &'static str),
    Lines(u8),
    Day,
    Closing,
    Flag,
    One(Vec<(String, String)>),
    Any(Vec<(String, String)>),
    Places,
    /// The postcodes are typed beside the places.
    Beside,
}

fn shape(column: &str) -> Shape {
    let named = |words: &[&str]| -> Vec<(String, String)> {
        words.iter().map(|word| ((*word).to_owned(), format::told(column, word))).collect()
    };
    match column {
        "summary" | "how_to_apply" => Shape::Lines(3),
        "body" => Shape::Lines(8),
        "starts" | "ends" => Shape::Day,
        "closes" => Shape::Closing,
        "national" | "online" | "care_leavers_only" => Shape::Flag,
        "status" => Shape::One(named(OpportunityStatus::WORDS)),
        "kind" => Shape::One(named(OpportunityKind::WORDS)),
        "pay_unit" => Shape::One(named(&PAY_UNITS)),
        "outcome" => Shape::One(named(&["1", "2", "3", "4", "5"])),
        "who" => Shape::Any(named(Category::WORDS)),
        "languages" => Shape::Any(named(&LANGUAGES)),
        "area" => Shape::Places,
        "postcode" => Shape::Beside,
        "age_min" | "age_max" => Shape::Line("text", "two"),
        "pay_min" | "pay_max" => Shape::Line("text", "four"),
        "url" | "apply_url" => Shape::Line("url", "wide"),
        "contact_email" => Shape::Line("email", "wide"),
        "contact_phone" => Shape::Line("tel", "short"),
        _ => Shape::Line("text", "wide"),
    }
}

/// At least so many rows for places, and at most.
const PLACES: usize = 3;
const MOST_PLACES: usize = 40;

/// What stands in the fields of some columns.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    columns: Vec<&'static str>,
    pub(super) texts: Texts,
    days: BTreeMap<&'static str, [String; 3]>,
    time: String,
    places: Vec<[String; 2]>,
    errors: Vec<FieldError>,
}

impl Typed {
    /// As an opportunity or a row has it.
    pub(super) fn held(columns: &[&'static str], texts: &Texts) -> Self {
        let text = |column: &str| texts.get(column).cloned().unwrap_or_default();
        let mut typed = Self { columns: columns.to_vec(), ..Self::default() };
        for column in columns {
            let text = text(column);
            if matches!(shape(column), Shape::Day | Shape::Closing) {
                let (day, time) = day_and_time(&text);
                typed.days.insert(column, day);
                typed.time = if *column == "closes" { time } else { typed.time };
            }
            typed.texts.insert(column, text);
        }
        typed.places = format::pairs(&text("area"), &text("postcode"));
        let rows = (typed.places.len() + 1).max(PLACES);
        typed.places.resize(rows, <[String; 2]>::default());
        typed
    }

    /// As a form sent it.
    pub(super) fn sent(columns: &[&'static str], form: &FormData) -> Self {
        let mut typed = Self { columns: columns.to_vec(), ..Self::default() };
        for column in columns {
            let text = match shape(column) {
                Shape::Line(..) | Shape::One(_) => form.text(column),
                Shape::Lines(_) => form.lines(column),
                Shape::Any(_) => form.all(column).join("; "),
                Shape::Flag => if form.raw(column) == "y" { "y" } else { "n" }.to_owned(),
                Shape::Day | Shape::Closing => {
                    let parts = date_parts(form, column);
                    let text = if parts.iter().all(String::is_empty) {
                        String::new()
                    } else {
                        parts.join("/")
                    };
                    typed.days.insert(column, parts);
                    if *column == "closes" { typed.closing(form, text) } else { text }
                }
                Shape::Places => typed.read_places(form),
                Shape::Beside => continue,
            };
            typed.texts.insert(column, text);
        }
        typed
    }

    fn closing(&mut self, form: &FormData, day: String) -> String {
        self.time = form.text("closes-time");
        let time = parse_time(&self.time).map(|time| time.format("%H:%M").to_string());
        match (day.is_empty(), self.time.is_empty(), time) {
            (true, true, _) => "ongoing".to_owned(),
            (_, true, _) => day,
            (_, false, Some(time)) => format!("{day} {time}"),
            (_, false, None) => {
                let text = words::t("meeting-time-wrong");
                self.errors.push(FieldError { field: "closes-time".into(), message: text });
                day
            }
        }
    }

    fn read_places(&mut self, form: &FormData) -> String {
        let row =
            |at: usize| ["name", "postcode"].map(|part| form.text(&format!("place-{at}-{part}")));
        let rows: Vec<[String; 2]> = (0..MOST_PLACES).map(row).collect();
        let used = rows.iter().rposition(|row| row.iter().any(|it| !it.is_empty()));
        let count = used.map_or(0, |last| last + 1);
        self.places = rows.into_iter().take(count.max(PLACES)).collect();
        for (at, [name, _]) in self.places.iter().enumerate() {
            if name.contains(';') {
                let field = format!("place-{at}-name");
                self.errors.push(FieldError { field, message: words::t("opp-place-wrong") });
            }
        }
        let filled = self.places.iter().filter(|row| row.iter().any(|it| !it.is_empty()));
        let (names, postcodes): (Vec<_>, Vec<_>) =
            filled.map(|[name, postcode]| (name.clone(), postcode.clone())).unzip();
        if self.columns.contains(&"postcode") {
            self.texts.insert("postcode", postcodes.join("; "));
        }
        names.join("; ")
    }

    /// What is wrong, each at its field.
    pub(super) fn errors(&self, issues: &[Issue]) -> Vec<FieldError> {
        let issues = issues
            .iter()
            .map(|it| FieldError { field: self.anchor(it), message: format::issue(it) });
        let mut errors: Vec<FieldError> = issues.chain(self.errors.clone()).collect();
        let anchors: Vec<String> = self.fields(&[]).iter().map(Field::anchor).collect();
        let place = |error: &FieldError| anchors.iter().position(|it| *it == error.field);
        errors.sort_by_key(place);
        errors
    }

    /// Whether something is wrong before anything is checked.
    pub(super) fn is_wrong(&self) -> bool {
        !self.errors.is_empty()
    }

    fn anchor(&self, issue: &Issue) -> String {
        let column = issue.field().unwrap_or_default();
        match shape(column) {
            Shape::Day | Shape::Closing => format!("{column}-day"),
            Shape::Any(_) | Shape::Flag => format!("{column}-0"),
            Shape::Places => "place-0-name".to_owned(),
            Shape::Beside => {
                let at = self.places.iter().position(|[_, postcode]| *postcode == issue.value);
                format!("place-{}-postcode", at.unwrap_or(0))
            }
            _ => column.to_owned(),
        }
    }

    /// The fields to show.
    pub(super) fn fields(&self, errors: &[FieldError]) -> Vec<Field> {
        let fields = self.columns.iter().flat_map(|column| self.field(column));
        fields.map(|field| field.with_error(errors)).collect()
    }

    fn field(&self, column: &'static str) -> Vec<Field> {
        let text = self.texts.get(column).cloned().unwrap_or_default();
        let key = format!("column-{}", column.replace('_', "-"));
        let hint = words::find(&format!("{key}-hint")).unwrap_or_default();
        let with = |input| Field { hint: hint.clone(), ..Field::new(column, &key, input) };
        let day = || self.days.get(column).cloned().unwrap_or_default();
        match shape(column) {
            Shape::Line(kind, width) => {
                vec![Field { value: text, ..with(Input::Line(kind, width)) }]
            }
            Shape::Lines(rows) => vec![Field { value: text, ..with(Input::Area(rows)) }],
            Shape::Day => vec![with(Input::Date(day()))],
            Shape::Closing => {
                let time = Field::new("closes-time", "opp-time", Input::Line("text", "four"));
                let time = Field { value: self.time.clone(), ..time.hint("opp-time-hint") };
                vec![with(Input::Date(day())), time]
            }
            Shape::Flag => {
                let choices = vec![choice("y", words::t("yes"), &text)];
                vec![with(Input::Checks(choices))]
            }
            Shape::One(words) => vec![with(Input::Select(one_of(column, words, &text)))],
            Shape::Any(words) => vec![with(Input::Checks(any_of(words, &text)))],
            Shape::Places => self.place_fields(),
            Shape::Beside => Vec::new(),
        }
    }

    fn place_fields(&self) -> Vec<Field> {
        let fields = self.places.iter().enumerate().flat_map(|(at, [name, postcode])| {
            let field = |part: &str, value: &String, width| Field {
                label: words::count(&format!("opp-place-{part}"), at + 1),
                value: value.clone(),
                ..Field::new(&format!("place-{at}-{part}"), "", Input::Line("text", width))
            };
            [field("name", name, "wide"), field("postcode", postcode, "short")]
        });
        fields.collect()
    }
}

/// The words of a column to choose from. One that is there and not among them stays a choice.
fn one_of(column: &str, mut words: Vec<(String, String)>, text: &str) -> Vec<Choice> {
    let is_known = words.iter().any(|(word, _)| word == text);
    if !is_known && !text.is_empty() {
        words.push((text.to_owned(), format::told(column, text)));
    }
    let none = if column == "kind" { "opp-kind-choose" } else { "field-not-said" };
    let none = choice("", words::t(none), text);
    [none]
        .into_iter()
        .chain(words.into_iter().map(|(word, name)| choice(&word, name, text)))
        .collect()
}

fn any_of(mut words: Vec<(String, String)>, text: &str) -> Vec<Choice> {
    let chosen: Vec<&str> = text.split([';', ',']).map(str::trim).collect();
    for other in chosen.iter().filter(|it| !it.is_empty()) {
        if !words.iter().any(|(word, _)| word == other) {
            words.push(((*other).to_owned(), kit_format::language(other)));
        }
    }
    let named = |(word, name): (String, String)| Choice {
        is_selected: chosen.contains(&word.as_str()),
        ..choice(&word, name, "")
    };
    words.into_iter().map(named).collect()
}

/// The parts of what was meant as a day.
fn as_parts(text: &str) -> Option<[String; 3]> {
    let split = |between| -> Vec<String> { text.split(between).map(str::to_owned).collect() };
    let turned = || split('-').into_iter().rev().collect::<Vec<_>>();
    let parts = split('/').try_into();
    parts.or_else(|_| turned().try_into()).ok()
}

/// The parts of a day and its time, from a text as a column holds it; from one that is none, the
/// text itself, so that whoever mends it sees it.
fn day_and_time(text: &str) -> ([String; 3], String) {
    if text.is_empty() || text == "ongoing" {
        return Default::default();
    }
    let parts = |day: NaiveDate| ["%-d", "%-m", "%Y"].map(|part| day.format(part).to_string());
    let (first, time) = text.split_once(' ').unwrap_or((text, ""));
    let day = first.parse::<NaiveDate>();
    let day = day.or_else(|_| NaiveDate::parse_from_str(first, "%d/%m/%Y"));
    match (day, NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M")) {
        (_, Ok(at)) => (parts(at.date()), at.format("%H:%M").to_string()),
        (Ok(day), _) => (parts(day), time.to_owned()),
        _ => (
            as_parts(first).unwrap_or_else(|| [text.to_owned(), String::new(), String::new()]),
            time.to_owned(),
        ),
    }
}
