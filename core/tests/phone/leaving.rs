//! A phone that is taken off: what it does, in which order, and what it keeps.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU8, Ordering},
    },
};

use promise_core::{
    AskAbout, DatabaseKey, KeyNotReplaced, KeyReplacer, OwnContactEdit, PhoneState, PocketPhone,
    PromiseError, StoredKey, sync::TransportError,
};
use promise_protocol::{
    PhoneOrder, SignedOrder, SyncResponse,
    signature::{SEED_BYTES, SigningKey},
    statement::{CouncilKeyList, Statement, Succession},
};

use crate::common::{Pocket, contact, council_key, key, order, order_to};

/// The platform's store of the key, which notes when it destroys one.
struct Keystore {
    database: PathBuf,
    replaced: AtomicU8,
    /// Whether the files and the mark were there each time.
    came_first: AtomicBool,
    fails: AtomicBool,
}

impl Keystore {
    fn of(database: &Path) -> Arc<Self> {
        Arc::new(Self {
            database: database.to_owned(),
            replaced: AtomicU8::new(0),
            came_first: AtomicBool::new(true),
            fails: AtomicBool::new(false),
        })
    }
}

impl KeyReplacer for Keystore {
    fn replace_key(&self) -> Result<DatabaseKey, KeyNotReplaced> {
        if self.fails.load(Ordering::SeqCst) {
            return Err(KeyNotReplaced);
        }
        if !self.database.exists() || marks(&self.database).is_empty() {
            self.came_first.store(false, Ordering::SeqCst);
        }
        let number = self.replaced.fetch_add(1, Ordering::SeqCst) + 1;
        Ok(DatabaseKey::new([100 + number; 32]))
    }
}

fn stored_key(store: &Arc<Keystore>) -> StoredKey {
    StoredKey::new(key(), store.clone())
}

fn friend(name: &str) -> OwnContactEdit {
    OwnContactEdit { display_name: Some(name.into()), ..OwnContactEdit::default() }
}

/// A paired phone with a contact of the council, one of the person's own, and an ask.
fn pocket() -> Pocket {
    let pocket = Pocket::paired();
    pocket.receive(vec![contact("jo", "Jo")]);
    pocket.phone.own_contacts().add(friend("Sam")).unwrap();
    pocket.phone.asks().write("Hello", AskAbout::Anything).unwrap();
    pocket
}

fn refuse(pocket: &Pocket, order: Option<SignedOrder>) -> PromiseError {
    pocket.server.next(move |_| Err(TransportError::Revoked(order)));
    pocket.sync().unwrap_err()
}

fn is_empty(phone: &PocketPhone) -> bool {
    phone.contacts().list().unwrap().is_empty()
        && phone.own_contacts().list().unwrap().is_empty()
        && phone.asks().list().unwrap().is_empty()
        && phone.status().unwrap().state == PhoneState::NotPaired
}

/// The files beside the database, without it and what SQLite adds.
fn marks(path: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(path.parent().unwrap()).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.ends_with("-wiping")).collect()
}

#[test]
fn refusal_without_a_valid_order_changes_nothing() {
    let pocket = pocket();
    let forged = SignedOrder { at: 1, ..order(PhoneOrder::Wipe) };
    let other_phone = order_to("p0000000b", PhoneOrder::Wipe);
    for lie in [None, Some(forged), Some(other_phone)] {
        assert_eq!(refuse(&pocket, lie), PromiseError::Unpaired);
        assert!(matches!(
            pocket.phone.status().unwrap().state,
            PhoneState::Unpaired { since: Some(_) }
        ));
        assert_eq!(pocket.phone.contacts().list().unwrap().len(), 1);
        assert_eq!(pocket.phone.own_contacts().list().unwrap().len(), 1);
    }
    pocket.sync().unwrap();
    assert_eq!(pocket.phone.status().unwrap().state, PhoneState::Paired);
}

#[test]
fn released_phone_keeps_everything_and_sends_nothing() {
    let pocket = pocket();
    assert_eq!(refuse(&pocket, Some(order(PhoneOrder::Release))), PromiseError::Released);
    let pocket = pocket.reopen();
    pocket.server.forget_requests();
    assert_eq!(pocket.sync(), Err(PromiseError::Released));
    assert!(pocket.server.requests().is_empty());
    assert!(matches!(pocket.phone.status().unwrap().state, PhoneState::Released { at: Some(_) }));
    assert_eq!(pocket.phone.contacts().list().unwrap()[0].display_name, "Jo");
    assert_eq!(pocket.phone.asks().list().unwrap()[0].text, "Hello");
    pocket.phone.own_contacts().add(friend("Kim")).unwrap();
    let ask = pocket.phone.asks().list().unwrap().remove(0).id;
    assert_eq!(pocket.phone.asks().delete(&ask), Err(PromiseError::Released));
    let exported = pocket.phone.export().json().unwrap().to_string();
    assert!(exported.contains("Sam") && !exported.contains(&pocket.server.token()));
    pocket.pair("https://riverbridge.example", "K7QF-3MZD-9X01").unwrap();
    pocket.sync().unwrap();
    assert_eq!(pocket.phone.own_contacts().list().unwrap().len(), 2);
    assert_eq!(pocket.phone.status().unwrap().unsent, 0);
}

