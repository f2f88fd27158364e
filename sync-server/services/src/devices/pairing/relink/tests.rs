//! Tests of linking a phone again after a restore lost its record.

mod refused;

use promise_database_sqlite::SqliteConnection;
use promise_protocol::{Change, PairResponse};
use serde_json::json;

use super::*;
use crate::{
    devices::{
        self,
        authentication::authenticate,
        pairing::{Claim, CodeRefusal},
    },
    fixture::{NOW, Paired, TestPhone, World, fields},
    generation, people, restore_tombstones, staff_writes,
};

/// A council that was restored from a backup, and a phone whose person was added after it.
struct Restored {
    world: World,
    /// The response to the phone's last pairing, before the restore.
    lost: Paired,
    /// A change that staff wrote for the phone, as the council signed it.
    contact: Change,
    /// The new record of the same person.
    new: PersonId,
}

impl Restored {
    fn new() -> Self {
        let mut world = World::new();
        let backup = world.store.snapshot().unwrap();
        let person = add_person(&mut world);
        let lost = world.pair(&person);
        let fields = fields(json!({"display_name": "Jo", "email": "jo@example.org"}));
        world
            .staff(|tx, scope, _| {
                staff_writes::write(tx, scope, &person, "contact", "c1", fields, NOW)
            })
            .unwrap();
        let pulled = TestPhone::new(&person, &lost).sync(&mut world, vec![]);
        let contact = pulled.changes.into_iter().find(|change| change.id == "c1").unwrap();
        restore(&mut world, &backup);
        let new = add_person(&mut world);
        Self { world, lost, contact, new }
    }

    /// The earlier pairing of the phone.
    fn relink(&self) -> Relink {
        relink_of(&self.lost)
    }

    /// A code that links the phone to the new record.
    fn code(&mut self) -> String {
        let (new, phone) = (self.new.clone(), check_of(&self.lost));
        self.invite(&new, phone).unwrap().to_string()
    }

    fn invite(&mut self, person: &PersonId, of: PhoneCheck) -> Result<PairingCode, ServiceError> {
        self.world
            .staff(|tx, scope, random| invite_to_relink(tx, scope, person, of, 30, NOW, random))
    }
}

fn add_person(world: &mut World) -> PersonId {
    world.staff(|tx, scope, random| people::add(tx, scope, &"barnet".into(), None, random)).unwrap()
}

/// Restores a backup as the server's command does.
fn restore(world: &mut World, backup: &[u8]) {
    let tombstones = world.store.read(restore_tombstones::collect).unwrap();
    world.store = SqliteConnection::from_snapshot(backup, crate::fixture::signer()).unwrap();
    world
        .staff(|tx, _, random| {
            restore_tombstones::reapply(tx, &tombstones)?;
            generation::begin(tx, random)
        })
        .unwrap();
}

/// A code that links this phone to a record.
fn code_for(world: &mut World, person: &PersonId, phone: &PairResponse) -> String {
    let check = check_of(phone);
    let code = world
        .staff(|tx, scope, random| invite_to_relink(tx, scope, person, check, 30, NOW, random));
    code.unwrap().to_string()
}

fn relink_of(paired: &Paired) -> Relink {
    Relink {
        person: paired.person.clone(),
        author: paired.author.clone(),
        key: paired.key.clone(),
        signature: paired.signature.clone(),
    }
}

fn check_of(paired: &PairResponse) -> PhoneCheck {
    PhoneCheck::of(paired.author.parse().unwrap()).unwrap()
}

#[test]
fn phone_is_linked_to_new_record_and_keeps_its_person() {
    let mut it = Restored::new();
    let token = it.lost.token.clone();
    let unknown = it.world.staff(|tx, _, _| authenticate(tx, &token));
    assert!(matches!(unknown, Err(ServiceError::NotPaired)));
    let (code, relink) = (it.code(), it.relink());
    let paired = it.world.claim(&code, Some(relink.clone())).unwrap();
    assert_eq!(paired.person, it.lost.person, "a phone never changes its person");
    assert_ne!((&paired.author, &paired.token), (&it.lost.author, &it.lost.token));
    let scope = it.world.staff(|tx, _, _| authenticate(tx, &paired.token)).unwrap();
    assert_eq!(scope.person(), &it.new);
    let replayed = it.world.claim(&code, Some(relink));
    assert_eq!(replayed.unwrap_err(), CodeRefusal::Used);
}

