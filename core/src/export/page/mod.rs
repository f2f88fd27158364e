//! One HTML page with everything: to read anywhere, to print, to send on.
//!
//! It is complete in itself: no script, nothing fetched, and a content security policy that forbids
//! both. Every value is escaped by the template (maud), which leaves no other way. It follows WCAG 2.2
//! AA: headings in order, tables with headers, contrast in light and dark, 320 px wide, and the language
//! and direction of each part.

mod access_log;
mod appointments;
mod asks;
mod contacts;
mod devices;
mod fields;
mod formatter;
mod news;
mod notes;
mod profile;
mod promise;
mod reminders;
mod saved_opportunities;
#[cfg(test)]
mod tests;
mod timescales;
mod values;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use promise_protocol::text::isolate_whole;

use self::{formatter::Formatter, values::isolated};
use super::{ExportData, Labels};

const STYLE: &str = include_str!("style.css");
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'";

/// A part of the page.
struct Section<'a> {
    /// The id of its heading, for links.
    id: &'static str,
    title: &'a str,
    /// `None` if there is nothing in it.
    content: Option<Markup>,
    /// Whether to leave it out if there is nothing in it: an empty part about something rare would
    /// confuse the reader.
    is_rare: bool,
}

/// Renders the page. What the council wrote is in the first of these languages that it has.
pub(crate) fn page(data: &ExportData, languages: &[&str], labels: &Labels) -> String {
    let formatter = Formatter::new(labels, languages);
    let sections = sections(&formatter, data);
    html! {
        (DOCTYPE)
        html lang=(labels.language) dir=(if labels.right_to_left { "rtl" } else { "ltr" }) {
            (head(labels))
            body {
                (header(&formatter, data))
                nav aria-label=(labels.contents) {
                    ul { @for section in &sections {
                        li { a href={ "#" (section.id) } { (formatter.label(section.title)) } }
                    } }
                }
                main {
                    @for section in &sections {
                        section aria-labelledby=(section.id) {
                            h2 id=(section.id) { (formatter.label(section.title)) }
                            @if let Some(content) = &section.content {
                                (content)
                            } @else {
                                p { (formatter.label(&labels.nothing)) }
                            }
                        }
                    }
                }
            }
        }
    }
    .into_string()
}

fn sections<'a>(formatter: &Formatter<'a>, data: &ExportData) -> Vec<Section<'a>> {
    let labels = formatter.labels;
    let usual = |id, title, content| Section { id, title, content, is_rare: false };
    let rare = |id, title, content| Section { id, title, content, is_rare: true };
    let mut sections = vec![
        rare("news", &labels.news, news::news(formatter, data)),
        usual("people", &labels.people, contacts::contacts(formatter, data)),
        usual("own", &labels.own_people, contacts::own_contacts(formatter, data)),
        usual("meetings", &labels.meetings, appointments::appointments(formatter, data)),
        usual("asks", &labels.asks, asks::asks(formatter, data)),
        usual("saved", &labels.saved, saved_opportunities::saved_opportunities(formatter, data)),
        rare("reminders", &labels.reminders, reminders::reminders(formatter, data)),
        usual("promise", &labels.promise, promise::promise(formatter, data)),
        usual("access", &labels.access, access_log::access_log(formatter, data)),
        usual("phones", &labels.phones, devices::devices(formatter, data)),
        usual("you", &labels.about_you, profile::profile(formatter, data)),
        rare("visits", &labels.timescales, timescales::timescales(formatter, data)),
        rare("notes", &labels.loose_notes, notes::notes(&data.orphaned_notes)),
        rare("refused", &labels.refused, notes::notes(&data.refused)),
    ];
    sections.retain(|section| section.content.is_some() || !section.is_rare);
    sections
}

/// The rows of one record, for a test that brings its own fields.
#[cfg(test)]
pub(super) fn rows_as_html(
    fields: &[promise_protocol::schema::Field],
    record: &crate::collections::Record,
    labels: &Labels,
    data: &ExportData,
) -> String {
    let formatter = Formatter::new(labels, &[]);
    formatter.table("heading", fields::rows(&formatter, data, fields, record)).into_string()
}

fn head(labels: &Labels) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta http-equiv="Content-Security-Policy" content=(POLICY);
            meta name="referrer" content="no-referrer";
            meta name="color-scheme" content="light dark";
            title { (labels.title) }
            style { (PreEscaped(STYLE)) }
        }
    }
}

fn header(formatter: &Formatter<'_>, data: &ExportData) -> Markup {
    let labels = formatter.labels;
    let made_on = formatter.date(promise_protocol::london::day(data.at));
    let belongs_with =
        |council: &String| labels.belongs_with.replace("{council}", &isolate_whole(council));
    html! {
        header {
            h1 { (formatter.label(&labels.title)) }
            p { strong { (formatter.label(&labels.keep_safe)) } }
            p.quiet { bdi { (isolated(&labels.made_on.replace("{date}", &made_on))) } }
            @if let Some(council) = &data.council_name {
                p.quiet { bdi { (isolated(&belongs_with(council))) } }
            }
        }
    }
}
