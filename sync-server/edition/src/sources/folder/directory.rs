//! `directory.toml`: phone lines open to everyone, and the days on which offices are closed.

use promise_protocol::{
    opening_hours,
    pack::{ClosedDay, Directory, Line, Table},
    phone_number,
    values::{PhoneKind, PhoneNumber},
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
            .list("hours", |typed| opening_hours::parse(typed).ok_or(IssueKind::NotOpeningHours)),
        on_closed_days: table.word("on_closed_days").unwrap_or_default(),
        about: table.localised("about"),
        languages: table.list("languages", values::language_tag),
        unknown: Map::new(),
    }
}

/// Reads the numbers of a line, each as a text or as a table with its kind and extension.
fn phones(table: &TableReader<'_>) -> Vec<PhoneNumber> {
    table.texts_or_tables("phones", "a phone", |typed| number(typed).map(plain_phone), phone)
}

fn phone(table: TableReader<'_>) -> Option<PhoneNumber> {
    let number = table.require_parsed("number", number);
    let kind = table.word("kind");
    let (ext, prefer) = (table.parse("ext", extension), table.flag("prefer"));
    table.refuse_other_fields();
    let plain = plain_phone(number?);
    Some(PhoneNumber { kind: kind.unwrap_or(plain.kind), ext, prefer, ..plain })
}

/// A number of which only the digits are known, which tell a mobile from a landline.
fn plain_phone(number: String) -> PhoneNumber {
    let kind = if number.starts_with("+447") { PhoneKind::Mobile } else { PhoneKind::Landline };
    PhoneNumber { number, kind, ext: None, prefer: false, unknown: Map::new() }
}

fn number(typed: &str) -> Result<String, IssueKind> {
    phone_number::parse(typed).map_err(IssueKind::NotAPhoneNumber)
}

fn extension(typed: &str) -> Result<String, IssueKind> {
    let is_dialled = (1..=12).contains(&typed.len()) && typed.bytes().all(|b| b.is_ascii_digit());
    is_dialled.then(|| typed.to_owned()).ok_or(IssueKind::NotAnExtension)
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
