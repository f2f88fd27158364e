//! What is said about a thing: names, numbers and links, and the table they stand in.

use maud::{Markup, html};
use promise_protocol::values::{PhoneKind, PhoneNumber};

use super::words::Words;
use crate::numbers;

/// A row of a table: what it is, and what is said. Rows without anything said are left out.
pub(super) type Fact<'a> = (&'a str, Option<Markup>);

impl Words<'_> {
    /// A number with what it is for.
    pub(super) fn phone(&self, phone: &PhoneNumber) -> Markup {
        let labels = self.labels;
        let what = match phone.kind {
            PhoneKind::Mobile | PhoneKind::Landline => None,
            PhoneKind::Duty => Some(&labels.duty),
            PhoneKind::Oohs => Some(&labels.oohs),
            PhoneKind::Text => Some(&labels.text_only),
            PhoneKind::Whatsapp => Some(&labels.whatsapp_only),
        };
        let about: Vec<&str> = what
            .into_iter()
            .chain(phone.prefer.then_some(&labels.try_first))
            .map(|w| &**w)
            .collect();
        html! {
            (number(&phone.number))
            @if let Some(ext) = &phone.ext { ", " (labels.extension) " " bdi dir="ltr" { (ext) } }
            @if !about.is_empty() { " " bdi { "(" (about.join(", ")) ")" } }
        }
    }

    /// A table of what is said about the thing under this heading.
    pub(super) fn facts<'f>(
        &self,
        heading: &str,
        facts: impl IntoIterator<Item = Fact<'f>>,
    ) -> Markup {
        let said: Vec<_> =
            facts.into_iter().filter_map(|(what, said)| said.map(|said| (what, said))).collect();
        html! {
            @if !said.is_empty() {
                table aria-labelledby=(heading) {
                    tbody { @for (what, said) in said { tr { th scope="row" { (self.label(what)) } td { (said) } } } }
                }
            }
        }
    }
}

/// A number, to tap if it can be nothing else. Digits stand from left to right in every language.
pub(super) fn number(number: &str) -> Markup {
    let digits = number.strip_prefix('+').unwrap_or(number);
    let can_be_rung = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let shown = html! { bdi dir="ltr" { (numbers::format(number)) } };
    if can_be_rung {
        html! { a href={ "tel:" (number) } { (shown) } }
    } else {
        shown
    }
}

/// A name, which has no language.
pub(super) fn name(text: Option<&str>) -> Option<Markup> {
    text.filter(|text| !text.is_empty()).map(|text| html! { bdi { (text) } })
}

/// Words of the page's own.
pub(super) fn plain(text: Option<String>) -> Option<Markup> {
    text.filter(|text| !text.is_empty()).map(|text| html! { bdi { (text) } })
}

/// A link to a page, if it leads to one: a council's file may hold anything.
pub(super) fn link(url: Option<&str>) -> Option<Markup> {
    let url = url?;
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    Some(if is_web {
        html! { a href=(url) rel="noreferrer" { bdi dir="ltr" { (url) } } }
    } else {
        html! { bdi dir="ltr" { (url) } }
    })
}

/// An e-mail address, to tap if it can be nothing else.
pub(super) fn email(address: Option<&str>) -> Option<Markup> {
    let address = address.filter(|address| !address.is_empty())?;
    let is_plain = address.contains('@')
        && address.chars().all(|c| c.is_ascii_alphanumeric() || "@.-_+'".contains(c));
    let shown = html! { bdi dir="ltr" { (address) } };
    Some(if is_plain {
        html! { a href={ "mailto:" (address) } { (shown) } }
    } else {
        shown
    })
}
