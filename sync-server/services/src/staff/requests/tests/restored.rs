//! A backup brings no power back, and no request.

use promise_database_sqlite::SqliteConnection;

use super::*;
use crate::{
    fixture::signer,
    restore_tombstones::{collect, reapply},
};

/// Restores a backup in place of the office's database.
fn restore(office: &mut Office, backup: &[u8]) {
    let tombstones = office.world.store.read(collect).unwrap();
    let mut restored = SqliteConnection::from_snapshot(backup, signer()).unwrap();
    for _ in 0..2 {
        restored.transact(|tx| reapply(tx, &tombstones)).unwrap();
    }
    office.world.store = restored;
}

#[test]
fn waiting_request_and_unused_link_end_with_a_restore() {
    let mut office = Office::new();
    let (adam, eve) = (office.adam.clone(), office.eve.clone());
    let card = card_edit(json!({"display_name": "Kim"}));
    let (_, link) = office
        .world
        .staff(|tx, _, random| {
            let sign_in = ("kim", StaffRole::Editor);
            staff::add_with_sign_in(tx, &adam, sign_in, card, 30, NOW, random)
        })
        .unwrap();
    let id = office.ask_for_reset();
    let backup = office.world.store.snapshot().unwrap();
    office.world.staff(|tx, _, _| refuse(tx, &eve, &id, NOW)).unwrap();
    restore(&mut office, &backup);
    assert_eq!(office.act(&id).state, PrivilegedActState::Refused, "what was decided stays so");
    let found = office.world.staff(|tx, _, _| sign_in::find_invitee(tx, &link, NOW)).unwrap();
    assert_eq!(found, None, "the link was perhaps used since");

    let id = office.ask_for_reset();
    let backup = office.world.store.snapshot().unwrap();
    restore(&mut office, &backup);
    assert_eq!(office.act(&id).state, PrivilegedActState::Lapsed);
    let done = office.confirm(&eve, &id, NOW);
    assert_eq!(refusal(done), DualControlRefusal::NotWaiting);
}

#[test]
fn role_granted_after_the_backup_is_granted_again_and_one_taken_away_stays_away() {
    let mut office = Office::new();
    let (adam, eve, pat) = (office.adam.clone(), office.eve.clone(), office.pat.clone());
    let jo = office.world.jo.clone();
    let backup = office.world.store.snapshot().unwrap();
    let id = office.ask(&adam, &jo, Wanted::Role(StaffRole::Manager)).unwrap();
    office.confirm(&eve, &id, NOW).unwrap();
    office
        .world
        .staff(|tx, _, random| staff::change_role(tx, &adam, &pat, StaffRole::Editor, NOW, random))
        .unwrap();
    restore(&mut office, &backup);
    assert_eq!(office.sign_in(&jo).role, StaffRole::Adviser, "two people grant it again");
    assert_eq!(office.sign_in(&pat).role, StaffRole::Editor);
    assert_eq!(office.act(&id).state, PrivilegedActState::Done, "what was done is not forgotten");
}

#[test]
fn password_that_was_reset_and_account_that_was_held_do_not_come_back() {
    let mut office = Office::new();
    let (eve, pat) = (office.eve.clone(), office.pat.clone());
    let jo = office.world.jo.clone();
    let backup = office.world.store.snapshot().unwrap();
    let id = office.ask_for_reset();
    office.confirm(&eve, &id, NOW).unwrap();
    let pats = scope(&pat, StaffRole::Publisher);
    office.world.staff(|tx, _, _| dual_control::dispute(tx, &pats, NOW + 1)).unwrap();
    restore(&mut office, &backup);
    let restored = office.sign_in(&pat);
    assert_eq!((restored.password, restored.totp), (None, None));
    assert_eq!(restored.held_at, Some(NOW + 1));
    assert!(office.sign_in(&jo).password.is_some(), "others are left alone");
    let caller = scope(&"someone".into(), StaffRole::Manager);
    let open = office.world.staff(|tx, _, _| dual_control::list_open(tx, &caller)).unwrap();
    assert_eq!(open.len(), 1, "the dispute waits on");
}
