//! Visits and reviews.

use chrono::NaiveDate;
use promise_core::TimescaleStatus;
use promise_protocol::timescale::{Limit, LimitState};

use super::english;
use crate::{Outcome, format, session::Session};

/// Visits and reviews: the last, the next, and by when.
pub(crate) fn all(session: &mut Session<'_>) -> Outcome {
    let timescales = session.phone.timescales()?;
    session.screen.heading("Visits and reviews");
    if timescales.is_empty() {
        session.screen.text("Your adviser has not written one down yet. You can ask them.");
    }
    for status in &timescales {
        print(session, status);
    }
    session.footer()
}

fn print(session: &mut Session<'_>, TimescaleStatus { timescale, days }: &TimescaleStatus) {
    session.screen.title(english(&timescale.display_name), "");
    session.screen.under(english(&timescale.applies_to));
    let day = |day: Option<NaiveDate>| day.map(format::full_date).unwrap_or_default();
    session.screen.fact("Last time", &day(days.last));
    session.screen.fact("Next time", &day(days.next));
    session.screen.fact("We promise it by", &days.promise.map(format_limit).unwrap_or_default());
    session.screen.fact("The law says by", &days.law.map(format_limit).unwrap_or_default());
    let limits = [days.promise, days.law].into_iter().flatten();
    if limits.map(|limit| limit.state).max() == Some(LimitState::Overdue) {
        session.screen.under("It is late. You have done nothing wrong. You can ask your adviser for a day, or ring the duty line.");
    }
    let source = timescale.law.as_ref().map(|law| law.source.as_str()).unwrap_or_default();
    session.screen.fact("In the law", source);
}

fn format_limit(limit: Limit) -> String {
    let words = match limit.state {
        LimitState::Later => "",
        LimitState::Soon => " (soon)",
        LimitState::Overdue => " (late)",
    };
    format!("{}{words}", format::full_date(limit.by))
}
