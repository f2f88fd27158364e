//! Tests of the rules of pairing.

mod again;
mod by_phones;
mod steps;

use std::cell::Cell;

use super::*;
use crate::devices::authentication;
use crate::{
    OsRandom, StaffRole, assignments,
    calendar::DAY_MILLIS,
    devices,
    fixture::{NOW, Paired, SERVER, TestPhone, World, phone_key, signer},
    staff,
};
use promise_database::{DataSource, DatabaseError};
use promise_database_sqlite::SqliteFile;
use promise_protocol::{
    KeyStep, RevocationReason, RevokeRequest,
    pairing::{NewPhone, PairingKey},
    signature::SigningKey,
};

thread_local! {
    /// How many secrets this thread has hashed.
    pub(super) static HASHES: Cell<usize> = const { Cell::new(0) };
}

/// What happens between making a code and its use.
type Event = fn(&mut World);

fn invite(world: &mut World, minutes: u32) -> PairingCode {
    let ada = world.ada.clone();
    world.staff(|tx, scope, random| super::invite(tx, scope, &ada, minutes, NOW, random)).unwrap()
}

fn claim(world: &mut World, code: &str, now: i64) -> Result<Paired, CodeRefusal> {
    world.claim_at(code, None, now)
}

/// Returns a code with the same invitation id and another secret.
fn guess(code: &PairingCode) -> String {
    format!("{}-0000-0000", code.invitation_id())
}

#[test]
fn pairing_code_pairs_one_phone() {
    let mut world = World::new();
    let code = invite(&mut world, 30).to_string();
    let paired = claim(&mut world, &code.to_lowercase().replace('-', " "), NOW).unwrap();
    assert_eq!((paired.person.as_str(), paired.council.as_str()), (world.ada.as_str(), "barnet"));
    assert_eq!(claim(&mut world, &code, NOW).unwrap_err(), CodeRefusal::Used);
    let scope = world.staff(|tx, _, _| authentication::authenticate(tx, &paired.token)).unwrap();
    assert_eq!(scope.person(), &world.ada);
    let other = world.staff(|tx, _, _| authentication::authenticate(tx, "another token"));
    assert!(matches!(other, Err(ServiceError::NotPaired)));
}

#[tokio::test]
async fn first_of_a_hundred_concurrent_phones_waits_and_the_next_one_ends_the_code() {
    let mut world = World::new();
    let code = invite(&mut world, 30).to_string();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("promise.db");
    std::fs::write(&path, world.store.snapshot().unwrap()).unwrap();
    let database = SqliteFile::new(&path).open(signer()).unwrap();
    // The writer is busy until all claims wait.
    let (open, gate) = std::sync::mpsc::channel();
    let gate = std::sync::Arc::new(std::sync::Mutex::new(gate));
    let busy =
        database.write(move |_| gate.lock().unwrap().recv().map_err(|_| DatabaseError::Stopped));
    let claims = (0..100).map(|number| {
        let key = phone_key([number; 32]).public_key();
        let phone = NewPhone::new([number; 32], PairingKey::new([number; 32]), key, [number; 32]);
        let request = phone.start(&code, SERVER);
        database.write(move |tx| super::claim(tx, &request, NOW, &mut OsRandom))
    });
    let claims = futures_util::future::join_all(claims);
    let opened = async { open.send(()).unwrap() };
    // Each claim is queued when its future is first polled, in this order.
    let (busy, claims, ()) = futures_util::future::join3(busy, claims, opened).await;
    busy.unwrap();
    let waits = |claim: &Result<Claim, ServiceError>| matches!(claim, Ok(Claim::Answered(_)));
    assert!(waits(&claims[0]));
    for claim in &claims[1..] {
        assert!(matches!(claim, Ok(Claim::Refused(CodeRefusal::TwoPhones))), "{claim:?}");
    }
    assert!(database.commits() <= 2, "they share commits");
}

#[test]
fn expired_code_is_refused() {
    let mut world = World::new();
    let code = invite(&mut world, 30).to_string();
    let end = NOW + 30 * 60_000;
    assert_eq!(claim(&mut world, &code, end).unwrap_err(), CodeRefusal::Expired);
    assert!(claim(&mut world, &code, end - 1).is_ok());
}

