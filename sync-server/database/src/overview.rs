//! A whole council at a glance, each part in one query.

use chrono::NaiveDate;
use serde_json::Value;

use super::{Assignment, DatabaseError, Device};

/// A young person whom nobody looks after today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnassignedPerson {
    /// Their random name.
    pub person: String,
    /// The council's reference for them.
    pub reference: Option<String>,
    /// Whether somebody looked after them before.
    pub was_assigned: bool,
    /// Their assignments, none of which counts: over, to come, of somebody who left or is away.
    pub assignments: Vec<Assignment>,
}

/// What one field of a young person's record holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// The young person.
    pub person: String,
    /// The record.
    pub record: String,
    /// The field.
    pub field: String,
    /// What it holds.
    pub value: Value,
}

/// How far a member of staff got with signing in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignInStatus {
    /// The member of staff.
    pub staff: String,
    /// What they sign in with.
    pub name: String,
    /// Their role, as it is stored.
    pub role: String,
    /// Whether they chose a password.
    pub has_password: bool,
    /// Whether they set up an authenticator.
    pub has_authenticator: bool,
    /// When they last signed in all the way, in milliseconds since 1970.
    pub last_at: Option<i64>,
}

/// A whole council at a glance.
pub trait Overview {
    /// The young people whom nobody looks after on this day. Somebody does if an assignment counts
    /// on the day whose member of staff has not left and is not on leave: whoever covers for a
    /// colleague has an assignment of their own.
    fn unassigned(
        &mut self,
        council: &str,
        day: NaiveDate,
    ) -> Result<Vec<UnassignedPerson>, DatabaseError>;

    /// How many they are.
    fn count_unassigned(&mut self, council: &str, day: NaiveDate) -> Result<usize, DatabaseError>;

    /// Every assignment of a council's young people, by person and staff.
    fn assignments_in(&mut self, council: &str) -> Result<Vec<Assignment>, DatabaseError>;

    /// Every phone of a council's young people, by person.
    fn devices_in(&mut self, council: &str) -> Result<Vec<Device>, DatabaseError>;

    /// Visits what these fields of one collection hold for all a council's young people, by person
    /// and record.
    fn visit_values(
        &mut self,
        council: &str,
        collection: &str,
        fields: &[&str],
        visit: &mut dyn FnMut(Held),
    ) -> Result<(), DatabaseError>;

    /// How a council's staff sign in, by name.
    fn sign_in_statuses(&mut self, council: &str) -> Result<Vec<SignInStatus>, DatabaseError>;
}
