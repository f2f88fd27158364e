//! Backups of the server in the story, and restores.

use std::sync::Arc;

use promise_database_sqlite::SqliteConnection;
use promise_protocol::ids::PersonId;
use promise_services::{PhoneScope, generation, restore_tombstones, signing_again};
use rand::Rng;

use super::{COUNCIL, Server};

const MAX_BACKUPS: usize = 4;

/// A backup, and the records that its people have.
#[derive(Clone)]
pub(super) struct Backup {
    database: Vec<u8>,
    people: Vec<PersonId>,
}

impl Server {
    pub(in crate::simulation) fn back_up(&mut self) {
        if self.backups.len() == MAX_BACKUPS {
            self.backups.remove(0);
        }
        let backup = self.take_backup();
        self.backups.push(backup);
    }

    fn take_backup(&mut self) -> Backup {
        let database = self.store.snapshot().expect("a backup can be made");
        Backup { database, people: self.people.clone() }
    }

    /// Restores any backup, as a new generation. Returns `false` if there is none yet.
    pub(in crate::simulation) fn restore_any(&mut self, now: i64, rng: &mut impl Rng) -> bool {
        if self.backups.is_empty() {
            return false;
        }
        let index = rng.random_range(0..self.backups.len());
        let backup = self.backups[index].clone();
        self.restart(now, &backup);
        true
    }

    /// Makes the backup to which [`restore_first`](Self::restore_first) goes back.
    pub(in crate::simulation) fn back_up_first(&mut self) {
        self.first_backup = Some(self.take_backup());
    }

    /// Restores the backup from before anything was synced, as a new generation.
    pub(in crate::simulation) fn restore_first(&mut self, now: i64) {
        let first = self.first_backup.clone().expect("a first backup was made");
        self.restart(now, &first);
    }

    /// Goes on with a backup, as a new generation.
    fn restart(&mut self, now: i64, backup: &Backup) {
        let Backup { database, people } = backup;
        let tombstones = self.store.read(restore_tombstones::collect).expect("they can be read");
        self.store = SqliteConnection::from_snapshot(database, Arc::clone(&self.signer))
            .expect("a backup can be put back");
        // The records are those of that time. On phones each person's id has stayed the same.
        self.people.clone_from(people);
        for (scope, owner) in self.scopes.iter_mut().zip(&self.owners) {
            let author = scope.device().clone();
            let person = self.people[*owner].clone();
            *scope = PhoneScope::unchecked_for_simulation(COUNCIL.into(), person, author);
        }
        let Self { store, random, .. } = self;
        let begun = store.transact(|tx| {
            restore_tombstones::reapply(tx, &tombstones)?;
            generation::begin(tx, random)?;
            restore_tombstones::reapply_phones(tx, &tombstones, now)?;
            signing_again::sign_restored_again(tx, now)
        });
        begun.expect("a new generation begins");
        self.pair_all(now);
    }
}
