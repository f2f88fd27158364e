//! What is new for the person: what the council changed since they last looked.
//!
//! Before something replaces what the phone shows, what was there is kept, once. What is new follows from
//! comparing that with what is there now, each time that it is listed: what changes twice is compared with what
//! the person saw, and what is changed back is not new. Marking it as seen removes what was kept. All of it stays
//! on this phone. Telephone numbers are kept in the same way by [`super::number_changes`].

mod answers;
mod appointments;
mod opportunities;
mod pledges;
#[cfg(test)]
mod tests;
mod timescales;
mod unseen;

use chrono::{DateTime, Utc};
use promise_protocol::{AuthorKind, Cell, schema::DELETED};

use self::unseen::Unseen;
use super::{
    Topic, appointments::APPOINTMENT, asks::ASK, number_changes, number_changes::NumberChange,
    opportunities::SAVED, timescales::TIMESCALE,
};
use crate::{
    app_lock::View,
    store::{EarlierRecord, StoreError, Tx},
};

pub use answers::AnswerNews;
pub use appointments::{AppointmentNews, AppointmentNewsKind};
pub use opportunities::OpportunityNews;
pub(crate) use opportunities::keep_before_opportunities;
pub(crate) use pledges::keep_before_promise;
pub use pledges::{PledgeNews, PledgeNewsKind};
pub use timescales::TimescaleNews;

/// What is new for the person.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct News {
    /// Telephone numbers that the council changed.
    pub numbers: Vec<NumberChange>,
    /// Asks that were answered, the newest first.
    pub answers: Vec<AnswerNews>,
    /// Appointments that were made, moved, changed or cancelled, the soonest first.
    pub appointments: Vec<AppointmentNews>,
    /// Visits and reviews that are planned for a day, for another one, or for none any more, in the council's order.
    pub timescales: Vec<TimescaleNews>,
    /// Pledges that were added, changed or taken out: those that the person marked first, then in the order of
    /// the promise, and those that are gone last.
    pub pledges: Vec<PledgeNews>,
    /// Saved opportunities that closed or changed: what closes soonest first.
    pub opportunities: Vec<OpportunityNews>,
    /// The next moment, by the council's clock, at which this changes by itself: when something that the person
    /// saved closes, or an appointment or a planned day is over. `None` if nothing is known.
    pub next_change: Option<DateTime<Utc>>,
}

impl News {
    /// Returns `true` if nothing is new.
    pub fn is_empty(&self) -> bool {
        *self == Self { next_change: self.next_change, ..Self::default() }
    }
}

/// Lists what is new, texts in the first of these languages. What must not be read is left out, and so is when it
/// would change.
pub(crate) fn list(
    tx: &mut dyn Tx,
    languages: &[&str],
    now: DateTime<Utc>,
    view: View,
) -> Result<News, StoreError> {
    let news = News {
        numbers: number_changes::list(tx, view)?,
        pledges: pledges::list(tx, languages, view)?,
        ..News::default()
    };
    if !view.has_private() {
        return Ok(news);
    }
    let appointments = appointments::list(tx, now)?;
    let (opportunities, closing) = opportunities::list(tx, now)?;
    let timescales = timescales::list(tx, now)?;
    let over = appointments.iter().filter_map(AppointmentNews::listed_until);
    let over = over.chain(timescales.iter().filter_map(TimescaleNews::listed_until));
    let next_change = over.filter(|at| *at > now).chain(closing).min();
    let answers = answers::list(tx)?;
    Ok(News { answers, appointments, timescales, opportunities, next_change, ..news })
}

/// Records that the person has seen the news with this id. Returns the topic that changed; `None` if it is not
/// listed now, or not any more: what changed again since it was shown was not seen.
pub(crate) fn mark_seen(
    tx: &mut dyn Tx,
    news_id: &str,
    now: DateTime<Utc>,
    view: View,
) -> Result<Option<Topic>, StoreError> {
    let is_meant = |id: &str| id == news_id;
    if pledges::mark_seen(tx, is_meant)? {
        return Ok(Some(Topic::Promise));
    }
    if !view.has_private() {
        return Ok(None);
    }
    if answers::mark_seen(tx, is_meant)? {
        return Ok(Some(Topic::Asks));
    }
    if appointments::mark_seen(tx, now, is_meant)? || timescales::mark_seen(tx, now, is_meant)? {
        return Ok(Some(Topic::Appointments));
    }
    Ok(opportunities::mark_seen(tx, now, is_meant)?.then_some(Topic::Opportunities))
}

/// After the first sync has brought everything: what the council changes from now on is new. What it brought is
/// not, and neither is anything after a restore that the phone had before.
pub(crate) fn begin(tx: &mut dyn Tx, server_now_millis: i64) -> Result<(), StoreError> {
    match tx.news_after()? {
        None => tx.set_news_after(server_now_millis),
        Some(_) => Ok(()),
    }
}

/// Before a cell is stored: keeps the record that staff change with it, and forgets what was kept of an opportunity
/// that the person takes off their saved ones, or saves again.
pub(crate) fn keep_before_cell(tx: &mut dyn Tx, new: &Cell) -> Result<(), StoreError> {
    let is_by_staff = new.stamp.author.kind() == AuthorKind::Staff;
    match new.key.collection.as_str() {
        APPOINTMENT if is_by_staff => appointments::keep(tx, &new.key.id),
        ASK if is_by_staff => answers::keep(tx, &new.key.id),
        TIMESCALE if is_by_staff => timescales::keep(tx, &new.key.id),
        SAVED if new.key.field == DELETED => opportunities::forget(tx, &new.key.id),
        _ => Ok(()),
    }
}

/// Keeps a record as it is now, unless an earlier one is kept that the person has not seen replaced.
fn keep(tx: &mut dyn Tx, record: &EarlierRecord) -> Result<(), StoreError> {
    match tx.earlier(record.kind, &record.id)? {
        None => tx.put_earlier(record),
        Some(_) => Ok(()),
    }
}
