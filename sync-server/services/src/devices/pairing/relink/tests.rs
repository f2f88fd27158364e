//! Tests of linking a phone again after a restore lost its record.

use promise_database::ErasedPerson;
use promise_database_sqlite::SqliteConnection;
use promise_protocol::{Change, PairResponse};
use serde_json::json;

use super::*;
use crate::{
    devices::{
        self,
        authentication::authenticate,
        pairing::{Claim, CodeRefusal, MAX_ATTEMPTS},
    },
    fixture::{NOW, TestPhone, World, fields},
    generation, people, restore_tombstones, staff_writes,
};

/// A council that was restored from a backup, and a phone whose person was added after it.
struct Restored {
    world: World,
    /// The response to the phone's last pairing, before the restore.
    lost: PairResponse,
    /// A change that staff wrote for the phone, with its proof.
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

    /// What the phone says of itself.
    fn relink(&self) -> Relink {
        relink_of(&self.lost)
    }

    /// A code that links the phone to the new record.
    fn code(&mut self) -> String {
        let (new, phone) = (self.new.clone(), check_of(&self.lost));
        self.invite(&new, phone).unwrap().to_string()
    }

    fn invite(&mut self, person: &PersonId, of: PhoneCheck) -> Result<PairingCode, ServiceError> {
        self.world.staff(|tx, scope, random| {
            invite_to_relink(tx, scope, person, of.clone(), 30, NOW, random)
        })
    }
}

fn add_person(world: &mut World) -> PersonId {
    world.staff(|tx, scope, random| people::add(tx, scope, &"barnet".into(), None, random)).unwrap()
}

/// Restores a backup as the server's command does.
fn restore(world: &mut World, backup: &[u8]) {
    let tombstones = world.store.read(restore_tombstones::collect).unwrap();
    world.store = SqliteConnection::from_snapshot(backup).unwrap();
    world
        .staff(|tx, _, random| {
            restore_tombstones::reapply(tx, &tombstones)?;
            generation::begin(tx, random)
        })
        .unwrap();
}

