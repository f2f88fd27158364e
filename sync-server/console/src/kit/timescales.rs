//! Timescales in words: how often something has to happen, by the council's promise and by law.

use promise_protocol::{
    pack::{LegalTimescale, Timescale, in_language},
    values::Period,
};

use crate::kit::words::{self, times};

/// Returns the name of a timescale in English.
pub(crate) fn name(timescale: &Timescale) -> String {
    let english = in_language(&timescale.display_name, &[]);
    english.map_or_else(|| timescale.id.clone(), |(_, name)| name.to_owned())
}

/// Returns for whom a timescale is, in English. Empty if it is for all.
pub(crate) fn applies_to(timescale: &Timescale) -> String {
    in_language(&timescale.applies_to, &[]).map(|(_, who)| who.to_owned()).unwrap_or_default()
}

/// Returns what the council promises, and what the law asks for with its source.
pub(crate) fn limits(timescale: &Timescale) -> Vec<String> {
    let promise =
        timescale.promise.map(|every| words::with("timescale-promise", "every", &period(every)));
    promise.into_iter().chain(timescale.law.iter().flat_map(law)).collect()
}

/// Returns what the law asks for, with its source.
pub(crate) fn law(law: &LegalTimescale) -> Vec<String> {
    let arguments = [("every", period(law.every).into()), ("source", law.source.clone().into())];
    let every = words::format("timescale-law", &arguments);
    let first = law.first.map(|first| words::with("timescale-law-first", "first", &period(first)));
    [every].into_iter().chain(first).collect()
}

/// Returns when the council last read the law. `None` if it did not say.
pub(crate) fn checked(law: &LegalTimescale) -> Option<String> {
    law.checked_on.map(|day| words::with("timescale-law-checked", "day", &times::day(day)))
}

/// Formats a period, such as 8 weeks.
pub(crate) fn period(period: Period) -> String {
    let count = usize::try_from(period.count).unwrap_or(usize::MAX);
    words::count(&format!("period-{}", period.unit), count)
}
