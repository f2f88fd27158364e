//! Queries about all of a council's people and staff, each in one statement.

use chrono::NaiveDate;
use serde_json::Value;

use promise_protocol::{
    access::StaffRole,
    ids::{CouncilId, PersonId, StaffId},
};

use crate::{Assignment, DatabaseError, Device};

/// A young person who has no adviser today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnassignedPerson {
    /// The person's id.
    pub person: PersonId,
    /// The council's reference for them.
    pub reference: Option<String>,
    /// `true` if they had an adviser before.
    pub was_assigned: bool,
    /// Their assignments, none of which counts today: ended, not begun, or of a staff member who
    /// was deactivated or is on leave.
    pub assignments: Vec<Assignment>,
}

/// The value of one field of a person's record.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldValue {
    /// The person's id.
    pub person: PersonId,
    /// The record's id.
    pub record: String,
    /// The field.
    pub field: String,
    /// Its value.
    pub value: Value,
}

/// How far a staff member's sign-in is set up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignInStatus {
    /// The staff member's id.
    pub staff: StaffId,
    /// The name they sign in with.
    pub name: String,
    /// Their role.
    pub role: StaffRole,
    /// `true` if they have chosen a password.
    pub has_password: bool,
    /// `true` if they have set up an authenticator.
    pub has_authenticator: bool,
    /// When they last completed a sign-in.
    pub last_at: Option<i64>,
}

impl SignInStatus {
    /// Returns `true` if the staff member ever chose a password or signed in.
    pub fn was_used(&self) -> bool {
        self.has_password || self.last_at.is_some()
    }
}

/// Queries about a whole council.
pub trait Overview {
    /// Returns the people without an adviser on `day`, ordered by id. A person has one if an
    /// assignment is active on that day whose staff member is neither deactivated nor on leave. A
    /// colleague who covers has an assignment of their own.
    fn unassigned(
        &mut self,
        council: &CouncilId,
        day: NaiveDate,
    ) -> Result<Vec<UnassignedPerson>, DatabaseError>;

    /// Returns how many people have no adviser on `day`.
    fn count_unassigned(
        &mut self,
        council: &CouncilId,
        day: NaiveDate,
    ) -> Result<usize, DatabaseError>;

    /// Returns every assignment of a council's people, ordered by person and staff member.
    fn assignments_in(&mut self, council: &CouncilId) -> Result<Vec<Assignment>, DatabaseError>;

    /// Returns every phone of a council's people, ordered by person and pairing time.
    fn devices_in(&mut self, council: &CouncilId) -> Result<Vec<Device>, DatabaseError>;

    /// Calls `visit` with the values of these fields of one collection for all of a council's
    /// people, ordered by person and record.
    fn visit_values(
        &mut self,
        council: &CouncilId,
        collection: &str,
        fields: &[&str],
        visit: &mut dyn FnMut(FieldValue),
    ) -> Result<(), DatabaseError>;

    /// Returns how far each staff member's sign-in is set up, ordered by sign-in name.
    fn sign_in_statuses(&mut self, council: &CouncilId)
    -> Result<Vec<SignInStatus>, DatabaseError>;
}
