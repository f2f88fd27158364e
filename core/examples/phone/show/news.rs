//! What is new for the person.

use promise_core::{
    AppointmentNews, AppointmentNewsKind, News, NumberOwner, OpportunityNews, PledgeNews,
    PledgeNewsKind, TextChange, TimescaleNews, WordChange,
};

use super::{english, people};
use crate::{Outcome, format, numbers, session::Session};

/// How much of an id of news is shown, and is enough to type.
const SHORT_ID: usize = 6;

/// Everything that the council changed since the person last looked.
pub(crate) fn all(session: &mut Session<'_>) -> Outcome {
    let news = session.phone.news(&["en"])?;
    session.screen.heading("What is new");
    if news.is_empty() {
        session.screen.text("Nothing is new.");
    }
    for change in &news.numbers {
        let (id, name) = match &change.owner {
            NumberOwner::Contact { id } => (id.as_str(), people::name(session, id.as_str())),
            NumberOwner::Line { id } => {
                (id.as_str(), session.index.title(id).unwrap_or(id).to_owned())
            }
        };
        session.screen.title(&format!("{name}: other numbers"), session.index.short(id));
        for phone in &change.new {
            session.screen.fact("New", &numbers::format_phone(phone));
        }
        for phone in &change.replaced {
            session.screen.fact("Not now", &numbers::format_phone(phone));
        }
        session.screen.under(&format!("You have seen it? Type: seen {}", session.index.short(id)));
    }
    for answer in &news.answers {
        session.screen.title(&format!("Answered: {}", answer.ask.text), short(&answer.news_id));
        session.screen.under(answer.ask.reply.as_deref().unwrap_or_default());
        session.screen.fact("Before", answer.reply_before.as_deref().unwrap_or_default());
    }
    news.appointments.iter().for_each(|it| appointment(session, it));
    news.timescales.iter().for_each(|it| timescale(session, it));
    news.pledges.iter().for_each(|it| pledge(session, it));
    news.opportunities.iter().for_each(|it| opportunity(session, it));
    session.footer()
}

/// The person has seen one piece of news.
pub(crate) fn seen(session: &mut Session<'_>, typed: &str) -> Outcome {
    let News { answers, appointments, timescales, pledges, opportunities, .. } =
        session.phone.news(&["en"])?;
    let answers = answers.into_iter().map(|it| it.news_id);
    let appointments = appointments.into_iter().map(|it| it.news_id);
    let timescales = timescales.into_iter().map(|it| it.news_id);
    let pledges = pledges.into_iter().map(|it| it.news_id);
    let opportunities = opportunities.into_iter().map(|it| it.news_id);
    let mut ids = answers.chain(appointments).chain(timescales).chain(pledges).chain(opportunities);
    let found = ids.find(|id| !typed.is_empty() && id.starts_with(typed));
    let id = found.ok_or_else(|| format!("There is no news called \"{typed}\"."))?;
    session.phone.mark_news_seen(&id)?;
    session.screen.text("You have seen it.");
    Ok(())
}

fn appointment(session: &mut Session<'_>, news: &AppointmentNews) {
    let what = match news.what {
        AppointmentNewsKind::Added => "New meeting",
        AppointmentNewsKind::Moved => "Moved",
        AppointmentNewsKind::Changed => "Changed",
        AppointmentNewsKind::Cancelled => "Cancelled",
    };
    session.screen.title(&format!("{what}: {}", news.appointment.title), short(&news.news_id));
    let when = |at| format::date_and_time(at, session.now);
    let now = news.appointment.starts_at.map(when).unwrap_or_default();
    let before = news.started_before.map(when).unwrap_or_default();
    session.screen.fact("When", &now);
    session.screen.fact("Before", &before);
    texts(session, &news.texts);
}

fn timescale(session: &mut Session<'_>, news: &TimescaleNews) {
    let what = match (news.planned.before, news.planned.now) {
        (None, _) => "A day is planned",
        (Some(_), Some(_)) => "Planned for another day",
        (Some(_), None) => "No day is planned now",
    };
    let title = format!("{what}: {}", english(&news.timescale.display_name));
    session.screen.title(&title, short(&news.news_id));
    session.screen.fact("When", &news.planned.now.map(format::full_date).unwrap_or_default());
    session.screen.fact("Before", &news.planned.before.map(format::full_date).unwrap_or_default());
}

fn pledge(session: &mut Session<'_>, news: &PledgeNews) {
    let what = match news.what {
        PledgeNewsKind::Added => "New in the promise",
        PledgeNewsKind::Changed => "Changed in the promise",
        PledgeNewsKind::Gone => "Not in the promise any more",
    };
    let title = format!("{what}: {}", english(&news.pledge.title));
    session.screen.title(&title, short(&news.news_id));
    if let Some(mark) = news.mark {
        session.screen.fact("You said", &format::word(mark.as_str()));
    }
    if news.what != PledgeNewsKind::Changed {
        session.screen.under(english(&news.pledge.text));
    }
    texts(session, &news.change.texts);
    if news.change.who {
        session.screen.under("It is for other people than before.");
    }
    if news.change.dates {
        session.screen.under("Its days are other ones than before.");
    }
}

fn opportunity(session: &mut Session<'_>, news: &OpportunityNews) {
    let change = &news.change;
    let what = match (change.has_closed, change.has_reopened) {
        (true, _) => "Closed",
        (_, true) => "Open again",
        _ => "Changed",
    };
    let title = format!("{what}: {}", news.listed.opportunity.title);
    session.screen.title(&title, short(&news.news_id));
    if let Some(day) = change.closing_day {
        let text = |day: Option<_>| day.map_or("no day".to_owned(), format::full_date);
        session.screen.fact("Closes", &format!("{} (was: {})", text(day.now), text(day.before)));
    }
    if change.dates {
        session.screen.under("It begins or ends on another day.");
    }
    texts(session, &change.texts);
}

/// Texts as they are now, with the words before in brackets.
fn texts(session: &mut Session<'_>, texts: &[TextChange]) {
    for text in texts {
        let words = text.runs.iter().map(|run| match run.change {
            WordChange::Removed => format!("(was: {}) ", run.words.trim()),
            WordChange::Same | WordChange::Added => run.words.clone(),
        });
        session.screen.under(&words.collect::<String>());
    }
}

fn short(news_id: &str) -> &str {
    news_id.get(..SHORT_ID).unwrap_or(news_id)
}