#[test]
fn relinked_phone_resends_its_own_and_what_staff_wrote() {
    let mut it = Restored::new();
    let (code, relink, contact) = (it.code(), it.relink(), it.contact.clone());
    let old_phone = TestPhone::new(&it.new, &it.lost);
    let paired = it.world.claim(&code, Some(relink)).unwrap();
    let mut phone = TestPhone::new(&it.new, &paired);
    let ask = old_phone.change(NOW, "ask", "a1", json!({"text": "Written before"}));
    let mut forged = contact.clone();
    forged.fields.insert("email".into(), json!("me@example.org"));
    let answer = phone.sync(&mut it.world, vec![ask, contact, forged]);
    let refused: Vec<_> = answer.verdicts.iter().map(|it| (&*it.field, &*it.reason)).collect();
    assert_eq!(refused, [("display_name", "not_owner"), ("email", "not_owner")], "forged only");
    let new = it.new.clone();
    let held =
        it.world.run(|tx| Ok([tx.record(&new, "ask", "a1")?, tx.record(&new, "contact", "c1")?]));
    assert_eq!(held.map(|cells| cells.len()), [1, 2]);
    // What staff write from now on is signed for the id that the phone knows.
    let email = fields(json!({"email": "new@example.org"}));
    it.world
        .staff(|tx, scope, _| staff_writes::write(tx, scope, &new, "contact", "c1", email, NOW))
        .unwrap();
    let pulled = phone.sync(&mut it.world, vec![]).changes;
    let lost = it.lost.person.clone();
    assert!(pulled.iter().all(|change| it.world.is_signed(&lost, change)), "{pulled:?}");
    assert!(!pulled.is_empty());
}

/// The response was lost on the way: the server has linked the phone, and the phone does not know.
#[test]
fn phone_is_linked_again_after_response_was_lost() {
    let mut it = Restored::new();
    for _ in 0..2 {
        let (code, relink) = (it.code(), it.relink());
        let paired = it.world.claim(&code, Some(relink)).unwrap();
        assert_eq!(paired.person, it.lost.person);
    }
}

#[test]
fn phone_is_linked_again_after_second_restore() {
    let mut it = Restored::new();
    let backup = it.world.store.snapshot().unwrap();
    let (code, relink) = (it.code(), it.relink());
    let second = it.world.claim(&code, Some(relink)).unwrap();
    restore(&mut it.world, &backup);
    let phone = check_of(&second);
    let new = it.new.clone();
    let code = it.invite(&new, phone).unwrap().to_string();
    let third = it.world.claim(&code, Some(relink_of(&second))).unwrap();
    assert_eq!(third.person, it.lost.person);
}

/// Before the adviser knew better, the phone tried a code of the usual kind, and refused the response.
#[test]
fn phone_is_linked_after_it_tried_a_code_of_the_usual_kind() {
    let mut it = Restored::new();
    let new = it.new.clone();
    let refused = it.world.pair(&new);
    assert_ne!(refused.person, it.lost.person);
    let (code, relink) = (it.code(), it.relink());
    it.world.claim(&code, Some(relink)).unwrap();
    assert_eq!(it.world.run(|tx| tx.devices(&new)).len(), 1, "the one that never synced is gone");
}

#[test]
fn relink_code_is_in_the_audit_log_with_its_phone() {
    let mut it = Restored::new();
    it.code();
    let entry = it.world.run(|tx| tx.last_entry(&"barnet".into())).unwrap();
    assert_eq!((entry.action.as_str(), entry.person), ("invited", Some(it.new.clone())));
    assert_eq!(entry.detail, format!("phone again {}", it.lost.author));
    let Claim::Refused(_) = it.world.try_claim("ZZZZ-0000-0000", None).unwrap() else {
        panic!("an unknown code pairs nothing");
    };
}
