//! Values on the page: names, telephone numbers, links, and the table they stand in.

use maud::{Markup, html};
use promise_protocol::{
    phone_number,
    text::{neutralise, runs},
    values::{PhoneKind, PhoneNumber},
};

use super::formatter::Formatter;

/// A row of a table: its label and its value. A row without a value is left out.
pub(super) type Row<'a> = (&'a str, Option<Markup>);

impl Formatter<'_> {
    /// A telephone number with what it is for.
    pub(super) fn phone_number(&self, phone: &PhoneNumber) -> Markup {
        let labels = self.labels;
        let purpose = match phone.usable_kind() {
            PhoneKind::Mobile | PhoneKind::Landline => None,
            PhoneKind::Duty => Some(&labels.duty),
            PhoneKind::Oohs => Some(&labels.oohs),
            PhoneKind::Text => Some(&labels.text_only),
            PhoneKind::Whatsapp => Some(&labels.whatsapp_only),
        };
        let cost = phone_number::call_cost(&phone.number).map(|_| &labels.costs_extra);
        let remarks = [purpose, cost, phone.prefer.then_some(&labels.try_first)];
        let remarks: Vec<&str> = remarks.into_iter().flatten().map(String::as_str).collect();
        html! {
            (phone_link(phone))
            @if let Some(ext) = &phone.ext { ", " (labels.extension) " " (left_to_right(ext)) }
            @if !remarks.is_empty() { " " bdi { "(" (remarks.join(", ")) ")" } }
        }
    }

    /// A telephone number that is not right any more, with no link: it must not be rung by mistake.
    pub(super) fn replaced_number(&self, phone: &PhoneNumber) -> Markup {
        html! {
            (left_to_right(&phone_number::format(&phone.number)))
            @if let Some(ext) = &phone.ext { ", " (self.labels.extension) " " (left_to_right(ext)) }
        }
    }

    /// A table of what belongs to this heading.
    pub(super) fn table<'r>(
        &self,
        heading: &str,
        rows: impl IntoIterator<Item = Row<'r>>,
    ) -> Markup {
        let rows: Vec<_> = rows
            .into_iter()
            .filter_map(|(label, value)| value.map(|value| (label, value)))
            .collect();
        html! {
            @if !rows.is_empty() {
                table aria-labelledby=(heading) {
                    tbody { @for (label, value) in rows {
                        tr { th scope="row" { (self.label(label)) } td { (value) } }
                    } }
                }
            }
        }
    }
}

/// A telephone number: a link if it can be rung or texted.
fn phone_link(phone: &PhoneNumber) -> Markup {
    let text = left_to_right(&phone_number::format(&phone.number));
    match phone.link() {
        Some(link) => html! { a href=(link) { (text) } },
        None => text,
    }
}

/// A name, which has no language.
pub(super) fn name(text: Option<&str>) -> Option<Markup> {
    text.filter(|text| !text.is_empty()).map(|text| html! { bdi { (isolated(text)) } })
}

/// A text in which numbers and addresses keep their order in text of the other direction. It belongs
/// in an element whose direction is that of the text.
pub(super) fn isolated(text: &str) -> Markup {
    html! { @for run in runs(&neutralise(text), None) {
        @if run.is_isolated { bdi dir="ltr" { (run.text) } } @else { (run.text) }
    } }
}

/// A number or an address, which reads from left to right in every language.
fn left_to_right(text: &str) -> Markup {
    html! { bdi dir="ltr" { (&*neutralise(text)) } }
}

/// A text that is in the page's own language.
#[expect(clippy::needless_pass_by_value, reason = "each caller formats a text for it")]
pub(super) fn plain(text: Option<String>) -> Option<Markup> {
    name(text.as_deref())
}

/// A web address: a link if it is http or https. A council's file may hold anything.
pub(super) fn link(url: Option<&str>) -> Option<Markup> {
    let url = url?;
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    Some(if is_web {
        html! { a href=(url) rel="noreferrer" { (left_to_right(url)) } }
    } else {
        left_to_right(url)
    })
}

/// An e-mail address: a link if it has no character that means something in a `mailto` link.
pub(super) fn email(address: Option<&str>) -> Option<Markup> {
    let address = address.filter(|address| !address.is_empty())?;
    let is_plain = address.contains('@')
        && address.chars().all(|c| c.is_ascii_alphanumeric() || "@.-_+'".contains(c));
    let text = left_to_right(address);
    Some(if is_plain {
        html! { a href={ "mailto:" (address) } { (text) } }
    } else {
        text
    })
}
