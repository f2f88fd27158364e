//! What the person says about themselves, and notes about what is gone.

use maud::{Markup, html};
use promise_protocol::values::CarePeriod;

use super::{said::plain, words::Words};
use crate::{export::Everything, profile::Profile};

pub(super) fn you(words: &Words<'_>, everything: &Everything) -> Option<Markup> {
    let (labels, profile) = (words.labels, &everything.profile);
    let yes_or_no = |yes| if yes { labels.yes.clone() } else { labels.no.clone() };
    let rows = [
        (&*labels.born, plain(profile.date_of_birth.map(|day| words.date(day)))),
        (&labels.away_at_16, plain(profile.away_at_16.map(yes_or_no))),
        (&labels.returned_home, plain(profile.returned_home_on.map(|day| words.date(day)))),
        (&labels.left_home, plain(profile.left_home_on.map(|day| words.date(day)))),
        (
            &labels.special_guardianship,
            plain(profile.special_guardianship_on.map(|day| words.date(day))),
        ),
    ];
    (*profile != Profile::default()).then(|| {
        html! {
            (words.facts("you", rows))
            @if !profile.care_periods.is_empty() { (care(words, &profile.care_periods)) }
        }
    })
}

/// Two columns, which stand side by side on the narrowest phone.
fn care(words: &Words<'_>, periods: &[CarePeriod]) -> Markup {
    let labels = words.labels;
    html! {
        table {
            caption { (words.label(&labels.care)) }
            thead {
                tr {
                    @for heading in [&labels.when, &labels.council] {
                        th scope="col" { (words.label(heading)) }
                    }
                }
            }
            tbody { @for period in periods { tr {
                td { bdi { (days(words, period)) } }
                td {
                    @if let Some(council) = &period.council { p { bdi { (council) } } }
                    @if period.short_break { p { (words.label(&labels.short_break)) } }
                }
            } } }
        }
    }
}

fn days(words: &Words<'_>, period: &CarePeriod) -> String {
    let to = period.to.map_or(words.labels.goes_on.clone(), |day| words.date(day));
    words.range(&words.date(period.from), &to)
}

/// Words of the person's that belong with nothing else.
pub(super) fn notes(notes: &[String]) -> Option<Markup> {
    (!notes.is_empty()).then(|| html! { @for note in notes { p.own dir="auto" { (note) } } })
}