/// The council's key was replaced since the phone was last in touch.
#[test]
fn order_is_verified_over_the_steps_to_a_newer_key() {
    let pocket = pocket();
    let next = SigningKey::from_seed(&[11; SEED_BYTES]).unwrap();
    let mut order = order(PhoneOrder::Release);
    let statement = order.statement("person-1", "p0000000a").to_bytes("riverbridge");
    order.signature = next.sign(&statement);
    assert_eq!(refuse(&pocket, Some(order.clone())), PromiseError::Unpaired);
    let step = Succession::new("riverbridge", &council_key(), &next, false);
    *pocket.server.council_keys.lock().unwrap() = CouncilKeyList { successions: vec![step] };
    assert_eq!(refuse(&pocket, Some(order)), PromiseError::Released);
}

/// The earlier key may be a thief's. The phone was not taken off under it: its token worked after the change.
#[test]
fn order_under_an_earlier_key_is_none_once_the_phone_synced_under_the_next() {
    let pocket = pocket();
    let [next, thiefs] = [11, 12].map(|seed| SigningKey::from_seed(&[seed; SEED_BYTES]).unwrap());
    let step_to = |key: &SigningKey| Succession::new("riverbridge", &council_key(), key, false);
    let signed_with = |key: &SigningKey| {
        let mut order = order(PhoneOrder::Wipe);
        let statement = order.statement("person-1", "p0000000a").to_bytes("riverbridge");
        order.signature = key.sign(&statement);
        order
    };
    let successions = vec![step_to(&next)];
    *pocket.server.council_keys.lock().unwrap() = CouncilKeyList { successions };
    let mut by_next = contact("kim", "Kim");
    let statement = Statement::Change { person: "person-1", change: &by_next };
    by_next.signature = Some(next.sign(&statement.to_bytes("riverbridge")));
    pocket.sync().unwrap();
    // The phone asks again when it has learned the key.
    for _ in 0..2 {
        let changes = vec![by_next.clone()];
        pocket.server.next_takes(SyncResponse { changes, ..SyncResponse::default() });
    }
    pocket.sync().unwrap();
    assert_eq!(pocket.phone.contacts().list().unwrap().len(), 2);
    // A step from the earlier key to one of the thief's leads nowhere either.
    let successions = vec![step_to(&next), step_to(&thiefs)];
    *pocket.server.council_keys.lock().unwrap() = CouncilKeyList { successions };
    let pocket = pocket.reopen();
    for thief in [&council_key(), &thiefs] {
        assert_eq!(refuse(&pocket, Some(signed_with(thief))), PromiseError::Unpaired);
        assert_eq!(pocket.phone.own_contacts().list().unwrap().len(), 1);
    }
    assert_eq!(refuse(&pocket, Some(signed_with(&next))), PromiseError::Revoked);
}

#[test]
fn wiped_phone_destroys_its_key_first_and_goes_on_with_another() {
    let pocket = pocket();
    let (path, store) = (pocket.path(), Keystore::of(&pocket.path()));
    let copy = path.with_file_name("copy.db");
    let Pocket { folder: _folder, clock, server, phone } = pocket;
    drop(phone);
    std::fs::copy(&path, &copy).unwrap();
    let transport = server.clone();
    let connect: promise_core::Connect = Box::new(move |_| Ok(transport.clone()));
    let phone = PocketPhone::open_with(&path, stored_key(&store), clock, connect).unwrap();
    server.next(|_| Err(TransportError::Revoked(Some(order(PhoneOrder::Wipe)))));
    let never = promise_core::CancelHandle::new();
    assert_eq!(phone.sync(&never).unwrap_err(), PromiseError::Revoked);
    assert!(is_empty(&phone));
    assert_eq!(store.replaced.load(Ordering::SeqCst), 1);
    assert!(store.came_first.load(Ordering::SeqCst), "before the files, after the mark");
    drop(phone);
    assert_eq!(PocketPhone::open(&path, key()).err(), Some(PromiseError::WrongKey));
    assert!(is_empty(&PocketPhone::open(&path, DatabaseKey::new([101; 32])).unwrap()));
    assert!(marks(&path).is_empty());
    assert!(PocketPhone::open(&copy, DatabaseKey::new([101; 32])).is_err());
}

/// Killed after the mark, the key may be the old one or the new one. Either way the next start wipes.
#[test]
fn phone_that_was_killed_while_it_wiped_itself_is_wiped_at_the_next_start() {
    for has_new_key in [false, true] {
        let pocket = pocket();
        let (path, store) = (pocket.path(), Keystore::of(&pocket.path()));
        let Pocket { folder: _folder, phone, .. } = pocket;
        drop(phone);
        std::fs::write(path.with_file_name("phone.db-wiping"), b"").unwrap();
        let stored = if has_new_key { DatabaseKey::new([77; 32]) } else { key() };
        let stored = StoredKey::new(stored, store.clone());
        let phone = PocketPhone::open(&path, stored).unwrap();
        assert!(is_empty(&phone), "has a new key: {has_new_key}");
        assert_eq!(store.replaced.load(Ordering::SeqCst), 1);
        assert!(marks(&path).is_empty());
    }
}

/// The Keystore fails. What the key opens is deleted all the same.
#[test]
fn phone_whose_key_cannot_be_destroyed_is_wiped_all_the_same() {
    let pocket = pocket();
    let (path, store) = (pocket.path(), Keystore::of(&pocket.path()));
    store.fails.store(true, Ordering::SeqCst);
    let Pocket { folder: _folder, phone, .. } = pocket;
    drop(phone);
    let phone = PocketPhone::open(&path, stored_key(&store)).unwrap();
    phone.erase_this_phone().unwrap();
    assert!(is_empty(&phone));
    drop(phone);
    assert!(is_empty(&PocketPhone::open(&path, key()).unwrap()));
}
