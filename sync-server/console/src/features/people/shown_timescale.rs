//! Visits and reviews in words: the law and the council's promise apart.

use promise_protocol::{
    pack::{Timescale, in_language},
    timescale::{Limit, LimitState},
    values::Period,
};
use promise_services::people::{
    due::{DueTimescale, LimitBasis},
    timescales::RecordedTimescale,
};

use crate::kit::words::{self, times};

/// A timescale on a person's page.
pub(super) struct ShownTimescale {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) who: String,
    /// When it was last and is planned next. Before the first one, from when it counts.
    pub(super) days: Vec<String>,
    pub(super) limits: Vec<ShownLimit>,
}

/// A limit with its words.
pub(super) struct ShownLimit {
    pub(super) text: String,
    pub(super) is_soon: bool,
    pub(super) is_overdue: bool,
}

impl ShownTimescale {
    pub(super) fn new(recorded: &RecordedTimescale) -> Self {
        let RecordedTimescale { timescale, days, from_on, .. } = recorded;
        let on = |key, day| words::with(key, "day", &times::day(day));
        let from = from_on.filter(|_| days.last.is_none());
        let from = from.map(|day| on("timescale-from-on", day));
        let last = days.last.map(|day| on("timescale-last-on", day));
        let next = days.next.map(|day| on("timescale-next-on", day));
        let promise =
            days.promise.map(|limit| ShownLimit::new(on("timescale-promise-by", limit.by), limit));
        let law = days.law.map(|limit| ShownLimit::new(on("timescale-law-by", limit.by), limit));
        Self {
            id: timescale.id.clone(),
            name: name(timescale),
            who: in_language(&timescale.applies_to, &[])
                .map(|(_, who)| who.to_owned())
                .unwrap_or_default(),
            days: [from, last, next].into_iter().flatten().collect(),
            limits: promise.into_iter().chain(law).collect(),
        }
    }
}

impl ShownLimit {
    fn new(text: String, limit: Limit) -> Self {
        let (is_soon, is_overdue) =
            (limit.state == LimitState::Soon, limit.state == LimitState::Overdue);
        Self { text, is_soon, is_overdue }
    }

    /// What is due for a young person, in a list.
    pub(super) fn of_due(due: &DueTimescale) -> Self {
        let name = in_language(&due.display_name, &[]).map_or("", |(_, name)| name);
        let day = times::day(due.limit.by);
        let key = match due.basis {
            LimitBasis::Promise => "timescale-due-promise",
            LimitBasis::Law => "timescale-due-law",
        };
        let arguments = [("name", name.to_owned().into()), ("day", day.into())];
        Self::new(words::format(key, &arguments), due.limit)
    }
}

/// The name of a timescale in English.
pub(super) fn name(timescale: &Timescale) -> String {
    let english = in_language(&timescale.display_name, &[]);
    english.map_or_else(|| timescale.id.clone(), |(_, name)| name.to_owned())
}

/// What the council promises, and what the law asks for with its source.
pub(super) fn limits_text(timescale: &Timescale) -> Vec<String> {
    let promise =
        timescale.promise.map(|every| words::with("timescale-promise", "every", &period(every)));
    let law = timescale.law.as_ref().map(|law| {
        let arguments =
            [("every", period(law.every).into()), ("source", law.source.clone().into())];
        words::format("timescale-law", &arguments)
    });
    let first = timescale.law.as_ref().and_then(|law| law.first);
    let first = first.map(|first| words::with("timescale-law-first", "first", &period(first)));
    [promise, law, first].into_iter().flatten().collect()
}

fn period(period: Period) -> String {
    let count = usize::try_from(period.count).unwrap_or(usize::MAX);
    words::count(&format!("period-{}", period.unit), count)
}
