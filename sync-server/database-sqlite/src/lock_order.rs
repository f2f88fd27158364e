//! Checks that a job reserves a person before it writes for them.
//!
//! SQLite has one writer, so the order does not matter to it. A database with several writers needs
//! it: without it, two jobs can each overwrite what the other has read. Every test runs on SQLite,
//! so debug builds check the rule of [`promise_database`] here.

use std::collections::BTreeSet;

use promise_protocol::ids::PersonId;

/// The people that one transaction has reserved. Empty in release builds.
#[derive(Default)]
pub(super) struct LockOrder {
    people: BTreeSet<PersonId>,
}

impl LockOrder {
    /// A job called `person_for_update`, or added the person.
    pub(super) fn reserve(&mut self, person: &PersonId) {
        if cfg!(debug_assertions) {
            self.people.insert(person.clone());
        }
    }

    /// A job writes for a person.
    pub(super) fn check(&self, person: &PersonId) {
        debug_assert!(
            self.people.contains(person),
            "person_for_update comes before a write for that person"
        );
    }
}
