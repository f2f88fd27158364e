//! The person's phones, and how each one came.

use maud::{Markup, html};
use promise_protocol::text::isolate_whole;

use super::{formatter::Formatter, values::isolated};
use crate::{collections::devices::DeviceRecord, export::ExportData};

/// Two columns, which fit side by side on the narrowest phone.
pub(super) fn devices(formatter: &Formatter<'_>, data: &ExportData) -> Option<Markup> {
    let labels = formatter.labels;
    (!data.devices.is_empty()).then(|| {
        html! {
            table aria-labelledby="phones" {
                thead {
                    tr {
                        @for heading in [&labels.when, &labels.how_it_came] {
                            th scope="col" { (formatter.label(heading)) }
                        }
                    }
                }
                tbody { @for device in &data.devices { tr {
                    td { bdi { (isolated(&paired_at(formatter, device))) } }
                    td {
                        p { bdi { (isolated(&came(formatter, device))) } }
                        @for fact in facts(formatter, device) { p { bdi { (isolated(&fact)) } } }
                    }
                } } }
            }
        }
    })
}

fn paired_at(formatter: &Formatter<'_>, device: &DeviceRecord) -> String {
    device.paired_at.map(|at| formatter.date_and_time(at)).unwrap_or_default()
}

fn came(formatter: &Formatter<'_>, device: &DeviceRecord) -> String {
    let by = device.invited_by.as_deref().map(isolate_whole);
    formatter.labels.inviter(&device.inviter, by.as_deref())
}

fn facts(formatter: &Formatter<'_>, device: &DeviceRecord) -> Vec<String> {
    let this = device.is_this.then(|| formatter.labels.this_phone.clone());
    this.into_iter().chain(formatter.labels.device_state(&device.state)).collect()
}
