//! A real phone in a temporary folder.

use std::{
    ops::Deref,
    path::{Path, PathBuf},
    sync::Arc,
};

use promise_core::{Connect, DatabaseKey, PocketPhone, sync::HttpTransport};
use tempfile::TempDir;

use super::{Recording, Shifted, ShiftedPhone, TestServer, recorder::Recorded};

/// A phone, its clock and its folder.
pub struct TestPhone {
    /// The phone's clock.
    pub clock: Shifted,
    /// What it and its server say to each other.
    pub recording: Recording,
    phone: Option<PocketPhone>,
    path: PathBuf,
    _temporary: TempDir,
}

impl TestPhone {
    /// A new phone.
    pub fn new() -> Self {
        let temporary = tempfile::tempdir().expect("a temporary folder");
        let path = temporary.path().join("promise.db");
        let clock = Shifted::default();
        let recording = Recording::default();
        let phone = Some(open(&path, &clock, &recording));
        Self { clock, recording, phone, path, _temporary: temporary }
    }

    /// A new phone, paired with a person.
    pub fn paired(server: &TestServer, person: &str) -> Self {
        Self::paired_through(&server.url(), server, person)
    }

    /// A new phone that reaches the server by another address.
    pub fn paired_through(url: &str, server: &TestServer, person: &str) -> Self {
        let phone = Self::new();
        phone.pair(url, &server.invite(person)).expect("a fresh code pairs");
        phone
    }

    /// The database file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Ends the program and starts it again.
    pub fn restart(&mut self) {
        drop(self.phone.take());
        self.phone = Some(open(&self.path, &self.clock, &self.recording));
    }
}

impl Default for TestPhone {
    fn default() -> Self {
        Self::new()
    }
}

impl Deref for TestPhone {
    type Target = PocketPhone;

    fn deref(&self) -> &PocketPhone {
        self.phone.as_ref().expect("the phone is on")
    }
}

fn open(path: &Path, clock: &Shifted, recording: &Recording) -> PocketPhone {
    let recording = recording.clone();
    let connect: Connect = Box::new(move |server| {
        let transport = HttpTransport::new(server)?;
        Ok(Arc::new(Recorded { transport, recording: recording.clone() }))
    });
    let clock = Arc::new(ShiftedPhone(clock.clone()));
    PocketPhone::open_with(path, DatabaseKey::new([42; 32]), clock, connect)
        .expect("the phone opens")
}
