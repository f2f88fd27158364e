//! Which revision each phone was sent.

use std::collections::BTreeMap;

use promise_protocol::{Author, ids::PersonId};

use crate::DatabaseError;

/// Which revision each phone was sent. The phone's next request acknowledges it.
pub trait Deliveries {
    /// Stores the revision up to which a response brings a phone.
    fn set_delivered_rev(&mut self, phone: &Author, rev: u64) -> Result<(), DatabaseError>;

    /// Returns the revision that each of a person's phones was taken to.
    fn delivered_revs(&mut self, person: &PersonId)
    -> Result<BTreeMap<Author, u64>, DatabaseError>;
}
