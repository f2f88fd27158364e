//! The form of a line: as it is typed, as it is kept, and what is wrong.

use promise_edition::{max_length, values};
use promise_protocol::{
    opening_hours,
    pack::{ClosedDays, Line},
    phone_number,
    values::{Opening, PhoneKind, PhoneNumber},
};
use promise_services::{cards, publishing::drafts::Fields};
use serde_json::{Value, json};

use crate::{
    features::directory::board,
    kit::{
        format,
        forms::{
            Choice, Field, Input, MIN_PHONE_ROWS, PhoneRow, Posted, choice, mistake, parse_phone,
            phone_rows, too_long,
        },
        page::Mistake,
        words,
    },
};

/// Texts of a line: the field of the form, the field of the record, and its label.
const TEXTS: [(&str, &str, &str); 5] = [
    ("display_name", "display_name.en", "line-name"),
    ("role", "role", "line-role"),
    ("organisation", "organisation", "line-organisation"),
    ("email", "email", "field-email"),
    ("about", "about.en", "line-about"),
];

const CLOSED: [(&str, ClosedDays); 3] = [
    ("closed", ClosedDays::Closed),
    ("as_usual", ClosedDays::AsUsual),
    ("open_all_day", ClosedDays::OpenAllDay),
];

/// A row for a number.
pub(super) struct Row {
    pub(super) typed: PhoneRow,
    pub(super) kinds: Vec<Choice>,
}

/// What stands in the form.
#[derive(Default)]
pub(super) struct Typed {
    texts: [String; 5],
    rows: Vec<PhoneRow>,
    hours: String,
    closed: String,
    languages: Vec<String>,
}

impl Typed {
    pub(super) fn empty() -> Self {
        let rows = vec![PhoneRow::default(); MIN_PHONE_ROWS];
        Self { rows, closed: "closed".to_owned(), ..Self::default() }
    }

    pub(super) fn held(line: &Line) -> Self {
        let fields = promise_services::publishing::drafts::fields_of(line);
        let text = |(_, field, _): (&str, &str, &str)| {
            fields.get(field).and_then(Value::as_str).unwrap_or_default().to_owned()
        };
        let row = |phone: &PhoneNumber| PhoneRow {
            number: phone_number::format(&phone.number),
            kind: phone.kind.as_str().to_owned(),
            ext: phone.ext.clone().unwrap_or_default(),
            prefer: phone.prefer,
            mistake: String::new(),
        };
        let mut rows: Vec<PhoneRow> = line.phones.iter().map(row).collect();
        rows.resize((rows.len() + 1).max(MIN_PHONE_ROWS), PhoneRow::default());
        let closed = CLOSED.iter().find(|(_, it)| *it == line.on_closed_days);
        Self {
            texts: TEXTS.map(text),
            rows,
            hours: format::hours(&json!(line.hours)),
            closed: closed.map_or("", |(name, _)| name).to_owned(),
            languages: line.languages.clone(),
        }
    }

    pub(super) fn sent(form: &Posted) -> Self {
        let text = |(name, ..): (&str, &str, &str)| match name {
            "about" => form.lines(name),
            name => form.text(name),
        };
        Self {
            texts: TEXTS.map(text),
            rows: phone_rows(form),
            hours: form.lines("hours"),
            closed: form.text("on_closed_days"),
            languages: form.all("languages").into_iter().filter(|it| !it.is_empty()).collect(),
        }
    }

    /// The fields before the numbers, the numbers, and the fields after them.
    pub(super) fn fields(&self, mistakes: &[Mistake]) -> (Vec<Field>, Vec<Row>, Vec<Field>) {
        let text = |at: usize| {
            let (name, _, label) = TEXTS.get(at).copied().unwrap_or_default();
            let value = self.texts.get(at).cloned().unwrap_or_default();
            let field = match name {
                "about" => Field::area(name, label, &value),
                "email" => Field { value, ..Field::new(name, label, Input::Line("email", "wide")) },
                _ => Field::line(name, label, &value),
            };
            let hint = words::find(&format!("{label}-hint")).unwrap_or_default();
            Field { hint, ..field }.checked(mistakes)
        };
        let hours = Field::area("hours", "card-hours", &self.hours).hint("line-hours-hint");
        let named = CLOSED.map(|(name, days)| choice(name, board::closed(days), &self.closed));
        let closed = Field::new("on_closed_days", "line-closed", Input::Radios(named.to_vec()));
        let tags = format::LANGUAGES.iter().map(|tag| (*tag).to_owned());
        let others =
            self.languages.iter().filter(|it| !format::LANGUAGES.contains(&it.as_str())).cloned();
        let language = |tag: String| Choice {
            is_chosen: self.languages.contains(&tag),
            ..choice(&tag, format::language(&tag), "")
        };
        let languages = Input::Checks(tags.chain(others).map(language).collect());
        let languages = Field::new("languages", "line-languages", languages);
        let after = vec![
            hours.checked(mistakes),
            closed.hint("line-closed-hint").checked(mistakes),
            text(4),
            text(3),
            languages.checked(mistakes),
        ];
        ((0..3).map(text).collect(), self.phone_rows(mistakes), after)
    }

