//! Tests of the record of phones.

use std::collections::BTreeMap;

use promise_database_sqlite::SqliteConnection;
use promise_protocol::{
    PROTOCOL, RevocationReason, RevokeRequest, SyncResponse, phone_record::PHONE,
};

use super::*;
use crate::{
    StaffRole,
    cards::{self, CardEdit},
    cells::records,
    devices::{self, pairing},
    fixture::{NOW, TestPhone, World, card_edit, signer},
    generation,
    restore_tombstones::{self, Tombstones},
};

/// Syncs, and leaves only the record of phones.
fn sync(world: &mut World, phone: &mut TestPhone, changes: Vec<Change>) -> SyncResponse {
    let mut response = phone.sync_all(world, changes);
    response.changes.retain(|change| change.collection == PHONE);
    response
}

/// The states on the server, by phone.
fn states(world: &mut World) -> BTreeMap<String, String> {
    let ada = world.ada.clone();
    let records = world.staff(|tx, _, _| records::list(tx, &ada, PHONE)).unwrap();
    records.into_iter().map(|it| (it.id.clone(), it.text("state").to_owned())).collect()
}

fn name(phone: &TestPhone) -> String {
    phone.scope.device().to_string()
}

fn lost() -> RevokeRequest {
    RevokeRequest { protocol: PROTOCOL, reason: RevocationReason::LostOrStolen }
}

/// Pairs a phone of Ada by a code of Jo, her adviser. Returns its id.
fn pair_by_jo(world: &mut World) -> String {
    let (ada, jo) = (world.ada.clone(), world.jo_as(StaffRole::Adviser));
    let code = world.staff(|tx, _, random| pairing::invite(tx, &jo, &ada, 30, NOW, random));
    world.claim(&code.unwrap().to_string(), None).unwrap().author.clone()
}

/// Restores a backup as the server's command does, with what it could read of the database.
fn restore(world: &mut World, backup: &[u8], tombstones: &Tombstones) {
    world.store = SqliteConnection::from_snapshot(backup, signer()).unwrap();
    world
        .staff(|tx, _, random| {
            restore_tombstones::reapply(tx, tombstones)?;
            generation::begin(tx, random)?;
            restore_tombstones::reapply_phones(tx, tombstones, NOW)
        })
        .unwrap();
}

#[test]
fn new_phone_reaches_the_phones_that_are_there_at_once() {
    let mut world = World::new();
    let ada = world.ada.clone();
    let mut first = world.phone(&ada);
    first.sync_all(&mut world, vec![]);
    let nudged = world.run(|tx| tx.person(&ada)).unwrap().nudge_rev;
    let added = pair_by_jo(&mut world);
    assert!(world.run(|tx| tx.person(&ada)).unwrap().nudge_rev > nudged, "they are nudged");
    let told = sync(&mut world, &mut first, vec![]).changes;
    let [record] = &told[..] else { panic!("{told:?}") };
    assert_eq!(record.id, added);
    let key = world.run(|tx| tx.device(&added.parse().unwrap())).unwrap().signing_key;
    assert!(key.has_form());
    let expected = json!({
        "paired_at": "2025-11-24T16:00:00.000Z", "inviter": "staff", "by": "Jo", "state": "limited",
        "key": key,
    });
    assert_eq!(json!(record.fields), expected);
    assert!(world.is_signed(ada.as_str(), record));
}

#[test]
fn new_phone_receives_the_whole_record() {
    let mut world = World::new();
    let ada = world.ada.clone();
    let (first, mut second) = (world.phone(&ada), world.phone(&ada));
    let told = sync(&mut world, &mut second, vec![]).changes;
    let ids: Vec<_> = told.into_iter().map(|change| change.id).collect();
    assert_eq!(ids.len(), 2);
    assert!(ids.contains(&name(&first)) && ids.contains(&name(&second)));
}

#[test]
fn phone_that_another_phone_invited_is_recorded_so() {
    let mut world = World::new();
    let ada = world.ada.clone();
    let mut first = world.phone(&ada);
    first.sync_all(&mut world, vec![]);
    let code = world.staff(|tx, _, random| pairing::invite_own(tx, &first.scope, NOW, random));
    world.claim(&code.unwrap().code, None).unwrap();
    let told = sync(&mut world, &mut first, vec![]).changes;
    assert_eq!(told[0].fields["inviter"], json!("phone"));
    assert_eq!(told[0].fields["by"], json!(name(&first)));
}

