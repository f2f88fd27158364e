//! Tests of signing again: what goes out under which key, and what a server takes back.

use std::{collections::BTreeMap, sync::Arc};

use promise_database::MemorySigner;
use promise_database_sqlite::SqliteConnection;
use promise_protocol::{
    PackName, RevocationReason, SyncResponse,
    pack::{Directory, Pack},
    phone_record::PHONE,
    schema::ACCOUNT_KEY,
};
use serde_json::json;

use super::*;
use crate::{
    StaffRole,
    devices::{self, pairing},
    fixture::{NOW, TestPhone, World},
    generation, people,
    publishing::editions,
    restore_tombstones,
};

fn council() -> CouncilId {
    "barnet".into()
}

/// A world whose council can go on with another key. Ada has a phone with a key; an edition is published.
fn world() -> (World, Arc<MemorySigner>, TestPhone) {
    let mut world = World::new();
    let signer = Arc::new(MemorySigner::new([7; 32]));
    let snapshot = world.store.snapshot().unwrap();
    world.store = SqliteConnection::from_snapshot(&snapshot, signer.clone()).unwrap();
    let ada = world.ada.clone();
    let mut phone = world.phone(&ada);
    phone.make_key(&mut world, 1);
    let mut packs = BTreeMap::from(PackName::ALL.map(|name| (name, b"{}".to_vec())));
    packs.insert(PackName::Directory, Directory::default().to_bytes());
    world.staff(|tx, scope, _| editions::publish_packs(tx, scope, &council(), packs, NOW)).unwrap();
    (world, signer, phone)
}

fn again(world: &mut World) -> SignedAgain {
    world.staff(|tx, scope, _| sign_again(tx, scope, &council(), NOW)).unwrap()
}

/// What a phone without a cursor receives.
fn everything(world: &mut World, phone: &mut TestPhone) -> SyncResponse {
    phone.sync(world, Vec::new())
}

/// Whether every change that is stored about a person is under a key that counts.
fn all_count(world: &mut World) -> bool {
    let ada = world.ada.clone();
    let changes = world.run(|tx| tx.staff_changes(&ada));
    assert!(changes.iter().any(|change| change.collection == "contact"), "{changes:?}");
    assert!(changes.iter().any(|change| change.collection == PHONE), "{changes:?}");
    assert!(changes.iter().any(|change| change.collection == ACCOUNT_KEY), "{changes:?}");
    changes.iter().all(|change| world.is_signed(ada.as_str(), change))
}

#[test]
fn everything_is_signed_again_in_one_revision_and_only_once() {
    let (mut world, signer, mut phone) = world();
    let ada = world.ada.clone();
    everything(&mut world, &mut phone);
    let before = world.rev(&ada);
    assert_eq!(again(&mut world), SignedAgain::default(), "nothing is distrusted");
    signer.replace_key(&council(), true).unwrap();
    assert!(!all_count(&mut world));
    let stored = world.run(|tx| tx.staff_changes(&ada)).len();

    let signed = again(&mut world);
    assert_eq!(signed.edition, Some(1));
    assert!(signed.changes >= stored && signed.people >= 1, "{signed:?}");
    assert!(all_count(&mut world));
    assert_eq!(world.rev(&ada), before + 1);
    let response = everything(&mut world, &mut phone);
    let is_staffs = |change: &&Change| change.signature.is_some();
    for change in response.changes.iter().filter(is_staffs) {
        assert!(world.is_signed(ada.as_str(), change), "{change:?}");
    }
    assert!(response.changes.iter().any(|change| change.collection == "contact"));
    let edition = world.run(|tx| tx.newest_edition(&council())).unwrap();
    let keys = world.run(|tx| tx.council_keys(&council()));
    let statement = Statement::Edition(&edition);
    assert!(keys.verify(&council(), &statement, edition.signature.as_ref()));
    assert_eq!(again(&mut world), SignedAgain::default());
}

/// Phones hold the record as it was before, under the distrusted key, and could not bring it back after a restore.
#[test]
fn pending_access_record_goes_out_with_everything_else() {
    let (mut world, signer, mut phone) = world();
    let ada = world.ada.clone();
    everything(&mut world, &mut phone);
    world.staff(|tx, scope, _| people::page::open(tx, scope, &ada, NOW)).unwrap();
    let pending = |world: &mut World| {
        let cells = world.run(|tx| tx.collection(&ada, "access"));
        cells.iter().filter(|stored| stored.rev.is_none()).count()
    };
    assert!(pending(&mut world) > 0);
    signer.replace_key(&council(), true).unwrap();
    again(&mut world);
    assert_eq!(pending(&mut world), 0);
}

#[test]
fn ordinary_change_of_the_key_signs_nothing_again() {
    let (mut world, signer, _) = world();
    signer.replace_key(&council(), false).unwrap();
    assert!(all_count(&mut world));
    assert_eq!(again(&mut world), SignedAgain::default());
}

