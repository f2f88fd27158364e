//! A phone on a real, encrypted database in a folder of its own.

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use promise_core::{
    CancelHandle, Connect, DatabaseKey, PocketPhone, PromiseError,
    sealing::PhoneKey,
    store::{Pairing, ServerAccess},
    sync::Synced,
};
use promise_protocol::{
    Author, Change, KeyStep, PhoneOrder, Reading, SignedOrder, Stamp, SyncResponse,
    signature::{SEED_BYTES, Signature, SigningKey},
    statement::Statement,
};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{NOW, Published, Script, TestClock};

/// The key of every test's database.
pub const KEY: [u8; 32] = [7; 32];

pub fn key() -> DatabaseKey {
    DatabaseKey::new(KEY)
}

/// A handle for a call that the test does not cancel.
pub fn never_cancelled() -> CancelHandle {
    CancelHandle::new()
}

/// The author of the test phone's stamps.
pub fn author() -> Author {
    "p0000000a".parse().expect("an author")
}

/// A phone, its folder, its clock and its server.
pub struct Pocket {
    pub folder: TempDir,
    pub clock: Arc<TestClock>,
    pub server: Arc<Script>,
    pub phone: PocketPhone,
}

impl Pocket {
    /// A phone that was never paired.
    pub fn unpaired() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let (clock, server) = (Arc::new(TestClock::default()), Arc::new(Script::default()));
        let path = folder.path().join("phone.db");
        let phone = PocketPhone::open_with(&path, key(), clock.clone(), connect(&server));
        Self { phone: phone.expect("it opens"), folder, clock, server }
    }

    /// A paired phone that holds nothing but its key.
    pub fn paired() -> Self {
        let pocket = Self::unpaired();
        pocket.pair("https://riverbridge.example", "K7QF-3MZD-9X01").expect("it pairs");
        // A person's first phone sends the step to its key.
        pocket.sync().expect("it syncs");
        pocket.server.forget_requests();
        pocket
    }

    /// Pairs again, as with a server that moved to this address.
    pub fn at_server(self, address: &str) -> Self {
        self.pair(address, "K7QF-3MZD-9X01").expect("it pairs");
        self
    }

    /// A paired phone that shows this edition.
    pub fn showing(published: &Published) -> Self {
        let pocket = Self::paired();
        pocket.server.publish(published, 1);
        pocket.sync().expect("it syncs");
        pocket.server.take_wanted();
        pocket
    }

    pub fn path(&self) -> PathBuf {
        self.folder.path().join("phone.db")
    }

    /// Closes the phone and opens it again, by the right key.
    pub fn reopen(self) -> Self {
        let Self { folder, clock, server, phone } = self;
        drop(phone);
        let path = folder.path().join("phone.db");
        let phone = PocketPhone::open_with(&path, key(), clock.clone(), connect(&server));
        Self { phone: phone.expect("it opens again"), folder, clock, server }
    }

    /// Opens a second phone object at another place or by another key.
    pub fn open(
        &self,
        path: &std::path::Path,
        key: DatabaseKey,
    ) -> Result<PocketPhone, PromiseError> {
        PocketPhone::open_with(path, key, self.clock.clone(), connect(&self.server))
    }

    /// Syncs, without cancelling.
    pub fn sync(&self) -> Result<Synced, PromiseError> {
        self.phone.sync(&never_cancelled())
    }

    /// Pairs, without cancelling. Both sides say yes.
    pub fn pair(&self, server: &str, code: &str) -> Result<(), PromiseError> {
        let offer = self.phone.pair(server, code, &never_cancelled())?;
        self.phone.finish_pairing(&offer, &never_cancelled())
    }

    /// Sends these changes to the phone with its next sync.
    pub fn receive(&self, changes: Vec<Change>) {
        self.server.next_takes(SyncResponse { changes, ..SyncResponse::default() });
        self.sync().expect("it syncs");
    }
}

fn connect(server: &Arc<Script>) -> Connect {
    let server = server.clone();
    Box::new(move |_| Ok(server.clone()))
}

/// The key with which the test council signs.
pub fn council_key() -> SigningKey {
    SigningKey::from_seed(&[9; SEED_BYTES]).expect("a seed")
}

/// The pairing of the test phone, for a store without a phone around it.
pub fn pairing() -> Pairing {
    Pairing {
        server: "https://riverbridge.example".into(),
        access: ServerAccess::Token("token".into()),
        author: author().to_string(),
        council: "riverbridge".into(),
        council_name: "Riverbridge Council".into(),
        person: "person-1".into(),
        council_keys: vec![council_key().public_key()],
        order_keys: vec![council_key().public_key()],
        signature: Signature::new("signature"),
        key: PhoneKey::from_seed([5; 32]),
    }
}

/// An order to the phone with this author, as the council signed it.
pub fn order_to(author: &str, order: PhoneOrder) -> SignedOrder {
    let mut signed = SignedOrder { order, at: NOW, signature: Signature::new("") };
    let statement = signed.statement("person-1", author).to_bytes("riverbridge");
    signed.signature = council_key().sign(&statement);
    signed
}

/// An order to the test phone.
pub fn order(order: PhoneOrder) -> SignedOrder {
    order_to(author().as_str(), order)
}

/// Signs a change about the test phone's person.
pub fn signed(mut change: Change) -> Change {
    let statement = Statement::Change { person: "person-1", change: &change };
    change.signature = Some(council_key().sign(&statement.to_bytes("riverbridge")));
    change
}

/// The change of a key step that the server accepted so many milliseconds after the start, as the council signed
/// it.
pub fn accepted(step: &KeyStep, after: i64) -> Change {
    let author = "s0000000a".parse().expect("an author");
    signed(step.accepted(Stamp::new(Reading::at_millis(NOW + after), author), None))
}

/// A change that staff wrote so many milliseconds after the start, as the council signed it.
pub fn change(collection: &str, id: &str, after: i64, fields: Value) -> Change {
    let staff = "s0000000a".parse().expect("an author");
    let fields: BTreeMap<String, Value> = serde_json::from_value(fields).expect("fields");
    signed(Change {
        collection: collection.into(),
        id: id.into(),
        stamp: Stamp::new(Reading::at_millis(NOW + after), staff),
        fields,
        signature: None,
    })
}

/// A contact of this name that staff wrote.
pub fn contact(id: &str, name: &str) -> Change {
    change(
        "contact",
        id,
        0,
        json!({"display_name": name, "role": "Personal adviser",
        "phones": [{"number": "+447700900123", "kind": "mobile"}]}),
    )
}
