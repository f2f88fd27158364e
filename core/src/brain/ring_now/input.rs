//! What the answer is computed from.

use chrono::NaiveDate;
use promise_protocol::{
    ContactId,
    cover::CoverDays,
    pack::{ClosedDay, ClosedDays, Line},
    text,
    values::{Leave, Opening, PhoneNumber},
};

use super::schedule::is_every_hour;

/// The role of the person whom a young person rings first.
const PERSONAL_ADVISER: &str = "personal adviser";

/// Everything that the answer depends on, besides the moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Input {
    /// The council's name: by it a line is the council's own. Empty if the phone is not paired.
    pub council: String,
    /// The contacts that may be shown, in their order on the screen.
    pub helpers: Vec<Helper>,
    /// The lines of the directory, in display order.
    pub lines: Vec<Line>,
    /// The days on which offices are closed.
    pub closed_days: Vec<ClosedDay>,
}

/// A contact that the council gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Helper {
    /// The contact's id.
    pub id: ContactId,
    /// The name to show.
    pub name: String,
    /// What they do, such as "Personal adviser".
    pub role: String,
    /// Their numbers, the preferred one first.
    pub phones: Vec<PhoneNumber>,
    /// When they work, in London time. Empty if the council does not say.
    pub hours: Vec<Opening>,
    /// How closed days change the hours. `None` if the council does not say.
    pub on_closed_days: Option<ClosedDays>,
    /// When they are away.
    pub leave: Vec<Leave>,
    /// Who is at work on the days of each leave, with chains followed to their end.
    pub cover_days: Vec<CoverDays>,
    /// The first day on which they are the one to ring.
    pub valid_from: Option<NaiveDate>,
    /// The last day on which they are.
    pub valid_to: Option<NaiveDate>,
    /// The contact who comes after them.
    pub replaced_by: Option<ContactId>,
}

impl Helper {
    /// How closed days change the hours. Hours that are all hours of the week mean Christmas Day too, unless
    /// the council says otherwise.
    pub(super) fn closed_days_rule(&self) -> ClosedDays {
        self.on_closed_days.unwrap_or_else(|| {
            if is_every_hour(&self.hours) { ClosedDays::AsUsual } else { ClosedDays::Closed }
        })
    }

    pub(super) fn is_personal_adviser(&self) -> bool {
        text::is_same(&self.role, PERSONAL_ADVISER)
    }

    /// Returns `true` if they are not to be rung from this day on.
    pub(super) fn is_over(&self, today: NaiveDate) -> bool {
        self.valid_to.is_some_and(|to| to < today || self.valid_from.is_some_and(|from| to < from))
    }

    /// Returns `true` if they are the one to ring on this day, at work or away.
    pub(super) fn is_valid_on(&self, day: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }
}
