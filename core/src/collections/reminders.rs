//! What the person is reminded of: appointments, closing days of what they saved, days that they chose, and planned
//! visits and reviews.

use chrono::{DateTime, Utc};
use promise_protocol::{
    availability::closes_at,
    london,
    vocabulary::{AppointmentAnswer, SaveStatus},
};

use super::{appointments, opportunities, timescales};
use crate::{
    app_lock::View,
    brain::{Occasion, OpportunityFilter, PlannedReminder, plan},
    store::{StoreError, Tx},
};

/// Lists the reminders from one moment until before another, the soonest first.
///
/// `now` is the time by the server's clock. While the app lock is on, and after the quiet PIN, the reminders stay:
/// a person must not miss an appointment because their phone is locked. They do not tell then what they are about.
pub(crate) fn list(
    tx: &mut dyn Tx,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
    now: DateTime<Utc>,
    view: View,
) -> Result<Vec<PlannedReminder>, StoreError> {
    let mut occasions = of_appointments(tx)?;
    occasions.extend(of_saved(tx, now)?);
    occasions.extend(of_timescales(tx, now)?);
    let mut reminders = plan(&occasions, from, to);
    if !view.has_private() {
        for reminder in &mut reminders {
            reminder.about = None;
        }
    }
    Ok(reminders)
}

/// Appointments to which the person has not said that they do not come.
fn of_appointments(tx: &mut dyn Tx) -> Result<Vec<Occasion>, StoreError> {
    let appointments = appointments::list(tx)?.into_iter();
    let awaited = appointments.filter(|it| it.answer != Some(AppointmentAnswer::NotComing));
    let occasions = awaited
        .filter_map(|it| Some(Occasion::Appointment { id: it.id, starts_at: it.starts_at? }));
    Ok(occasions.collect())
}

/// Saved opportunities: chosen days until the person is done with one, closing days until they applied.
fn of_saved(tx: &mut dyn Tx, now: DateTime<Utc>) -> Result<Vec<Occasion>, StoreError> {
    let saved_only = OpportunityFilter { saved_only: true, ..OpportunityFilter::default() };
    let mut occasions = Vec::new();
    for listed in opportunities::list(tx, &saved_only, now, View::Full)? {
        let id = listed.id();
        let Some(saved) = listed.saved else { continue };
        let is_done = matches!(saved.status, SaveStatus::GotIt | SaveStatus::NotForMe);
        if let Some(day) = saved.remind_on.filter(|_| !is_done) {
            occasions.push(Occasion::ChosenDay { id: id.clone(), day });
        }
        let is_open = !listed.availability.is_over();
        let closes_at = closes_at(&listed.opportunity).filter(|_| is_open);
        if let Some(closes_at) = closes_at.filter(|_| saved.status == SaveStatus::Saved) {
            occasions.push(Occasion::Closing { id, closes_at });
        }
    }
    Ok(occasions)
}

/// Visits and reviews with a planned day. A limit reminds of nothing, near or passed: the council has to keep it, and
/// the young person can only wait. They read it in the app, beside what they can do.
fn of_timescales(tx: &mut dyn Tx, now: DateTime<Utc>) -> Result<Vec<Occasion>, StoreError> {
    let timescales = timescales::list(tx, london::day(now))?.into_iter();
    let planned = timescales.filter_map(|status| {
        Some(Occasion::Timescale { id: status.timescale.id, day: status.days.next? })
    });
    Ok(planned.collect())
}
