//! Checks that a job reserves a person before it writes for them.
//!
//! SQLite has one writer, so the order does not matter to it. A database with several writers needs
//! it: without it, two jobs can each overwrite what the other has read. Every test runs on SQLite,
//! so debug builds check the rule of [`promise_database`] here.

use std::collections::BTreeSet;

/// The people that one transaction has reserved. Empty in release builds.
#[derive(Default)]
pub(super) struct LockOrder {
    people: BTreeSet<String>,
}

impl LockOrder {
    /// A job called `person_for_update`, or added the person.
    pub(super) fn reserve(&mut self, person: &str) {
        if cfg!(debug_assertions) {
            self.people.insert(person.to_owned());
        }
    }

    /// A job writes for a person.
    pub(super) fn check(&self, person: &str) {
        debug_assert!(
            self.people.contains(person),
            "person_for_update comes before a write for that person"
        );
    }
}
