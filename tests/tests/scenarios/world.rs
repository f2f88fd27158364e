//! The world of a scenario: a server, a person with an adviser, and their phones.

use std::{path::PathBuf, sync::Arc, thread};

use promise_core::{Invitation, PromiseError};
use promise_ffi::{NewDevice, PairingOffer, PocketPhone};
use promise_tests::{
    harness::{COUNCIL, TestServer},
    trouble::{Trouble, TroubledServer},
};
use tempfile::TempDir;

pub const KEY: [u8; 32] = [42; 32];
pub const OLD_NUMBER: &str = "+447700900123";

pub struct World {
    pub server: TestServer,
    pub person: String,
    pub adviser: String,
    trouble: Option<TroubledServer>,
    folder: TempDir,
}

impl World {
    pub fn new() -> Self {
        let server = TestServer::start();
        server.publish(&TestServer::council_folder());
        let person = server.add_person();
        let card = [
            ["--name", "Jo Okoro"],
            ["--role", "Personal adviser"],
            ["--phone", "07700 900123:mobile:prefer"],
            ["--hours", "mon-fri 09:00-17:00"],
        ];
        let adviser = server.add_staff("j.okoro", &card.concat());
        server.assign(&person, &adviser);
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self { server, person, adviser, trouble: None, folder }
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn open(&self, name: &str) -> Arc<PocketPhone> {
        let path = self.file(name).to_string_lossy().into_owned();
        PocketPhone::open(path, KEY.to_vec(), None).expect("the phone opens")
    }

    pub fn paired_at(&self, url: &str, name: &str) -> Arc<PocketPhone> {
        let phone = self.open(name);
        self.pair_at(url, &phone, &self.code()).expect("a fresh code pairs");
        phone
    }

    /// Pairs a phone by a code of the council, which says yes to the digits that the phone shows.
    pub fn pair(&self, phone: &PocketPhone, code: &str) -> Result<(), PromiseError> {
        self.pair_at(&self.server.url(), phone, code)
    }

    pub fn pair_at(&self, url: &str, phone: &PocketPhone, code: &str) -> Result<(), PromiseError> {
        let offer = phone.pair(url.to_owned(), code.to_owned(), None)?;
        self.server.confirm(code, &offer.details()?.digits);
        phone.finish_pairing(offer, None)
    }

    /// Lets a new phone send an invitation of the first one. Returns what each side holds then.
    pub fn meet(
        first: &PocketPhone,
        send: impl FnOnce(&Invitation) -> Result<Arc<PairingOffer>, PromiseError>,
    ) -> (Arc<NewDevice>, Arc<PairingOffer>) {
        let invitation = first.invite_device(None).expect("a code");
        thread::scope(|scope| {
            let code = invitation.code.clone();
            let waiting = scope.spawn(|| first.wait_for_new_device(code, None));
            let offer = send(&invitation).expect("a fresh code");
            (waiting.join().expect("no panic").expect("the new phone waits"), offer)
        })
    }

    /// Pairs a second phone by the link of the first one, which scans what the second one shows.
    pub fn pair_beside(first: &PocketPhone, second: &PocketPhone) {
        let (device, offer) =
            Self::meet(first, |invited| second.pair_by_link(invited.link.clone(), None));
        let shown = offer.details().unwrap().link.expect("a code to scan");
        first.confirm_new_device(device, shown, None).expect("the same");
        second.finish_pairing(offer, None).expect("both said yes");
    }

    /// A phone that is paired and has synced.
    pub fn carried(&self, name: &str) -> Arc<PocketPhone> {
        let phone = self.paired_at(&self.server.url(), name);
        phone.sync(None).expect("a first sync");
        phone
    }

    pub fn code(&self) -> String {
        self.server.invite(&self.person)
    }

    /// A phone that was paired through a server that is faulty from now on.
    pub fn in_trouble(&mut self, trouble: Trouble) -> Arc<PocketPhone> {
        let url = self.troubled();
        let phone = self.paired_at(&url, "promise.db");
        self.make(trouble);
        phone
    }

    pub fn troubled(&mut self) -> String {
        let address = self.server.address().to_string();
        self.trouble.get_or_insert_with(|| TroubledServer::start(&address)).url()
    }

    pub fn make(&self, trouble: Trouble) {
        self.trouble.as_ref().expect("a server in trouble").make(trouble);
    }

    pub fn another_person(&self) -> String {
        self.server.run(&["person", "add", "--council", COUNCIL]).trim().to_owned()
    }

    pub fn asks_at_the_council(&self) -> String {
        self.server.run(&["ask", "list", "--person", &self.person])
    }
}
