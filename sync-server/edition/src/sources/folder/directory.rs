//! `directory.toml`: phone lines open to everyone, the days on which offices are closed, and timescales.

use promise_protocol::{
    opening_hours,
    pack::{ClosedDay, Directory, LegalTimescale, Line, Table, Timescale},
    phone_number::{self, PhoneNumberError, TypedNumber},
    values::{Period, PhoneNumber},
};
use serde_json::Map;

use super::{ids::UniqueIds, table::TableReader};
use crate::{issue::IssueKind, validate::values};

/// Reads the directory as far as it can be read. A `council` in the file must be that of the promise:
/// folders of two councils are easily mixed up.
pub(super) fn read(file: TableReader<'_>, council: &str) -> Directory {
    if let Some(named) =
        file.text("council").filter(|named| !council.is_empty() && named != council)
    {
        let kind = IssueKind::OtherCouncil { council: council.to_owned() };
        file.add_field_issue("council", kind, &named);
    }
    let directory = Directory {
        lines: Table(lines(&file)),
        closed_days: closed_days(&file),
        timescales: timescales(&file),
        unknown: Map::new(),
    };
    file.refuse_other_fields();
    directory
}

fn lines(file: &TableReader<'_>) -> Vec<Line> {
    let mut ids = UniqueIds::default();
    let read = |table: TableReader<'_>| {
        let line = line(&table, ids.read(&table));
        if table.items("phones").is_empty() {
            table.add_missing("phones");
        }
        table.refuse_other_fields();
        line
    };
    file.tables("line", "a line").into_iter().map(read).collect()
}

fn line(table: &TableReader<'_>, id: String) -> Line {
    Line {
        id,
        role: table.require("role"),
        display_name: table.require_localised("display_name"),
        organisation: table.text("organisation"),
        phones: phones(table),
        email: table.parse("email", values::email_address),
        hours: table
            .list("hours", |typed| opening_hours::parse(typed).map_err(IssueKind::NotOpeningHours)),
        on_closed_days: table.word("on_closed_days").unwrap_or_default(),
        about: table.localised("about"),
        languages: table.list("languages", values::language_tag),
        unknown: Map::new(),
    }
}

/// Reads the numbers of a line, each as a text or as a table with its kind and extension.
fn phones(table: &TableReader<'_>) -> Vec<PhoneNumber> {
    let plain = |typed: &str| Ok(values::phone_number(typed)?.into_value(None, false));
    table.texts_or_tables("phones", "a phone", plain, phone)
}

fn phone(table: TableReader<'_>) -> Option<PhoneNumber> {
    let parse = |typed: &str| phone_number::parse(typed).map_err(IssueKind::from);
    let number = table.require_parsed("number", parse);
    let kind = table.word("kind");
    let (ext, prefer) = (table.parse("ext", values::extension), table.flag("prefer"));
    let cost_confirmed = table.flag("cost_confirmed");
    let number = number.and_then(|typed| {
        let typed = TypedNumber { cost_confirmed: typed.cost_confirmed || cost_confirmed, ..typed };
        let checked = typed.with_extension(ext).and_then(TypedNumber::require_confirmed_cost);
        let add_issue = |error: PhoneNumberError| {
            table.add_field_issue(
                "number",
                error.into(),
                &table.text("number").unwrap_or_default(),
            );
        };
        checked.map_err(add_issue).ok()
    });
    table.refuse_other_fields();
    number.map(|number| number.into_value(kind, prefer))
}

fn closed_days(file: &TableReader<'_>) -> Vec<ClosedDay> {
    let mut days: Vec<ClosedDay> = Vec::new();
    for table in file.tables("closed_day", "a closed day") {
        let (date, name) = (table.day("date"), table.require("name"));
        match date {
            None if table.items("date").is_empty() => table.add_missing("date"),
            None => {}
            Some(date) if days.iter().any(|day| day.date == date) => {
                let kind = IssueKind::DuplicateId { first_line: None };
                table.add_field_issue("date", kind, &date.to_string());
            }
            Some(date) => days.push(ClosedDay { date, name, unknown: Map::new() }),
        }
        table.refuse_other_fields();
    }
    days.sort_by_key(|day| day.date);
    days
}

/// Reads how often something has to happen: by law, by the council's promise, or both.
fn timescales(file: &TableReader<'_>) -> Vec<Timescale> {
    let mut ids = UniqueIds::default();
    let read = |table: TableReader<'_>| {
        let timescale = Timescale {
            id: ids.read(&table),
            display_name: table.require_localised("display_name"),
            applies_to: table.localised("applies_to"),
            law: legal_timescale(&table),
            promise: table.parse("promise", period),
            unknown: Map::new(),
        };
        if table.items("law").is_empty() && table.items("promise").is_empty() {
            table.add_missing("promise");
        }
        table.refuse_other_fields();
        timescale
    };
    file.tables("timescale", "a timescale").into_iter().map(read).collect()
}

/// A period of the law is not published without the place where the law says so.
fn legal_timescale(table: &TableReader<'_>) -> Option<LegalTimescale> {
    let (every, first) = (table.parse("law", period), table.parse("law_first", period));
    let (source, checked_on) = (table.text("source"), table.day("checked_on"));
    let has = |field| !table.items(field).is_empty();
    if has("law_first") && !has("law") {
        table.add_missing("law");
    }
    if has("law") && !has("source") {
        table.add_missing("source");
    }
    let (every, source) = every.zip(source)?;
    Some(LegalTimescale { every, first, source, checked_on, unknown: Map::new() })
}

fn period(typed: &str) -> Result<Period, IssueKind> {
    typed.parse().map_err(|_| IssueKind::NotAPeriod)
}
