//! Who looked at what the council holds, and who did what.

use maud::{Markup, html};

use super::words::Words;
use crate::{access::AccessEntry, export::Everything};

/// Two columns, which stand side by side on the narrowest phone.
pub(super) fn access(words: &Words<'_>, everything: &Everything) -> Option<Markup> {
    let labels = words.labels;
    (!everything.access.is_empty()).then(|| {
        html! {
            table aria-labelledby="access" {
                thead {
                    tr {
                        @for heading in [&labels.when, &labels.what_they_did] {
                            th scope="col" { (words.label(heading)) }
                        }
                    }
                }
                tbody { @for entry in &everything.access { tr {
                    td { bdi { (words.date(entry.day)) } }
                    td {
                        p { bdi { (who(words, entry)) } }
                        @for done in done(words, entry) { p { bdi { (done) } } }
                    }
                } } }
            }
        }
    })
}

fn who(words: &Words<'_>, entry: &AccessEntry) -> String {
    let role = words.labels.role(&entry.role);
    match &entry.by {
        Some(name) => words.labels.who.replace("{name}", name).replace("{role}", &role),
        None => role,
    }
}

fn done(words: &Words<'_>, entry: &AccessEntry) -> Vec<String> {
    let labels = words.labels;
    let looked = match entry.looked {
        0 => None,
        1 => Some(labels.looked.clone()),
        times => Some(labels.looked_times.replace("{number}", &times.to_string())),
    };
    looked.into_iter().chain(entry.did.iter().map(|act| labels.act(act))).collect()
}