/// A leaver could pair a phone of their own, with a code that they took along.
#[test]
fn code_ends_when_its_staff_member_may_no_longer_change_the_person() {
    let changes: [(&str, Event); 4] = [
        ("nothing", |_| {}),
        ("deactivated", |world| {
            let jo = world.jo.clone();
            world.staff(|tx, scope, _| staff::deactivate(tx, scope, &jo, NOW)).unwrap();
        }),
        ("another role", |world| drop(world.jo_as(StaffRole::Auditor))),
        ("no longer assigned", |world| {
            let (ada, jo) = (world.ada.clone(), world.jo.clone());
            world.staff(|tx, scope, _| assignments::unassign(tx, scope, &ada, &jo, NOW)).unwrap();
        }),
    ];
    for (what, change) in changes {
        let mut world = World::new();
        let (ada, adviser) = (world.ada.clone(), world.jo_as(StaffRole::Adviser));
        let code = world
            .staff(|tx, _, random| super::invite(tx, &adviser, &ada, 30, NOW, random))
            .unwrap()
            .to_string();
        change(&mut world);
        let claimed = claim(&mut world, &code, NOW).map(drop);
        let expected = if what == "nothing" { Ok(()) } else { Err(CodeRefusal::Expired) };
        assert_eq!(claimed, expected, "{what}");
        let guessed = format!("{}-0000-0000", code.get(..4).unwrap());
        let guessed = claim(&mut world, &guessed, NOW).unwrap_err();
        assert_eq!(guessed, CodeRefusal::Invalid, "without the secret nothing shows");
    }
}

#[test]
fn invitation_is_locked_after_five_wrong_attempts() {
    let mut world = World::new();
    let (code, other) = (invite(&mut world, 30), invite(&mut world, 30));
    for _ in 0..MAX_ATTEMPTS {
        assert_eq!(claim(&mut world, &guess(&code), NOW).unwrap_err(), CodeRefusal::Invalid);
    }
    assert_eq!(claim(&mut world, &guess(&code), NOW).unwrap_err(), CodeRefusal::Locked);
    assert_eq!(claim(&mut world, &code.to_string(), NOW).unwrap_err(), CodeRefusal::Locked);
    assert!(claim(&mut world, &other.to_string(), NOW).is_ok(), "another one is not harmed");
}

#[test]
fn claim_without_secret_reveals_no_state() {
    let mut world = World::new();
    let (used, old) = (invite(&mut world, 30), invite(&mut world, 1));
    claim(&mut world, &used.to_string(), NOW).unwrap();
    let later = NOW + 60_000;
    for typed in [guess(&used), guess(&old), "ZZZZ-0000-0000".into(), "hello".into()] {
        assert_eq!(claim(&mut world, &typed, later).unwrap_err(), CodeRefusal::Invalid, "{typed}");
    }
}

#[test]
fn unknown_code_costs_the_work_of_a_wrong_secret() {
    let mut world = World::new();
    let code = invite(&mut world, 30);
    let mut work = |typed: &str| {
        let before = HASHES.get();
        assert_eq!(claim(&mut world, typed, NOW).unwrap_err(), CodeRefusal::Invalid, "{typed}");
        (HASHES.get() - before, world.store.last_statements().to_vec())
    };
    let known = work(&guess(&code));
    let unknown = work("ZZZZ-0000-0000");
    assert_eq!(known, unknown);
    assert_eq!(known.0, 1, "one hash");
    let is_write = |statement: &&String| statement.starts_with("UPDATE");
    assert_eq!(known.1.iter().filter(is_write).count(), 2, "{:?}", known.1);
}

#[test]
fn revoked_phone_receives_revoked_error() {
    let mut world = World::new();
    let code = invite(&mut world, 30).to_string();
    let paired = claim(&mut world, &code, NOW).unwrap();
    let author = paired.author.parse().unwrap();
    world
        .staff(|tx, scope, _| {
            devices::revoke(tx, scope, &author, RevocationReason::LostOrStolen, NOW)
        })
        .unwrap();
    let scope = world.staff(|tx, _, _| authentication::authenticate(tx, &paired.token));
    assert!(matches!(scope, Err(ServiceError::Revoked(_))));
}

#[test]
fn claim_with_other_protocol_version_is_refused() {
    let mut world = World::new();
    let request = PairRequest { protocol: PROTOCOL + 1, ..world.new_phone().start("", SERVER) };
    let claimed = world.staff(|tx, _, random| super::claim(tx, &request, NOW, random));
    assert!(matches!(claimed, Err(ServiceError::UnsupportedProtocol)));
}

fn first_step(world: &World) -> KeyStep {
    KeyStep::first(&SigningKey::from_seed(&[1; 32]).unwrap(), "barnet", world.ada.as_str())
}

#[test]
fn paired_phone_receives_signed_history_of_keys() {
    let mut world = World::new();
    let (ada, step) = (world.ada.clone(), first_step(&world));
    let paired = world.pair(&ada);
    assert_eq!((paired.key_history.len(), paired.waits_for_phrase), (0, false));
    TestPhone::new(&ada, &paired).propose(&mut world, vec![step.clone()]);
    let paired = world.pair(&ada);
    let steps: Vec<_> = paired.key_history.iter().filter_map(KeyStep::of_change).collect();
    assert_eq!(steps, [step]);
    assert!(world.is_signed(ada.as_str(), &paired.key_history[0]));
}

