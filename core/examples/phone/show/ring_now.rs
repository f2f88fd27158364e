//! Whom to ring right now, or at another moment.

use chrono::{DateTime, Utc};
use promise_core::{LaterEntry, RingEntry, RingPlace, RingWho, WhyNotNow, WhyNow};
use promise_protocol::values::PhoneNumber;

use super::{english, people};
use crate::{Outcome, format, numbers, session::Session};

/// Everyone who answers at a moment, and when the others do.
pub(crate) fn all(session: &mut Session<'_>, at: Option<DateTime<Utc>>) -> Outcome {
    let now = session.phone.council_time()?;
    let answer = session.phone.ring_now(at.unwrap_or(now))?;
    // Days and hours are formatted as seen from that moment.
    session.now = at.unwrap_or(now);
    let heading = match at {
        Some(at) => format!("Who you can ring on {}", format::date_and_time(at, now)),
        None => "Who you can ring now".to_owned(),
    };
    session.screen.heading(&heading);
    answer.ring.iter().for_each(|entry| answers(session, entry));
    if !answer.text.is_empty() {
        session.screen.gap();
        session.screen.heading("Who you can text");
        answer.text.iter().for_each(|entry| answers(session, entry));
    }
    if !answer.later.is_empty() {
        session.screen.gap();
        session.screen.heading("Who answers later");
        answer.later.iter().for_each(|entry| answers_later(session, entry));
    }
    if let Some(change) = answer.next_change {
        session.screen.gap();
        let change = format::date_and_time(change, session.now);
        session.screen.quiet(&format!("This is right until {change}."));
    }
    session.now = now;
    session.footer()
}

fn answers(session: &mut Session<'_>, entry: &RingEntry) {
    title(session, &entry.who);
    let until = |until: DateTime<Utc>| format::date_and_time(until, session.now);
    let why = match &entry.why {
        WhyNow::Working { until: end } => format!("At work until {}", until(*end)),
        WhyNow::Open { until: end } => format!("Open until {}", until(*end)),
        WhyNow::Always => "Any time, day or night".to_owned(),
        WhyNow::Covers { contact, last_day, until: end } => {
            let away = people::name(session, contact.as_str());
            let last_day = format::date(*last_day, format::today(session.now));
            let end = end.map(|end| format!(" At work until {}.", until(end)));
            format!("Covers for {away} until {last_day}.{}", end.unwrap_or_default())
        }
    };
    session.screen.under(&why);
    all_numbers(session, &entry.numbers, &entry.texts);
}

fn answers_later(session: &mut Session<'_>, entry: &LaterEntry) {
    title(session, &entry.who);
    let date = |day| format::date(day, format::today(session.now));
    let why = match &entry.why {
        WhyNotNow::OutOfHours => String::new(),
        WhyNotNow::OnLeave { last_day, cover } => {
            let cover = cover.as_ref().map(|cover| people::name(session, cover.as_str()));
            let instead = cover.unwrap_or_else(|| "the duty line".to_owned());
            format!("Away until {}. Ring {instead} instead.", date(*last_day))
        }
        WhyNotNow::ClosedDay { name } => format!("Closed today: {name}"),
        WhyNotNow::NotYet { first_day } => format!("Helps you from {}", date(*first_day)),
        WhyNotNow::HoursUnknown => "Your council does not say when. You can try.".to_owned(),
    };
    let next =
        entry.next.map(|next| format!("Answers {}", format::date_and_time(next, session.now)));
    if entry.place == RingPlace::Cover {
        session.screen.under("Covers for your adviser");
    }
    session.screen.under(&why);
    session.screen.under(&next.unwrap_or_default());
    all_numbers(session, &entry.numbers, &entry.texts);
}

fn title(session: &mut Session<'_>, who: &RingWho) {
    match who {
        RingWho::Contact { id, name, role } => {
            session.screen.title(name, session.index.short(id.as_str()));
            session.screen.under(role);
        }
        RingWho::Line { id, name, about, .. } => {
            session.screen.title(english(name), session.index.short(id));
            session.screen.under(english(about));
        }
        RingWho::EmergencyServices => session.screen.title("Police, ambulance or fire", ""),
    }
}

fn all_numbers(session: &mut Session<'_>, rung: &[PhoneNumber], texted: &[PhoneNumber]) {
    for phone in rung.iter().chain(texted) {
        session.screen.fact(numbers::verb(phone), &numbers::format_phone(phone));
    }
}