#[test]
fn revoked_phone_is_shown_with_the_name_from_its_pairing() {
    let mut world = World::new();
    let (ada, jo) = (world.ada.clone(), world.jo.clone());
    let mut first = world.phone(&ada);
    let added = pair_by_jo(&mut world);
    let renamed: CardEdit = card_edit(json!({"display_name": "Jo Smith"}));
    world.staff(|tx, scope, random| cards::update(tx, scope, &jo, renamed, NOW, random)).unwrap();
    first.sync_all(&mut world, vec![]);
    world.staff(|tx, _, _| devices::revoke_own(tx, &first.scope, &added, &lost(), NOW)).unwrap();
    let told = sync(&mut world, &mut first, vec![]).changes;
    assert_eq!((&told[0].id, &told[0].fields["state"]), (&added, &json!("revoked")));
    assert_eq!(told[0].fields["by"], json!("Jo"), "the record does not follow the card");
    let rev = world.rev(&ada);
    world
        .staff(|tx, _, _| devices::revoke_own(tx, &first.scope, &added, &lost(), NOW + 9))
        .unwrap();
    assert_eq!(world.rev(&ada), rev, "the first time counts");
}

#[test]
fn no_phone_can_write_or_delete_the_record() {
    let mut world = World::new();
    let ada = world.ada.clone();
    let (mut first, second) = (world.phone(&ada), world.phone(&ada));
    for field in [json!({"deleted": true}), json!({"state": "revoked"}), json!({"by": null})] {
        let edit = first.change(NOW + 1, PHONE, &name(&second), field);
        let response = first.sync_all(&mut world, vec![edit]);
        assert_eq!(response.verdicts[0].reason, "not_owner");
    }
    assert_eq!(states(&mut world)[&name(&second)], "full");
}

#[test]
fn restored_server_learns_from_phones_which_were_revoked_and_which_it_lost() {
    let mut world = World::new();
    let ada = world.ada.clone();
    let (mut first, stolen) = (world.phone(&ada), world.phone(&ada));
    first.sync_all(&mut world, vec![]);
    let backup = world.store.snapshot().unwrap();
    let later = world.phone(&ada);
    world
        .staff(|tx, _, _| devices::revoke_own(tx, &first.scope, &name(&stolen), &lost(), NOW))
        .unwrap();
    let held = sync(&mut world, &mut first, vec![]).changes;
    assert_eq!(held.len(), 2);
    restore(&mut world, &backup, &Tombstones::default());
    assert_eq!(states(&mut world)[&name(&stolen)], "full", "the backup is older");

    // The phone resends what the council signed.
    first.generation = world.run(|tx| tx.generation()).unwrap().id;
    first.since = 0;
    let told = sync(&mut world, &mut first, held).changes;
    let state_of = |phone: &TestPhone| {
        told.iter().find(|it| it.id == name(phone)).map(|it| it.fields["state"].clone())
    };
    assert_eq!(state_of(&later), Some(json!("lost")));
    assert_eq!(state_of(&stolen), None, "the phone has that record");
    assert_eq!(states(&mut world)[&name(&stolen)], "revoked");
    let device = world.run(|tx| tx.device(stolen.scope.device())).unwrap();
    let order = device.revoked.expect("it stays revoked").order;
    assert_eq!(order, PhoneOrder::Wipe, "a thief may have it");
    assert!(sync(&mut world, &mut first, vec![]).changes.is_empty());
}

#[test]
fn phone_that_was_revoked_after_the_backup_is_shown_so_by_the_restored_server() {
    let mut world = World::new();
    let ada = world.ada.clone();
    let (first, stolen) = (world.phone(&ada), world.phone(&ada));
    let backup = world.store.snapshot().unwrap();
    world
        .staff(|tx, _, _| devices::revoke_own(tx, &first.scope, &name(&stolen), &lost(), NOW))
        .unwrap();
    let tombstones = world.store.read(restore_tombstones::collect).unwrap();
    restore(&mut world, &backup, &tombstones);
    assert_eq!(states(&mut world)[&name(&stolen)], "revoked");
}

#[test]
fn record_of_a_phone_that_is_another_persons_is_lost_here() {
    let mut world = World::new();
    let (ada, bea) = (world.ada.clone(), world.bea.clone());
    let beas = world.phone(&bea);
    let person = world.run(|tx| tx.person(&ada)).unwrap();
    world
        .staff(|tx, _, _| {
            tx.person_for_update(&ada)?;
            let fields = BTreeMap::from([("state".to_owned(), json!("full"))]);
            put(tx, &person, beas.scope.device(), fields, NOW)?;
            reconcile(tx, &person, beas.scope.device().as_str(), NOW)?;
            reconcile(tx, &person, "not an author", NOW)
        })
        .unwrap();
    assert_eq!(states(&mut world)[&name(&beas)], "lost");
    let device = world.run(|tx| tx.device(beas.scope.device())).unwrap();
    assert_eq!(device.revoked, None, "hers goes on");
}
