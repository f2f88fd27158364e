//! Contacts: those that the council gives, and the person's own.

use maud::{Markup, html};
use promise_protocol::schema;

use super::{
    fields,
    formatter::Formatter,
    values::{Row, isolated, plain},
};
use crate::{
    collections::{Record, contacts::ContactRecords, own_contacts::OwnContact},
    export::ExportData,
};

pub(super) fn contacts(formatter: &Formatter<'_>, data: &ExportData) -> Option<Markup> {
    let contacts = &data.contacts;
    (!contacts.is_empty()).then(|| {
        html! { @for (index, contact) in contacts.iter().enumerate() {
            (contact_article(formatter, data, contact, &format!("people-{index}")))
        } }
    })
}

pub(super) fn own_contacts(formatter: &Formatter<'_>, data: &ExportData) -> Option<Markup> {
    let contacts = &data.own_contacts;
    (!contacts.is_empty()).then(|| {
        html! { @for (index, (contact, record)) in contacts.iter().enumerate() {
            (own_contact_article(formatter, data, (contact, record), &format!("own-{index}")))
        } }
    })
}

fn contact_article(
    formatter: &Formatter<'_>,
    data: &ExportData,
    ContactRecords { contact, record, mark }: &ContactRecords,
    id: &str,
) -> Markup {
    let labels = formatter.labels;
    let mut rows = fields::rows(formatter, data, schema::CONTACT_MARK.fields, mark);
    rows.extend(fields::rows(formatter, data, schema::CONTACT.fields, record));
    let changed_at = contact.changed_at.map(|at| formatter.date_and_time(at));
    rows.push((&labels.updated, plain(changed_at)));
    article(
        formatter,
        (id, &contact.display_name),
        [contact.pinned, contact.hidden, mark.flag(schema::DISCREET)],
        rows,
        contact.note.as_deref(),
    )
}

fn own_contact_article(
    formatter: &Formatter<'_>,
    data: &ExportData,
    (contact, record): (&OwnContact, &Record),
    id: &str,
) -> Markup {
    article(
        formatter,
        (id, &contact.display_name),
        [contact.pinned, contact.hidden, contact.discreet],
        fields::rows(formatter, data, schema::OWN_CONTACT.fields, record),
        contact.note.as_deref(),
    )
}

fn article<'a>(
    formatter: &Formatter<'_>,
    (id, title): (&str, &str),
    [pinned, hidden, discreet]: [bool; 3],
    rows: impl IntoIterator<Item = Row<'a>>,
    note: Option<&str>,
) -> Markup {
    html! {
        article {
            h3 id=(id) { bdi { (isolated(title)) } }
            @if pinned { p.mark { (formatter.label(&formatter.labels.pinned)) } }
            @if hidden { p.mark { (formatter.label(&formatter.labels.hidden)) } }
            @if discreet { p.mark { (formatter.label(&formatter.labels.discreet)) } }
            (formatter.table(id, rows))
            (formatter.note(note))
        }
    }
}
