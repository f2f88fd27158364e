//! Days, times, numbers and texts on the page, each with its language and direction.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Utc};
use maud::{Markup, html};
use promise_protocol::{
    pack::Localised,
    values::{Opening, Phone, PhoneKind},
};

use crate::{export::Labels, london, numbers};

/// The page's words, and the languages in which the council's texts are wanted.
pub(super) struct Words<'a> {
    pub(super) labels: &'a Labels,
    languages: &'a [&'a str],
}

/// A row of a table: what it is, and what is said. Rows without anything said are left out.
pub(super) type Fact<'a> = (&'a str, Option<Markup>);

impl<'a> Words<'a> {
    pub(super) fn new(labels: &'a Labels, languages: &'a [&'a str]) -> Self {
        Self { labels, languages }
    }

    /// `3 May 2026`.
    pub(super) fn date(&self, day: NaiveDate) -> String {
        let month =
            usize::try_from(day.month0()).ok().and_then(|month| self.labels.months.get(month));
        let date = self.labels.date.replace("{day}", &day.day().to_string());
        let date = date.replace("{month}", month.map_or("", String::as_str));
        date.replace("{year}", &day.year().to_string())
    }

    /// `3 May 2026 at 14:30`, in London.
    pub(super) fn moment(&self, moment: DateTime<Utc>) -> String {
        let there = london::clock(moment);
        let words = self.labels.date_and_time.replace("{date}", &self.date(there.date()));
        words.replace("{time}", &there.format("%H:%M").to_string())
    }

    /// `3 May 2026 to 4 May 2026`.
    pub(super) fn from_to(&self, from: &str, to: &str) -> String {
        self.labels.from_to.replace("{from}", from).replace("{to}", to)
    }

    /// `Mon to Thu 17:00 to 08:45 (next day)`.
    pub(super) fn hours(&self, opening: &Opening) -> String {
        let name = |day: &usize| self.labels.days.get(*day).cloned().unwrap_or_default();
        let mut days: Vec<usize> = opening.days.iter().map(|day| *day as usize).collect();
        days.sort_unstable();
        days.dedup();
        let runs = days.chunk_by(|one, next| one + 1 == *next).map(|run| match run {
            [first, _, .., last] => self.from_to(&name(first), &name(last)),
            few => few.iter().map(name).collect::<Vec<_>>().join(", "),
        });
        let days = runs.collect::<Vec<_>>().join(", ");
        if opening.opens == NaiveTime::MIN && opening.closes == NaiveTime::MIN {
            return format!("{days} {}", self.labels.all_day);
        }
        let time = |time: NaiveTime| time.format("%H:%M").to_string();
        let hours = self.from_to(&time(opening.opens), &time(opening.closes));
        let is_over_night = opening.closes <= opening.opens && opening.closes != NaiveTime::MIN;
        let end =
            if is_over_night { format!(" ({})", self.labels.next_day) } else { String::new() };
        format!("{days} {hours}{end}")
    }

    /// A number, to tap. Digits stand from left to right in every language.
    pub(super) fn phone(&self, phone: &Phone) -> Markup {
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
        let digits = phone.number.strip_prefix('+').unwrap_or(&phone.number);
        let can_be_rung = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        let shown = html! { bdi dir="ltr" { (numbers::shown(&phone.number)) } };
        html! {
            @if can_be_rung { a href={ "tel:" (phone.number) } { (shown) } } @else { (shown) }
            @if let Some(ext) = &phone.ext { ", " (labels.extension) " " bdi dir="ltr" { (ext) } }
            @if !about.is_empty() { " (" (about.join(", ")) ")" }
        }
    }

    /// A text of the council's, in the first wanted language that it has.
    pub(super) fn localised(&self, text: &Localised) -> Option<Markup> {
        let wanted = self.languages.iter().copied().chain(["en"]);
        let found = wanted.filter_map(|language| text.get_key_value(language)).next();
        let (language, text) = found.or_else(|| text.iter().next())?;
        (!text.is_empty()).then(|| html! { bdi lang=(language) { (text) } })
    }

    /// A text of the council's that it writes in English only.
    pub(super) fn english(&self, text: Option<&str>) -> Option<Markup> {
        let text = text.filter(|text| !text.is_empty())?;
        Some(if self.labels.language == "en" {
            html! { bdi { (text) } }
        } else {
            html! { bdi lang="en" { (text) } }
        })
    }

    /// Something the person wrote themselves, in whatever language.
    pub(super) fn note(&self, note: Option<&str>) -> Markup {
        html! {
            @if let Some(note) = note.filter(|note| !note.is_empty()) {
                p.mark { (self.labels.note) }
                p.own dir="auto" { (note) }
            }
        }
    }
}

/// A name, which has no language.
pub(super) fn name(text: Option<&str>) -> Option<Markup> {
    text.filter(|text| !text.is_empty()).map(|text| html! { bdi { (text) } })
}

/// Words of the page's own.
pub(super) fn plain(text: Option<String>) -> Option<Markup> {
    text.filter(|text| !text.is_empty()).map(|text| html! { (text) })
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

/// A table of what is said about the thing under this heading.
pub(super) fn facts<'a>(heading: &str, facts: impl IntoIterator<Item = Fact<'a>>) -> Markup {
    let said: Vec<_> =
        facts.into_iter().filter_map(|(what, said)| said.map(|said| (what, said))).collect();
    html! {
        @if !said.is_empty() {
            table aria-labelledby=(heading) {
                tbody { @for (what, said) in said { tr { th scope="row" { (what) } td { (said) } } } }
            }
        }
    }
}
