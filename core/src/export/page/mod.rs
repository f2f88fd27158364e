//! One HTML page with everything: to read anywhere, to print, to send to somebody.
//!
//! It is whole in itself: no script, nothing fetched, and a policy within that forbids both. Every
//! value is escaped by the template (maud), which leaves no other way. Made for WCAG 2.2 AA:
//! headings in order, tables with headers, contrast in light and dark, 320 px wide, and the
//! language and direction of each part.

mod access;
mod people;
mod promise;
mod said;
mod saved;
mod talk;
#[cfg(test)]
mod tests;
mod words;
mod you;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use self::words::Words;
use super::{Everything, Labels};
use crate::brain::london;

const STYLE: &str = include_str!("style.css");
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'";

/// The page. What the council wrote is in the first of these languages that it has.
pub fn page(everything: &Everything, languages: &[&str], labels: &Labels) -> String {
    let words = Words::new(labels, languages);
    let sections = [
        ("people", &labels.people, people::given(&words, everything)),
        ("own", &labels.own_people, people::own(&words, everything)),
        ("meetings", &labels.meetings, talk::meetings(&words, everything)),
        ("asks", &labels.asks, talk::asks(&words, everything)),
        ("saved", &labels.saved, saved::saved(&words, everything)),
        ("promise", &labels.promise, promise::promise(&words, everything)),
        ("access", &labels.access, access::access(&words, everything)),
        ("you", &labels.about_you, you::you(&words, everything)),
        ("notes", &labels.loose_notes, you::notes(&everything.loose_notes)),
        ("refused", &labels.refused, you::notes(&everything.refused)),
    ];
    // These two are rare, and an empty part about them would puzzle.
    let is_rare = |id: &str| id == "notes" || id == "refused";
    let sections = || sections.iter().filter(|(id, _, part)| part.is_some() || !is_rare(id));
    html! {
        (DOCTYPE)
        html lang=(labels.language) dir=(if labels.right_to_left { "rtl" } else { "ltr" }) {
            (head(labels))
            body {
                (opening(&words, everything))
                nav aria-label=(labels.contents) {
                    ul { @for (id, title, _) in sections() { li { a href={ "#" (id) } { (words.label(title)) } } } }
                }
                main {
                    @for (id, title, part) in sections() {
                        section aria-labelledby=(id) {
                            h2 id=(id) { (words.label(title)) }
                            @if let Some(part) = part { (part) } @else { p { (words.label(&labels.nothing)) } }
                        }
                    }
                }
            }
        }
    }
    .into_string()
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

fn opening(words: &Words<'_>, everything: &Everything) -> Markup {
    let labels = words.labels;
    let made_on = words.date(london::clock(everything.at).date());
    html! {
        header {
            h1 { (words.label(&labels.title)) }
            p { strong { (words.label(&labels.keep_safe)) } }
            p.quiet { bdi { (labels.made_on.replace("{date}", &made_on)) } }
            @if !everything.council_name.is_empty() {
                p.quiet { bdi { (labels.belongs_with.replace("{council}", &everything.council_name)) } }
            }
        }
    }
}
