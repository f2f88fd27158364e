//! `directory.toml`: lines anyone can ring, and the days on which offices are closed.

use promise_protocol::{
    pack::{ClosedDay, ClosedDays, Directory, Line, Table},
    values::{PhoneKind, PhoneNumber},
};
use serde_json::Map;

use super::{checks, fields::Fields, names::Names, problem::shown};
use promise_protocol::opening_hours;
use promise_protocol::phone_number;

const PHONE_KINDS: [(&str, PhoneKind); 6] = [
    ("mobile", PhoneKind::Mobile),
    ("landline", PhoneKind::Landline),
    ("duty", PhoneKind::Duty),
    ("oohs", PhoneKind::Oohs),
    ("text", PhoneKind::Text),
    ("whatsapp", PhoneKind::Whatsapp),
];

const CLOSED_DAYS: [(&str, ClosedDays); 3] = [
    ("closed", ClosedDays::Closed),
    ("as_usual", ClosedDays::AsUsual),
    ("open_all_day", ClosedDays::OpenAllDay),
];

/// The directory, as far as it can be read, of the council that makes the promise. A `council` in
/// the file must be that one: two councils' folders are easily mixed up.
pub(super) fn read(file: Fields<'_>, council: &str) -> Directory {
    if let Some(named) =
        file.text("council").filter(|named| !council.is_empty() && named != council)
    {
        let what = format!("council {} is not promise.toml's, \"{council}\"", shown(&named));
        file.problem_of("council", what);
    }
    let directory = Directory {
        lines: Table(lines(&file)),
        closed_days: closed_days(&file),
        unknown: Map::new(),
    };
    file.no_others();
    directory
}

fn lines(file: &Fields<'_>) -> Vec<Line> {
    let mut seen = Names::default();
    let read = |fields: Fields<'_>| {
        let line = line(&fields, seen.next(&fields));
        if fields.items("phones").is_empty() {
            fields.problem("a line must have phones");
        }
        fields.no_others();
        line
    };
    file.tables("line", "a line").into_iter().map(read).collect()
}

fn line(fields: &Fields<'_>, id: String) -> Line {
    Line {
        id,
        role: fields.required("role"),
        display_name: fields.required_localised("display_name"),
        organisation: fields.text("organisation"),
        phones: phones(fields),
        email: fields.checked("email", |typed| checks::email("email", typed)),
        hours: fields.list("hours", |typed| {
            opening_hours::parse(typed).ok_or_else(|| {
                format!("hours {} are not clear; write {}", shown(typed), opening_hours::EXAMPLE)
            })
        }),
        on_closed_days: fields.choice("on_closed_days", &CLOSED_DAYS).unwrap_or_default(),
        about: fields.localised("about"),
        languages: fields.list("languages", checks::language),
        unknown: Map::new(),
    }
}

/// The numbers of a line. A number on its own is a mobile's or a landline's by how it begins; a
/// table says more.
fn phones(fields: &Fields<'_>) -> Vec<PhoneNumber> {
    fields.texts_or_tables("phones", "a phone", |typed| number(typed).map(plain_phone), phone)
}

fn phone(fields: Fields<'_>) -> Option<PhoneNumber> {
    let number = fields.required_checked("number", number);
    let kind = fields.choice("kind", &PHONE_KINDS);
    let (ext, prefer) = (fields.checked("ext", extension), fields.flag("prefer"));
    fields.no_others();
    let plain = plain_phone(number?);
    Some(PhoneNumber { kind: kind.unwrap_or(plain.kind), ext, prefer, ..plain })
}

fn plain_phone(number: String) -> PhoneNumber {
    let kind = if number.starts_with("+447") { PhoneKind::Mobile } else { PhoneKind::Landline };
    PhoneNumber { number, kind, ext: None, prefer: false, unknown: Map::new() }
}

fn number(typed: &str) -> Result<String, String> {
    phone_number::parse(typed).map_err(|error| error.to_string())
}

fn extension(typed: &str) -> Result<String, String> {
    let dialled = (1..=12).contains(&typed.len()) && typed.bytes().all(|b| b.is_ascii_digit());
    dialled
        .then(|| typed.to_owned())
        .ok_or_else(|| format!("ext {} is not an extension; write its digits", shown(typed)))
}

fn closed_days(file: &Fields<'_>) -> Vec<ClosedDay> {
    let mut days: Vec<ClosedDay> = Vec::new();
    for fields in file.tables("closed_day", "a closed day") {
        let (date, name) = (fields.day("date"), fields.required("name"));
        match date {
            None if fields.items("date").is_empty() => {
                fields.problem("a closed day must have a date");
            }
            None => {}
            Some(date) if days.iter().any(|day| day.date == date) => {
                fields.problem_of("date", format!("{date} is there twice"));
            }
            Some(date) => days.push(ClosedDay { date, name, unknown: Map::new() }),
        }
        fields.no_others();
    }
    days.sort_by_key(|day| day.date);
    days
}