/// A program wrote it into the database that could not sign.
#[test]
fn change_that_no_key_signed_is_not_signed_again() {
    let (mut world, signer, _) = world();
    let ada = world.ada.clone();
    let mut changes = world.run(|tx| tx.staff_changes(&ada));
    changes.retain(|change| change.collection == "contact");
    let mut forged = changes.remove(0);
    forged.fields.insert("email".into(), json!("me@example.org"));
    world.run(|tx| {
        tx.person_for_update(&ada)?;
        tx.set_staff_change(&ada, &forged)
    });
    signer.replace_key(&council(), true).unwrap();
    again(&mut world);
    let stamp = &forged.stamp;
    let stored = world.run(|tx| tx.staff_change(&ada, "contact", &forged.id, stamp)).unwrap();
    assert_eq!(stored, forged, "with its signature, which verifies nothing");
}

#[test]
fn change_under_a_distrusted_key_is_not_taken_from_a_phone() {
    let (mut world, signer, mut phone) = world();
    let ada = world.ada.clone();
    let change = |world: &mut World, after: i64| {
        let mut change =
            phone.change(NOW + after, "contact", "forged", json!({"email": "me@x.org"}));
        change.stamp.author = "s00000009".parse().unwrap();
        let statement = Statement::Change { person: ada.as_str(), change: &change };
        let signature = world.run(|tx| tx.sign(&council(), &statement));
        Change { signature: Some(signature), ..change }
    };
    let (first, later) = (change(&mut world, 1), change(&mut world, 2));
    assert!(phone.sync(&mut world, vec![first]).verdicts.is_empty());
    signer.replace_key(&council(), true).unwrap();
    let verdicts = phone.sync(&mut world, vec![later]).verdicts;
    assert_eq!(verdicts.iter().map(|it| it.reason.as_str()).collect::<Vec<_>>(), ["not_owner"]);
}

/// The phone cannot have heard of the next key. Its order stays as it was signed, and a signer of orders is not asked.
#[test]
fn order_to_a_phone_stays_under_the_key_that_the_phone_knows() {
    let (mut world, signer, phone) = world();
    let author = phone.scope.device().clone();
    let reason = RevocationReason::LostOrStolen;
    world.staff(|tx, scope, _| devices::revoke(tx, scope, &author, reason, NOW)).unwrap();
    let before = world.run(|tx| tx.revoked_phones());
    signer.replace_key(&council(), true).unwrap();
    again(&mut world);
    assert_eq!(world.run(|tx| tx.revoked_phones()), before);
}

#[test]
fn restored_backup_from_before_the_step_is_signed_again() {
    let (mut world, signer, _) = world();
    let backup = world.store.snapshot().unwrap();
    signer.replace_key(&council(), true).unwrap();
    again(&mut world);
    let tombstones = world.store.read(restore_tombstones::collect).unwrap();
    world.store = SqliteConnection::from_snapshot(&backup, signer).unwrap();
    assert!(!all_count(&mut world));
    let random = &mut world.random;
    let restored = world.store.transact(|tx| {
        restore_tombstones::reapply(tx, &tombstones)?;
        generation::begin(tx, random)?;
        restore_tombstones::reapply_phones(tx, &tombstones, NOW + 9)?;
        sign_restored_again(tx, NOW + 9)
    });
    restored.unwrap();
    assert!(all_count(&mut world));
}

/// The phone was paired under a key that is distrusted now, and a restore lost its record.
#[test]
fn phone_that_was_paired_under_a_distrusted_key_is_linked_again() {
    let (mut world, signer, _) = world();
    let without = world.store.snapshot().unwrap();
    let lost =
        world.staff(|tx, scope, random| people::add(tx, scope, &council(), None, random)).unwrap();
    let paired = world.pair(&lost);
    world.store = SqliteConnection::from_snapshot(&without, signer.clone()).unwrap();
    signer.replace_key(&council(), true).unwrap();
    let person =
        world.staff(|tx, scope, random| people::add(tx, scope, &council(), None, random)).unwrap();
    let check = promise_protocol::PhoneCheck::of(paired.author.parse().unwrap()).unwrap();
    let code = world.staff(|tx, scope, random| {
        pairing::invite_to_relink(tx, scope, &person, check, 30, NOW, random)
    });
    let relink = promise_protocol::Relink {
        person: paired.person.clone(),
        author: paired.author.clone(),
        key: paired.key.clone(),
        signature: paired.signature.clone(),
    };
    let linked = world.claim(&code.unwrap().to_string(), Some(relink)).unwrap();
    assert_eq!(linked.person, paired.person);
}

#[test]
fn staff_who_sign_in_cannot_sign_again() {
    let (mut world, _, _) = world();
    let scope = world.jo_as(StaffRole::Administrator);
    let refused = world.store.transact(|tx| sign_again(tx, &scope, &council(), NOW));
    assert!(matches!(refused, Err(ServiceError::NotAllowed)));
}
