//! Visits and reviews in words: the law and the council's promise apart.

use promise_protocol::{
    pack::in_language,
    timescale::{Limit, LimitState},
};
use promise_services::people::{
    due::{DueTimescale, LimitBasis},
    timescales::RecordedTimescale,
};

use crate::kit::{
    timescales,
    words::{self, times},
};

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
            name: timescales::name(timescale),
            who: timescales::applies_to(timescale),
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
