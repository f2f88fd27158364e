//! Visits and reviews.

use maud::{Markup, html};
use promise_protocol::timescale::Limit;

use super::{formatter::Formatter, values::plain};
use crate::{collections::timescales::TimescaleStatus, export::ExportData};

pub(super) fn timescales(formatter: &Formatter<'_>, data: &ExportData) -> Option<Markup> {
    let timescales = &data.timescales;
    (!timescales.is_empty()).then(|| {
        html! { @for (index, status) in timescales.iter().enumerate() {
            (article(formatter, status, &format!("visit-{index}")))
        } }
    })
}

fn article(formatter: &Formatter<'_>, status: &TimescaleStatus, id: &str) -> Markup {
    let (labels, TimescaleStatus { timescale, days }) = (formatter.labels, status);
    let date = |day| formatter.date(day);
    let by = |limit: Limit| formatter.date(limit.by);
    let source = timescale.law.as_ref().map(|law| law.source.as_str());
    let rows = [
        (&*labels.last_time, plain(days.last.map(date))),
        (&labels.next_time, plain(days.next.map(date))),
        (&labels.promised_by, plain(days.promise.map(by))),
        (&labels.lawful_by, plain(days.law.map(by))),
        (&labels.in_the_law, formatter.english(source)),
    ];
    html! {
        article {
            h3 id=(id) { (formatter.localised(&timescale.display_name).unwrap_or_default()) }
            (formatter.localised(&timescale.applies_to).unwrap_or_default())
            (formatter.table(id, rows))
        }
    }
}
