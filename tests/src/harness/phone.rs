//! A real phone in a temporary folder.

use std::{
    ops::Deref,
    path::{Path, PathBuf},
    sync::Arc,
    thread,
};

use promise_core::{
    CancelHandle, Connect, DatabaseKey, Device, Erased, Invitation, PocketPhone, PromiseError,
    sync::{HttpTransport, Synced},
};
use promise_protocol::RevocationReason;
use tempfile::TempDir;

use super::{Recording, Shifted, ShiftedPhone, TestServer, recorder::Recorded};

/// A phone, its clock and its folder.
pub struct TestPhone {
    /// The phone's clock.
    pub clock: Shifted,
    /// The messages between it and its server.
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

    /// A new phone that reaches the server through another address.
    pub fn paired_through(url: &str, server: &TestServer, person: &str) -> Self {
        let phone = Self::new();
        phone.pair_through(url, server, &server.invite(person)).expect("a fresh code pairs");
        phone
    }

    /// The database file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Closes the phone and opens it again.
    pub fn restart(&mut self) {
        drop(self.phone.take());
        self.phone = Some(open(&self.path, &self.clock, &self.recording));
    }
}

/// The calls that wait for the network, without cancelling.
impl TestPhone {
    /// Pairs by a code of the operator, who says yes.
    pub fn pair(&self, server: &TestServer, code: &str) -> Result<(), PromiseError> {
        self.pair_through(&server.url(), server, code)
    }

    /// The same, with a server that is reached through another address.
    pub fn pair_through(
        &self,
        url: &str,
        server: &TestServer,
        code: &str,
    ) -> Result<(), PromiseError> {
        let cancel = CancelHandle::new();
        let offer = PocketPhone::pair(self, url, code, &cancel)?;
        server.confirm(code, &offer.details().digits);
        self.finish_pairing(&offer, &cancel)
    }

    /// Pairs by an invitation of another phone of the same person, who types the digits there.
    pub fn pair_beside(&self, first: &Self) {
        let (invitation, cancel) = (first.invite_device().expect("a code"), CancelHandle::new());
        let first: &PocketPhone = first;
        let new: &PocketPhone = self;
        let (device, offer) = thread::scope(|scope| {
            let waiting = scope.spawn(|| first.devices().wait_for_new(&invitation.code, &cancel));
            let offer = new.pair_by_link(&invitation.link, &cancel).expect("a fresh code");
            (waiting.join().expect("no panic").expect("the new phone waits"), offer)
        });
        let digits = offer.details().digits;
        first.devices().confirm_new(&device, &digits, &cancel).expect("the same digits");
        new.finish_pairing(&offer, &cancel).expect("both sides said yes");
    }

    /// Syncs data and pictures.
    pub fn sync(&self) -> Result<Synced, PromiseError> {
        PocketPhone::sync(self, &CancelHandle::new())
    }

    /// Fetches the pictures that are not here.
    pub fn fetch_pictures(&self) -> Result<u32, PromiseError> {
        self.pictures().fetch(&CancelHandle::new())
    }

    /// Invites another phone of the same person.
    pub fn invite_device(&self) -> Result<Invitation, PromiseError> {
        self.devices().invite(&CancelHandle::new())
    }

    /// Lists the person's phones.
    pub fn list_devices(&self) -> Result<Vec<Device>, PromiseError> {
        self.devices().list(&CancelHandle::new())
    }

    /// Takes a phone off.
    pub fn revoke_device(
        &self,
        id: &str,
        reason: RevocationReason,
    ) -> Result<Vec<Device>, PromiseError> {
        self.devices().revoke(id, reason, &CancelHandle::new())
    }

    /// Confirms a limited phone.
    pub fn confirm_device(&self, id: &str) -> Result<Vec<Device>, PromiseError> {
        self.devices().confirm(id, &CancelHandle::new())
    }

    /// Refuses a limited phone.
    pub fn veto_device(&self, id: &str) -> Result<Vec<Device>, PromiseError> {
        self.devices().veto(id, &CancelHandle::new())
    }

    /// Links it again by a code or a link.
    pub fn relink(&self, code_or_link: &str) -> Result<(), PromiseError> {
        PocketPhone::relink(self, code_or_link, &CancelHandle::new())
    }

    /// Erases the account.
    pub fn erase_account(&self) -> Result<Erased, PromiseError> {
        PocketPhone::erase_account(self, &CancelHandle::new())
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
