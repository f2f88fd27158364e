//! What the files say about one young person: a claim for each staff member, and how certain it is.

use std::collections::BTreeMap;

use chrono::{Days as DayCount, NaiveDate};
use promise_protocol::ids::StaffId;

use super::{
    Days, Involvement, KnownStaff, RowProblem,
    workers::{Worker, Workers},
};
use crate::assignments::hand_over::MAX_DAYS_AHEAD;

/// How many days ago an involvement can have ended to end an assignment by itself. An
/// adviser who was given a young person again since, in the console, keeps them: the case system may hear
/// of it later.
const RECENT_DAYS: u64 = 31;

/// What the rows about one young person and one staff member say together.
#[derive(Default)]
pub(super) struct Claim {
    live: Vec<Days>,
    /// The latest last day of those that are over.
    over: Option<NaiveDate>,
    /// A row's days cannot be read.
    is_unreadable: bool,
    /// The rows that are not over.
    pub(super) live_rows: Vec<usize>,
}

impl Claim {
    /// Returns from when and until when the staff member is the adviser, if they are or will be: the first
    /// day, if it is in the future, and the first day on which it is over. Several involvements count as
    /// one, from the first day to the last.
    pub(super) fn target(
        &self,
        today: NaiveDate,
    ) -> Option<(Option<NaiveDate>, Option<NaiveDate>)> {
        let starts = self.live.iter().map(|days| days.starts).min()?;
        let last: Option<Vec<NaiveDate>> = self.live.iter().map(|days| days.last).collect();
        let last = last.and_then(|last| last.into_iter().max());
        let ends = last.and_then(|last| last.succ_opt());
        Some((Some(starts).filter(|starts| *starts > today), ends))
    }

    /// Returns `true` if everything about the two is over, and was not long ago.
    pub(super) fn has_ended(&self, today: NaiveDate) -> bool {
        let oldest = today.checked_sub_days(DayCount::new(RECENT_DAYS));
        let is_recent = self.over.zip(oldest).is_some_and(|(over, oldest)| over >= oldest);
        is_recent && self.live.is_empty() && !self.is_unreadable
    }

    /// Returns `true` if a row about the two cannot be read.
    pub(super) fn is_unreadable(&self) -> bool {
        self.is_unreadable
    }

    fn add(&mut self, row: &Involvement, today: NaiveDate) -> Option<RowProblem> {
        let last_start = today.checked_add_days(DayCount::new(MAX_DAYS_AHEAD));
        match row.days {
            Ok(Days { last: Some(last), .. }) if last < today => {
                self.over = self.over.max(Some(last));
                None
            }
            Ok(days) if Some(days.starts) > last_start => {
                self.is_unreadable = true;
                Some(RowProblem::TooFarAhead)
            }
            Ok(days) => {
                self.live.push(days);
                self.live_rows.push(row.row);
                None
            }
            Err(problem) => {
                self.is_unreadable = true;
                Some(problem)
            }
        }
    }
}

/// What the files say about one young person.
#[derive(Default)]
pub(super) struct PersonClaims<'a> {
    pub(super) by_staff: BTreeMap<&'a StaffId, (&'a KnownStaff, Claim)>,
    /// A row that is not over may be about any staff member.
    pub(super) is_unclear: bool,
    /// The rows that do not count.
    pub(super) refused: Vec<(usize, RowProblem)>,
}

impl<'a> PersonClaims<'a> {
    pub(super) fn add(&mut self, row: &Involvement, workers: &Workers<'a>, today: NaiveDate) {
        if row.days == Err(RowProblem::Damaged) {
            // Its cells may be those of other columns.
            self.is_unclear = true;
            self.refused.push((row.row, RowProblem::Damaged));
            return;
        }
        let is_over = row.days.is_ok_and(|days| days.last.is_some_and(|last| last < today));
        let problem = match workers.find(&row.professional) {
            Worker::Known(staff) => {
                let (_, claim) =
                    self.by_staff.entry(&staff.id).or_insert_with(|| (staff, Claim::default()));
                claim.add(row, today)
            }
            // Who it was does not matter any more.
            Worker::Other(_) | Worker::Unclear(_) if is_over => None,
            Worker::Other(problem) => Some(row.days.err().unwrap_or(problem)),
            Worker::Unclear(problem) => {
                self.is_unclear = true;
                Some(problem)
            }
        };
        self.refused.extend(problem.map(|problem| (row.row, problem)));
    }

    /// Returns `true` if a row about the young person is missing or cannot be read, so that the absence of
    /// a row says nothing.
    pub(super) fn has_doubt(&self) -> bool {
        !self.refused.is_empty()
    }
}
