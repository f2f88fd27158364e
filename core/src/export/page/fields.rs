//! Rows for the fields of a record, as the schema describes them.

use maud::{Markup, html};
use promise_protocol::{
    cover::CoverDays,
    pack::ClosedDays,
    schema::{Field, Format, Kind},
    text::isolate_whole,
    values::{Opening, PhoneNumber},
};

use super::{
    formatter::Formatter,
    values::{Row, email, isolated, name, plain},
};
use crate::{
    collections::{Record, contacts::ContactRecords, own_contacts::preferred_first},
    export::ExportData,
};

/// One row for each field that has a label, and one for each group, in the order of the schema.
pub(super) fn rows<'a>(
    formatter: &Formatter<'a>,
    data: &ExportData,
    fields: &[Field],
    record: &Record,
) -> Vec<Row<'a>> {
    let runs = fields.chunk_by(|one, next| one.group.is_some() && one.group == next.group);
    let row = |run: &[Field]| {
        let field = run.first()?;
        Some(match field.group {
            Some(group) => (formatter.labels.field(group), flags(formatter, run, record)),
            None => (formatter.labels.field(field.label?), value(formatter, data, field, record)),
        })
    };
    runs.filter_map(row).collect()
}

/// The labels of the flags that are set.
fn flags(formatter: &Formatter<'_>, fields: &[Field], record: &Record) -> Option<Markup> {
    let set = fields.iter().filter(|field| record.flag(field.name));
    let labels = set.filter_map(|field| Some(formatter.labels.field(field.label?)));
    plain(Some(labels.collect::<Vec<_>>().join(", ")))
}

fn value(
    formatter: &Formatter<'_>,
    data: &ExportData,
    field: &Field,
    record: &Record,
) -> Option<Markup> {
    let key = field.name;
    match field.kind {
        Kind::Text(_) => text(formatter, field.format, &record.text(key)?),
        Kind::Flag => plain(record.get(key).map(|yes| formatter.yes_or_no(yes))),
        Kind::Number(_) => plain(record.get::<u64>(key).map(|number| number.to_string())),
        Kind::Choice(words) if words == ClosedDays::WORDS => {
            let days = record.get(key).map(|days| formatter.labels.closed_days(days));
            plain(days.map(str::to_owned))
        }
        Kind::Choice(_) => plain(record.text(key).map(|word| word.replace('_', " "))),
        Kind::Date => plain(record.get(key).map(|day| formatter.date(day))),
        Kind::Time => plain(record.get(key).map(|at| formatter.date_and_time(at))),
        Kind::Id => name(contact_name(data, &record.text(key)?)),
        Kind::Phones => phones(formatter, &preferred_first(record.list_of(key))),
        Kind::Languages => plain(Some(formatter.language_names(&record.list_of(key)))),
        Kind::Hours => {
            let openings = record.list_of::<Opening>(key);
            lines(openings.iter().map(|opening| formatter.hours(opening)))
        }
        Kind::Leave => {
            let of = |records: &&ContactRecords| records.record.id == record.id;
            let contact = data.contacts.iter().find(of)?;
            let days = contact.contact.cover_days.iter();
            lines(days.map(|days| days_and_cover(formatter, data, days)))
        }
        Kind::Ids | Kind::CarePeriods | Kind::Document | Kind::Facts(_) => None,
    }
}

fn text(formatter: &Formatter<'_>, format: Format, text: &str) -> Option<Markup> {
    match format {
        Format::Line | Format::Lines => formatter.english(Some(text)),
        Format::Name => name(Some(text)),
        Format::Email => email(Some(text)),
    }
}

fn phones(formatter: &Formatter<'_>, phones: &[PhoneNumber]) -> Option<Markup> {
    (!phones.is_empty())
        .then(|| html! { @for phone in phones { p { (formatter.phone_number(phone)) } } })
}

fn lines(lines: impl Iterator<Item = String>) -> Option<Markup> {
    let lines: Vec<String> = lines.collect();
    (!lines.is_empty()).then(|| html! { @for line in lines { p { bdi { (isolated(&line)) } } } })
}

fn days_and_cover(formatter: &Formatter<'_>, data: &ExportData, leave: &CoverDays) -> String {
    let days = formatter.range(&formatter.date(leave.from), &formatter.date(leave.to));
    let cover = leave.cover.as_deref().and_then(|id| contact_name(data, id));
    match cover {
        Some(cover) => {
            format!("{days}. {}", formatter.labels.cover.replace("{name}", &isolate_whole(cover)))
        }
        None => days,
    }
}

/// The name of a contact; `None` if they are not on this phone, or have no name.
pub(super) fn contact_name<'a>(data: &'a ExportData, id: &str) -> Option<&'a str> {
    let found = data.contacts.iter().find(|records| records.record.id == id)?;
    Some(found.contact.display_name.as_str()).filter(|name| !name.is_empty())
}
