//! The person's profile.

use maud::{Markup, html};
use promise_protocol::values::CarePeriod;

use super::{
    formatter::Formatter,
    values::{isolated, plain},
};
use crate::{collections::profile::Profile, export::ExportData};

pub(super) fn profile(formatter: &Formatter<'_>, data: &ExportData) -> Option<Markup> {
    let (labels, profile) = (formatter.labels, &data.profile);
    let date = |day: Option<_>| plain(day.map(|day| formatter.date(day)));
    let rows = [
        (&*labels.born, date(profile.date_of_birth)),
        (&labels.away_at_16, plain(profile.away_at_16.map(|yes| formatter.yes_or_no(yes)))),
        (&labels.returned_home, date(profile.returned_home_on)),
        (&labels.left_home, date(profile.left_home_on)),
        (&labels.special_guardianship, date(profile.special_guardianship_on)),
    ];
    (*profile != Profile::default()).then(|| {
        html! {
            (formatter.table("you", rows))
            @if !profile.care_periods.is_empty() {
                (care_periods(formatter, &profile.care_periods))
            }
        }
    })
}

/// Two columns, which fit side by side on the narrowest phone.
fn care_periods(formatter: &Formatter<'_>, periods: &[CarePeriod]) -> Markup {
    let labels = formatter.labels;
    html! {
        table {
            caption { (formatter.label(&labels.care)) }
            thead {
                tr {
                    @for heading in [&labels.when, &labels.council] {
                        th scope="col" { (formatter.label(heading)) }
                    }
                }
            }
            tbody { @for period in periods { tr {
                td { bdi { (isolated(&dates(formatter, period))) } }
                td {
                    @if let Some(council) = &period.council { p { bdi { (isolated(council)) } } }
                    @if period.short_break { p { (formatter.label(&labels.short_break)) } }
                }
            } } }
        }
    }
}

fn dates(formatter: &Formatter<'_>, period: &CarePeriod) -> String {
    let to = period.to.map_or(formatter.labels.goes_on.clone(), |day| formatter.date(day));
    formatter.range(&formatter.date(period.from), &to)
}
