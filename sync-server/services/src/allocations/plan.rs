//! What an import would change, worked out from the files and the council's state alone.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use promise_protocol::ids::{PersonId, StaffId};

use super::{AllocationRefusal, Change, CountedRoles, Extract, RefusedRow, State, planner};

/// A young person and a staff member.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    /// The young person.
    pub person: PersonId,
    /// The staff member.
    pub staff: StaffId,
}

/// Why a young person would have no adviser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WhyUnassigned {
    /// Their adviser left.
    AdviserLeft,
    /// Their adviser is on leave, and no colleague covers.
    AdviserAway,
    /// They have no reference, so that no row can be about them.
    NoReference,
    /// No row that counts is about them.
    NotInFiles,
    /// A row about them does not count.
    RowRefused,
    /// Their next adviser begins later.
    ComesLater,
    /// Everything about them is over.
    Over,
}

impl WhyUnassigned {
    /// Returns the name of the reason, as part of message keys.
    pub fn name(self) -> &'static str {
        match self {
            Self::AdviserLeft => "left",
            Self::AdviserAway => "away",
            Self::NoReference => "no-reference",
            Self::NotInFiles => "not-in-files",
            Self::RowRefused => "row-refused",
            Self::ComesLater => "later",
            Self::Over => "over",
        }
    }
}

/// A young person who would have no adviser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WithoutAdviser {
    /// The young person.
    pub person: PersonId,
    /// Why they would have none.
    pub why: WhyUnassigned,
    /// `true` if they have one now.
    pub is_new: bool,
}

/// A colleague who would cover for an adviser to whom the import gives young people.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PlannedCover {
    /// The young person.
    pub person: PersonId,
    /// The colleague who covers.
    pub colleague: StaffId,
    /// The adviser who is on leave.
    pub adviser: StaffId,
    /// The first day.
    pub starts: NaiveDate,
    /// The first day on which it is over.
    pub ends: NaiveDate,
}

/// What an import would change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// How many rows the involvements have.
    pub rows: usize,
    /// How many the last import had that was applied.
    pub rows_before: Option<usize>,
    /// How many rows are about people who are not here. Nothing of them is kept.
    pub not_here: usize,
    /// How many assignments are as the files say.
    pub unchanged: usize,
    /// What is changed, in the order in which it is.
    pub changes: Vec<Change>,
    /// The cover that applying arranges for the leave of advisers who are given young people.
    pub covers: Vec<PlannedCover>,
    /// Assignments of which the files say nothing, or that ended there long ago. They stay, unless someone
    /// ends them.
    pub missing: Vec<Pair>,
    /// Assignments that seem to be over, of young people about whom a row cannot be read. They stay.
    pub held: Vec<Pair>,
    /// Staff who left by the directory. They are among the changes if the caller may deactivate them.
    pub leavers: Vec<StaffId>,
    /// The rows that do not count.
    pub refused: Vec<RefusedRow>,
    /// The young people who would have no adviser today.
    pub without_adviser: Vec<WithoutAdviser>,
    /// A hash of the state with which the files were compared.
    pub version: String,
    pub(super) references: BTreeMap<PersonId, Option<String>>,
    pub(super) names: BTreeMap<StaffId, String>,
}

impl Plan {
    /// Compares the files with a council's state. Leavers are only deactivated with `deactivates`.
    ///
    /// [`AllocationRefusal::NoCountedRole`]: no row has a role that counts.
    pub fn new(
        state: &State,
        extract: &Extract,
        roles: &CountedRoles,
        deactivates: bool,
    ) -> Result<Self, AllocationRefusal> {
        planner::plan(state, extract, roles, deactivates)
    }

    /// Returns the council's reference of a young person, if they have one.
    pub fn reference(&self, person: &PersonId) -> Option<&str> {
        self.references.get(person).and_then(Option::as_deref)
    }

    /// Returns the name of a staff member.
    pub fn name(&self, staff: &StaffId) -> &str {
        self.names.get(staff).map_or("", String::as_str)
    }

    /// Returns `true` if there is something that a person has to look at.
    pub fn needs_attention(&self) -> bool {
        let is_clear = self.missing.is_empty() && self.held.is_empty() && self.refused.is_empty();
        !is_clear || self.without_adviser.iter().any(|it| it.is_new)
    }
}
