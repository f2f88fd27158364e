//! How far each phone was brought.

use std::collections::BTreeMap;

use promise_protocol::Author;

use super::DatabaseError;

/// How far phones were brought. A phone that lost its answer says so with its next request, and
/// is then brought there once more.
pub trait Deliveries {
    /// Notes the revision that a phone's answer takes it to.
    fn set_delivered_rev(&mut self, phone: &Author, rev: u64) -> Result<(), DatabaseError>;

    /// The revision that each of a person's phones was taken to.
    fn delivered_revs(&mut self, person: &str) -> Result<BTreeMap<Author, u64>, DatabaseError>;
}
