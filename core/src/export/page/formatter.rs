//! Formats dates, times and texts for the page, each in its language.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Utc};
use maud::{Markup, html};
use promise_protocol::{
    london,
    opening_hours::day_ranges,
    pack::Localised,
    values::{Opening, Weekday},
};

use super::values::isolated;
use crate::export::Labels;

/// Formats values with the page's labels, and picks the language of the council's texts.
pub(super) struct Formatter<'a> {
    pub(super) labels: &'a Labels,
    languages: &'a [&'a str],
    /// The labels that the translation left in English.
    left_in_english: BTreeSet<String>,
}

impl<'a> Formatter<'a> {
    pub(super) fn new(labels: &'a Labels, languages: &'a [&'a str]) -> Self {
        Self { labels, languages, left_in_english: labels.left_in_english() }
    }

    /// One of the labels. It is isolated from the direction of the text around it, and what is not
    /// translated is marked as English.
    pub(super) fn label(&self, text: &str) -> Markup {
        let language = self.left_in_english.contains(text).then_some("en");
        html! { bdi lang=[language] { (text) } }
    }

    pub(super) fn yes_or_no(&self, yes: bool) -> String {
        if yes { self.labels.yes.clone() } else { self.labels.no.clone() }
    }

    /// The names of the languages with these tags.
    pub(super) fn language_names(&self, tags: &[String]) -> String {
        let name = |tag: &String| self.labels.languages.get(tag).unwrap_or(tag).clone();
        tags.iter().map(name).collect::<Vec<_>>().join(", ")
    }

    /// `3 May 2026`.
    pub(super) fn date(&self, day: NaiveDate) -> String {
        let month =
            usize::try_from(day.month0()).ok().and_then(|month| self.labels.months.get(month));
        let date = self.labels.date.replace("{day}", &day.day().to_string());
        let date = date.replace("{month}", month.map_or("", String::as_str));
        date.replace("{year}", &day.year().to_string())
    }

    /// `3 May 2026 at 14:30`, in London time.
    pub(super) fn date_and_time(&self, moment: DateTime<Utc>) -> String {
        let there = london::local_time(moment);
        let text = self.labels.date_and_time.replace("{date}", &self.date(there.date()));
        text.replace("{time}", &there.format("%H:%M").to_string())
    }

    /// `3 May 2026 to 4 May 2026`.
    pub(super) fn range(&self, from: &str, to: &str) -> String {
        self.labels.from_to.replace("{from}", from).replace("{to}", to)
    }

    /// `Mon to Thu 17:00 to 08:45 (next day)`.
    pub(super) fn hours(&self, opening: &Opening) -> String {
        let name = |day: &Weekday| self.labels.days.get(*day as usize).cloned().unwrap_or_default();
        let ranges = day_ranges(&opening.days);
        let ranges = ranges.iter().map(|range| match &range[..] {
            [first, _, .., last] => self.range(&name(first), &name(last)),
            few => few.iter().map(name).collect::<Vec<_>>().join(", "),
        });
        let days = ranges.collect::<Vec<_>>().join(", ");
        if opening.is_all_day() {
            return format!("{days} {}", self.labels.all_day);
        }
        let time = |time: NaiveTime| time.format("%H:%M").to_string();
        let hours = self.range(&time(opening.opens), &time(opening.closes));
        let end = if opening.closes_next_day() {
            format!(" ({})", self.labels.next_day)
        } else {
            String::new()
        };
        format!("{days} {hours}{end}")
    }

    /// A text of the council's, in the first of the requested languages that it has.
    pub(super) fn localised(&self, text: &Localised) -> Option<Markup> {
        let mut requested = self.languages.iter().copied().chain(["en"]);
        let found = requested.find_map(|language| text.get_key_value(language));
        let (language, text) = found.or_else(|| text.iter().next())?;
        (!text.is_empty()).then(|| html! { bdi lang=(language) { (isolated(text)) } })
    }

    /// A text that the council writes in English only.
    pub(super) fn english(&self, text: Option<&str>) -> Option<Markup> {
        let text = text.filter(|text| !text.is_empty())?;
        Some(if self.labels.language == "en" {
            html! { bdi { (isolated(text)) } }
        } else {
            html! { bdi lang="en" { (isolated(text)) } }
        })
    }

    /// A note of the person's, in any language.
    pub(super) fn note(&self, note: Option<&str>) -> Markup {
        html! {
            @if let Some(note) = note.filter(|note| !note.is_empty()) {
                p.mark { (self.label(&self.labels.note)) }
                p.own dir="auto" { (isolated(note)) }
            }
        }
    }
}