/// A restore can lose the history, and not the phone that has it.
#[test]
fn paired_phone_waits_for_phrase_if_another_phone_has_synced() {
    let mut world = World::new();
    let ada = world.ada.clone();
    let mut first = world.phone(&ada);
    assert!(!world.pair(&ada).waits_for_phrase, "no phone has synced");
    first.sync(&mut world, Vec::new());
    assert!(world.pair(&ada).waits_for_phrase);
    let author = first.scope.device().clone();
    let revoked = world.staff(|tx, scope, _| {
        devices::revoke(tx, scope, &author, RevocationReason::LostOrStolen, NOW)
    });
    revoked.unwrap();
    assert!(!world.pair(&ada).waits_for_phrase, "it was revoked");
}

#[test]
fn phone_creates_at_most_five_open_invitations() {
    let mut world = World::new();
    let (ada, bea) = (world.ada.clone(), world.bea.clone());
    let (one, two, beas) = (world.phone(&ada), world.phone(&ada), world.phone(&bea));
    invite(&mut world, 30);
    let mut ask = |phone: &TestPhone, now| {
        world.staff(|tx, _, random| invite_own(tx, &phone.scope, now, random))
    };
    let first = ask(&one, NOW).unwrap();
    let end = NOW + 10 * 60_000;
    assert_eq!(first.expires_at, end);
    for phone in [&one, &two, &one, &two] {
        ask(phone, NOW).unwrap();
    }
    for phone in [&one, &two] {
        assert!(matches!(ask(phone, NOW), Err(ServiceError::TooManyInvitations)));
    }
    ask(&beas, NOW).unwrap();
    ask(&one, end).unwrap();
    let paired = claim(&mut world, &first.code, end - 1).unwrap();
    assert_eq!(paired.person, ada.as_str());
}

/// A thief of one phone could otherwise have so many phones taken off that the signer signs no order for anyone.
#[test]
fn phones_of_one_person_bring_in_ten_phones_and_ten_more_after_a_day() {
    let mut world = World::new();
    let (ada, bea) = (world.ada.clone(), world.bea.clone());
    let (thiefs, beas) = (world.phone(&ada), world.phone(&bea));
    let ask = |world: &mut World, phone: &TestPhone, now| {
        world.staff(|tx, _, random| invite_own(tx, &phone.scope, now, random))
    };
    let stolen = RevokeRequest { protocol: PROTOCOL, reason: RevocationReason::LostOrStolen };
    let revoke = |world: &mut World, phone: &str, now| {
        world.staff(|tx, _, _| devices::revoke_own(tx, &thiefs.scope, phone, &stolen, now)).unwrap()
    };
    for (now, is_revoked) in [(NOW, true), (NOW + DAY_MILLIS, false)] {
        let mut last = String::new();
        for _ in 0..MAX_PHONES_BY_PHONES {
            let code = ask(&mut world, &thiefs, now).unwrap().code;
            last = claim(&mut world, &code, now).unwrap().author.clone();
            if is_revoked {
                revoke(&mut world, &last, now);
            }
        }
        assert!(matches!(ask(&mut world, &thiefs, now), Err(ServiceError::TooManyInvitations)));
        if !is_revoked {
            let later = now + DAY_MILLIS;
            let still = ask(&mut world, &thiefs, later);
            assert!(matches!(still, Err(ServiceError::TooManyInvitations)), "they are in use");
            revoke(&mut world, &last, later);
            ask(&mut world, &thiefs, later).unwrap();
        }
    }
    ask(&mut world, &beas, NOW).unwrap();
    let code = invite(&mut world, 30).to_string();
    claim(&mut world, &code, NOW).unwrap();
}

#[test]
fn revoked_phone_loses_its_open_invitations() {
    let mut world = World::new();
    let ada = world.ada.clone();
    let (lost, kept) = (world.phone(&ada), world.phone(&ada));
    let mut ask = |phone: &TestPhone| {
        world.staff(|tx, _, random| invite_own(tx, &phone.scope, NOW, random)).unwrap().code
    };
    let (losts, kepts) = (ask(&lost), ask(&kept));
    let phone = lost.scope.device().to_string();
    let stolen = RevokeRequest { protocol: PROTOCOL, reason: RevocationReason::LostOrStolen };
    world.staff(|tx, _, _| devices::revoke_own(tx, &kept.scope, &phone, &stolen, NOW)).unwrap();
    assert_eq!(claim(&mut world, &losts, NOW).unwrap_err(), CodeRefusal::Invalid);
    assert!(claim(&mut world, &kepts, NOW).is_ok());
}