fn relink_of(paired: &PairResponse) -> Relink {
    Relink {
        person: paired.person.clone(),
        author: paired.author.clone(),
        proof: paired.proof.clone().unwrap(),
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
    // What staff write from now on has a proof that the phone can return once more.
    let email = fields(json!({"email": "new@example.org"}));
    it.world
        .staff(|tx, scope, _| staff_writes::write(tx, scope, &new, "contact", "c1", email, NOW))
        .unwrap();
    let pulled = phone.sync(&mut it.world, vec![]).changes;
    let proofs = crate::fixture::key();
    assert!(pulled.iter().all(|change| proofs.verify("barnet", &it.lost.person, change)));
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

#[test]
fn second_phone_of_lost_person_is_linked_to_the_same_record_only() {
    let mut world = World::new();
    let backup = world.store.snapshot().unwrap();
    let person = add_person(&mut world);
    let [first, second] = [world.pair(&person), world.pair(&person)];
    restore(&mut world, &backup);
    let (new, other) = (add_person(&mut world), add_person(&mut world));
    let mut link = |person: &PersonId, phone: &PairResponse| {
        let check = check_of(phone);
        let code = world
            .staff(|tx, scope, random| {
                invite_to_relink(tx, scope, person, check.clone(), 30, NOW, random)
            })
            .unwrap();
        world.claim(&code.to_string(), Some(relink_of(phone)))
    };
    link(&new, &first).unwrap();
    assert_eq!(link(&other, &second).unwrap_err(), CodeRefusal::OtherPhone);
    let paired = link(&new, &second).unwrap();
    assert_eq!(paired.person, person.as_str());
    // A code of the usual kind is for the same person now.
    assert_eq!(world.pair(&new).person, person.as_str());
}

/// The other phone is real: it has the proof of its own pairing. The code is for one phone only.
#[test]
fn code_links_no_phone_of_another_person() {
    let mut world = World::new();
    let backup = world.store.snapshot().unwrap();
    let [ada, bea] = [add_person(&mut world), add_person(&mut world)].map(|it| world.pair(&it));
    restore(&mut world, &backup);
    let new = add_person(&mut world);
    let code = world
        .staff(|tx, scope, random| {
            invite_to_relink(tx, scope, &new, check_of(&ada), 30, NOW, random)
        })
        .unwrap()
        .to_string();
    assert_eq!(world.claim(&code, Some(relink_of(&bea))).unwrap_err(), CodeRefusal::OtherPhone);
    assert_eq!(world.run(|tx| tx.person(&new)).unwrap().relinked_id, None, "nothing happened");
    world.claim(&code, Some(relink_of(&ada))).expect("the code is not used up");
}

/// A phone that lies about its person or its author, or has no proof, links nothing.
#[test]
fn phone_that_lies_about_itself_is_refused() {
    let mut it = Restored::new();
    let other = {
        let ada = it.world.ada.clone();
        it.world.pair(&ada)
    };
    let (code, honest) = (it.code(), it.relink());
    let lies = [
        Relink { person: it.world.ada.to_string(), ..honest.clone() },
        Relink { person: "another-lost-person".into(), ..honest.clone() },
        Relink { author: other.author.clone(), ..honest.clone() },
        Relink { proof: other.proof.clone().unwrap(), ..honest.clone() },
        Relink { proof: it.contact.proof.clone().unwrap(), ..honest.clone() },
        Relink { proof: String::new(), ..honest.clone() },
        relink_of(&other),
    ];
    for lie in lies {
        let refused = it.world.claim(&code, Some(lie.clone())).unwrap_err();
        assert_eq!(refused, CodeRefusal::OtherPhone, "{lie:?}");
    }
    assert_eq!(it.world.claim(&code, None).unwrap_err(), CodeRefusal::OtherPhone);
    it.world.claim(&code, Some(honest)).unwrap();
}

#[test]
fn code_of_the_usual_kind_links_no_lost_phone() {
    let mut it = Restored::new();
    let (new, relink) = (it.new.clone(), it.relink());
    let code = it
        .world
        .staff(|tx, scope, random| devices::pairing::invite(tx, scope, &new, 30, NOW, random))
        .unwrap()
        .to_string();
    assert_eq!(it.world.claim(&code, Some(relink)).unwrap_err(), CodeRefusal::OtherPhone);
    assert_eq!(it.world.run(|tx| tx.person(&new)).unwrap().relinked_id, None);
}

#[test]
fn phone_of_another_council_is_not_linked() {
    let mut it = Restored::new();
    let camden = it
        .world
        .staff(|tx, scope, random| {
            people::add_council(tx, "camden", "Camden")?;
            people::add(tx, scope, &"camden".into(), None, random)
        })
        .unwrap();
    let (phone, relink) = (check_of(&it.lost), it.relink());
    let code = it.invite(&camden, phone).unwrap().to_string();
    assert_eq!(it.world.claim(&code, Some(relink)).unwrap_err(), CodeRefusal::OtherPhone);
}

/// The restore keeps the revocation. The phone wipes itself, whichever code it has.
#[test]
fn revoked_phone_is_not_linked() {
    let mut world = World::new();
    let backup = world.store.snapshot().unwrap();
    let person = add_person(&mut world);
    let lost = world.pair(&person);
    let author = lost.author.parse().unwrap();
    world.staff(|tx, scope, _| devices::revoke(tx, scope, &author, NOW)).unwrap();
    restore(&mut world, &backup);
    let new = add_person(&mut world);
    let code = world
        .staff(|tx, scope, random| {
            invite_to_relink(tx, scope, &new, check_of(&lost), 30, NOW, random)
        })
        .unwrap()
        .to_string();
    let claim = world.try_claim(&code, Some(relink_of(&lost)));
    assert!(matches!(claim, Err(ServiceError::Revoked)), "{claim:?}");
    assert_eq!(world.run(|tx| tx.person(&new)).unwrap().relinked_id, None);
}

#[test]
fn phone_of_erased_person_is_not_linked() {
    let mut it = Restored::new();
    let lost = PersonId::from(it.lost.person.as_str());
    it.world.run(|tx| {
        tx.person_for_update(&lost)?;
        tx.erase(&ErasedPerson { id: lost.clone(), council: "barnet".into(), erased_at: NOW })
    });
    let (code, relink) = (it.code(), it.relink());
    let claim = it.world.try_claim(&code, Some(relink));
    assert!(matches!(claim, Err(ServiceError::Revoked)), "{claim:?}");
}

/// A phone that the server knows lost nothing, and its person's record has its id.
#[test]
fn paired_phone_is_not_linked_to_another_record() {
    let mut world = World::new();
    let ada = world.ada.clone();
    let paired = world.pair(&ada);
    let new = add_person(&mut world);
    let code = world
        .staff(|tx, scope, random| {
            invite_to_relink(tx, scope, &new, check_of(&paired), 30, NOW, random)
        })
        .unwrap()
        .to_string();
    let claim = world.claim(&code, Some(relink_of(&paired)));
    assert_eq!(claim.unwrap_err(), CodeRefusal::OtherPhone);
}

/// The person is in the backup, and only the phone was added after it: a code of either kind works.
#[test]
fn lost_phone_of_known_person_is_linked_to_that_person_only() {
    let mut world = World::new();
    let (ada, bea) = (world.ada.clone(), world.bea.clone());
    let backup = world.store.snapshot().unwrap();
    let lost = world.pair(&ada);
    restore(&mut world, &backup);
    let mut link = |person: &PersonId| {
        let code = world
            .staff(|tx, scope, random| {
                invite_to_relink(tx, scope, person, check_of(&lost), 30, NOW, random)
            })
            .unwrap();
        world.claim(&code.to_string(), Some(relink_of(&lost)))
    };
    assert_eq!(link(&bea).unwrap_err(), CodeRefusal::OtherPhone);
    assert_eq!(link(&ada).unwrap().person, ada.as_str());
    assert_eq!(world.run(|tx| tx.person(&ada)).unwrap().relinked_id, None);
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
fn record_with_phone_of_its_own_links_no_other() {
    let mut it = Restored::new();
    let (new, phone, relink) = (it.new.clone(), check_of(&it.lost), it.relink());
    let code = it.code();
    it.world.phone(&new).sync(&mut it.world, vec![]);
    let refused = it.invite(&new, phone);
    assert!(matches!(refused, Err(ServiceError::HasOwnPhone)), "{refused:?}");
    // Also with a code from before.
    assert_eq!(it.world.claim(&code, Some(relink)).unwrap_err(), CodeRefusal::OtherPhone);
}

#[test]
fn code_is_locked_like_every_other() {
    let mut it = Restored::new();
    let (code, relink) = (it.code(), it.relink());
    let wrong = format!("{}-0000-0000", &code[..4]);
    for _ in 0..MAX_ATTEMPTS {
        let claim = it.world.claim(&wrong, Some(relink.clone()));
        assert_eq!(claim.unwrap_err(), CodeRefusal::Invalid);
    }
    assert_eq!(it.world.claim(&code, Some(relink)).unwrap_err(), CodeRefusal::Locked);
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
