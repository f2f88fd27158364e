//! The access log.

use maud::{Markup, html};
use promise_protocol::text::isolate_whole;

use super::{formatter::Formatter, values::isolated};
use crate::{collections::access::AccessEntry, export::ExportData};

/// Two columns, which fit side by side on the narrowest phone.
pub(super) fn access_log(formatter: &Formatter<'_>, data: &ExportData) -> Option<Markup> {
    let labels = formatter.labels;
    (!data.access_log.is_empty()).then(|| {
        html! {
            table aria-labelledby="access" {
                thead {
                    tr {
                        @for heading in [&labels.when, &labels.what_they_did] {
                            th scope="col" { (formatter.label(heading)) }
                        }
                    }
                }
                tbody { @for entry in &data.access_log { tr {
                    td { bdi { (isolated(&formatter.date(entry.day))) } }
                    td {
                        p { bdi { (isolated(&name_and_role(formatter, entry))) } }
                        @for action in actions(formatter, entry) { p { bdi { (isolated(&action)) } } }
                    }
                } } }
            }
        }
    })
}

fn name_and_role(formatter: &Formatter<'_>, entry: &AccessEntry) -> String {
    let role = formatter.labels.access_role(&entry.role);
    match &entry.by {
        Some(name) => {
            let who = formatter.labels.who.replace("{name}", &isolate_whole(name));
            who.replace("{role}", &role)
        }
        None => role,
    }
}

fn actions(formatter: &Formatter<'_>, entry: &AccessEntry) -> Vec<String> {
    let labels = formatter.labels;
    let looked = match entry.looked {
        0 => None,
        1 => Some(labels.looked.clone()),
        times => Some(labels.looked_times.replace("{number}", &times.to_string())),
    };
    looked.into_iter().chain(entry.did.iter().map(|act| labels.staff_action(act))).collect()
}