    fn phone_rows(&self, mistakes: &[Mistake]) -> Vec<Row> {
        let row = |(at, typed): (usize, &PhoneRow)| {
            let start = format!("phone-{at}-");
            let own = mistakes.iter().find(|mistake| mistake.field.starts_with(&start));
            let mistake = own.map(|it| it.text.clone()).unwrap_or_default();
            let kinds = PhoneKind::ALL
                .map(|kind| choice(kind.as_str(), format::phone_kind(kind), &typed.kind));
            Row { kinds: kinds.to_vec(), typed: PhoneRow { mistake, ..typed.clone() } }
        };
        self.rows.iter().enumerate().map(row).collect()
    }

    /// The fields of the line, or what is wrong. What says the same as `held` stays as it is there.
    pub(super) fn read(&self, held: &Fields) -> Result<Fields, Vec<Mistake>> {
        let mut mistakes = Vec::new();
        let mut fields = Fields::new();
        for ((name, field, label), typed) in TEXTS.iter().zip(&self.texts) {
            let most = max_length(name);
            if typed.chars().count() > most {
                mistakes.push(too_long(name, label, most));
            }
            if typed.is_empty() && matches!(*name, "display_name" | "role") {
                mistakes.push(mistake(name, &format!("{label}-missing")));
            }
            if *name == "email" && !typed.is_empty() && values::email_address(typed).is_err() {
                mistakes.push(mistake(name, "card-email-wrong"));
            }
            let value = if typed.is_empty() { Value::Null } else { typed.clone().into() };
            fields.insert((*field).to_owned(), value);
        }
        self.read_phones(held, &mut fields, &mut mistakes);
        self.read_hours(held, &mut fields, &mut mistakes);
        let is_known = |tag: &String| values::language_tag(tag).is_ok_and(|it| it == *tag);
        if !self.languages.iter().all(is_known) {
            mistakes.push(mistake("languages-0", "card-languages-wrong"));
        }
        let none = self.languages.is_empty();
        fields.insert("languages".into(), if none { Value::Null } else { json!(self.languages) });
        if !CLOSED.iter().any(|(name, _)| *name == self.closed) {
            mistakes.push(mistake("on_closed_days-0", "line-closed-wrong"));
        }
        fields.insert("on_closed_days".into(), self.closed.clone().into());
        if mistakes.is_empty() { Ok(fields) } else { Err(mistakes) }
    }

    fn read_phones(&self, held: &Fields, fields: &mut Fields, mistakes: &mut Vec<Mistake>) {
        let known: Vec<PhoneNumber> = held
            .get("phones")
            .and_then(|phones| serde_json::from_value(phones.clone()).ok())
            .unwrap_or_default();
        let mut phones: Vec<PhoneNumber> = Vec::new();
        let filled = self.rows.iter().enumerate().filter(|(_, row)| !row.number.is_empty());
        for (at, row) in filled {
            let read = parse_phone(row).and_then(|value| {
                serde_json::from_value::<PhoneNumber>(value)
                    .map_err(|_| ("number", words::t("phone-wrong")))
            });
            match read {
                Ok(mut phone) => {
                    // How it was typed is of no use to a phone.
                    phone.unknown.remove(cards::TYPED);
                    let same = |it: &&PhoneNumber| {
                        PhoneNumber { unknown: phone.unknown.clone(), ..(*it).clone() } == phone
                    };
                    phones.push(known.iter().find(same).unwrap_or(&phone).clone());
                }
                Err((part, text)) => {
                    mistakes.push(Mistake { field: format!("phone-{at}-{part}"), text });
                }
            }
        }
        if phones.is_empty() && !self.rows.iter().any(|row| !row.number.is_empty()) {
            mistakes.push(mistake("phone-0-number", "line-phones-missing"));
        }
        fields.insert("phones".into(), json!(phones));
    }

    fn read_hours(&self, held: &Fields, fields: &mut Fields, mistakes: &mut Vec<Mistake>) {
        let before = held.get("hours").cloned().unwrap_or_default();
        if !before.is_null() && format::hours(&before) == self.hours {
            fields.insert("hours".into(), before);
            return;
        }
        let mut hours: Vec<Opening> = Vec::new();
        for line in self.hours.lines().filter(|line| !line.trim().is_empty()) {
            let Some(opening) = opening_hours::parse(line) else {
                let shown: String = line.chars().take(40).collect();
                let text = words::with("hours-wrong", "typed", &shown);
                mistakes.push(Mistake { field: "hours".into(), text });
                break;
            };
            hours.push(opening);
        }
        if hours.len() > 30 {
            mistakes.push(mistake("hours", "hours-many"));
        }
        fields.insert("hours".into(), if hours.is_empty() { Value::Null } else { json!(hours) });
    }
}
