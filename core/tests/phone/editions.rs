//! Editions: shown completely or not at all, and fetched once.

use promise_core::{PromiseError, sync::TransportError};
use promise_protocol::{PackName, ProblemCode, SyncResponse};

use crate::common::{NOW, Pocket, Published, contact, sign_edition, small_edition};

fn second() -> Published {
    let mut published = small_edition();
    published.promise.pledges.0[0].title.insert("en".into(), "A new pledge".into());
    published.opportunity("barista").title = "A new course".into();
    published
}

fn titles(pocket: &Pocket) -> (String, usize) {
    let promise = pocket.phone.promise().read().unwrap().unwrap();
    let home = &promise.chapters[1].pledges[0].pledge;
    let new = pocket.phone.search("new course").unwrap().len();
    (home.title["en"].clone(), new)
}

fn is_first(pocket: &Pocket) -> bool {
    titles(pocket) == ("Setting up home".into(), 0)
        && pocket.phone.status().unwrap().edition == Some(1)
}

fn is_second(pocket: &Pocket) -> bool {
    titles(pocket) == ("A new pledge".into(), 1)
        && pocket.phone.status().unwrap().edition == Some(2)
}

#[test]
fn changed_packs_are_fetched_as_deltas() {
    let pocket = Pocket::showing(&small_edition());
    pocket.server.publish(&second(), 2);
    assert_eq!(pocket.sync().unwrap().edition, Some(2));
    let wanted = pocket.server.take_wanted();
    let names: Vec<_> = wanted.iter().map(|pack| (pack.name, pack.held.is_some())).collect();
    assert_eq!(names, [(PackName::Promise, true), (PackName::Opportunities, true)]);
    assert_eq!(wanted[0].held.as_ref().unwrap().1, small_edition().packs()[&PackName::Promise]);
    assert!(is_second(&pocket));
    assert_eq!(pocket.sync().unwrap().edition, None);
}

#[test]
fn lower_edition_is_not_shown_and_contacts_still_arrive() {
    let pocket = Pocket::showing(&second());
    let answer = SyncResponse {
        changes: vec![contact("ada", "Ada")],
        edition: Some(small_edition().edition(0)),
        ..Default::default()
    };
    pocket.server.next_takes(answer);
    assert_eq!(pocket.sync(), Err(PromiseError::EditionOlder));
    assert_eq!(titles(&pocket), ("A new pledge".into(), 1));
    assert_eq!(pocket.phone.contacts().list().unwrap().len(), 1);
    assert_eq!(pocket.server.take_wanted(), []);
}

#[test]
fn damaged_pack_is_fetched_whole_once_and_not_shown_if_damaged_again() {
    let pocket = Pocket::showing(&small_edition());
    pocket.server.publish(&second(), 2);
    pocket.server.spoil(&second(), PackName::Promise, Ok(b"{}".to_vec()));
    let edition = Some(second().edition(2));
    let answer = SyncResponse {
        changes: vec![contact("ada", "Ada")],
        edition,
        more: true,
        ..Default::default()
    };
    pocket.server.next_takes(answer);
    pocket
        .server
        .next_takes(SyncResponse { changes: vec![contact("bea", "Bea")], ..Default::default() });
    assert_eq!(pocket.sync(), Err(PromiseError::EditionDamaged));
    let wanted = pocket.server.take_wanted();
    let tries: Vec<_> = wanted
        .iter()
        .filter(|pack| pack.name == PackName::Promise)
        .map(|pack| pack.held.is_some())
        .collect();
    assert_eq!(tries, [true, false]);
    assert!(is_first(&pocket), "the one before is still shown, all of it");
    assert_eq!(pocket.phone.contacts().list().unwrap().len(), 2, "cells were applied all the same");

    pocket.server.publish(&second(), 2);
    assert_eq!(pocket.sync().unwrap().edition, Some(2));
    assert_eq!(pocket.server.take_wanted().len(), 1, "the other pack had been kept");
    assert!(is_second(&pocket));
}

#[test]
fn pack_fetched_before_the_connection_broke_is_not_fetched_again() {
    let pocket = Pocket::showing(&small_edition());
    pocket.server.publish(&second(), 2);
    pocket.server.spoil(&second(), PackName::Promise, Err(TransportError::Broken));
    assert_eq!(pocket.sync(), Err(PromiseError::Offline));
    assert!(is_first(&pocket));
    let pocket = pocket.reopen();
    pocket.server.take_wanted();
    pocket.server.publish(&second(), 2);
    pocket.sync().unwrap();
    let wanted: Vec<_> = pocket.server.take_wanted().into_iter().map(|pack| pack.name).collect();
    assert_eq!(wanted, [PackName::Promise]);
    assert!(is_second(&pocket));
}

#[test]
fn undecodable_delta_is_fetched_whole() {
    let pocket = Pocket::showing(&small_edition());
    pocket.server.publish(&second(), 2);
    pocket.server.spoil(&second(), PackName::Promise, Err(TransportError::NotUnderstood));
    assert_eq!(pocket.sync(), Err(PromiseError::EditionDamaged));
    let wanted = pocket.server.take_wanted();
    let tries = wanted.iter().filter(|pack| pack.name == PackName::Promise).count();
    assert_eq!(tries, 2);
}

#[test]
fn missing_pack_does_not_hold_up_the_rest() {
    let pocket = Pocket::showing(&small_edition());
    let mut lost = second();
    lost.directory.lines.0.clear();
    pocket.server.publish(&second(), 2);
    let edition = Some(lost.edition(2));
    pocket.server.next_takes(SyncResponse { edition, more: true, ..Default::default() });
    pocket
        .server
        .next_takes(SyncResponse { changes: vec![contact("bea", "Bea")], ..Default::default() });
    assert_eq!(pocket.sync(), Err(PromiseError::EditionDamaged));
    assert_eq!(pocket.phone.contacts().list().unwrap().len(), 1);
}

#[test]
fn pack_of_another_shape_leaves_the_previous_edition() {
    let pocket = Pocket::showing(&small_edition());
    let bytes = b"{\"lines\":7}".to_vec();
    let mut edition = small_edition().edition(2);
    let hash = promise_protocol::pack::hash(&bytes);
    edition.packs.insert(PackName::Directory, hash.clone());
    let edition = sign_edition(edition);
    pocket.server.offer_pack(&hash, bytes);
    pocket.server.next_takes(SyncResponse { edition: Some(edition), ..Default::default() });
    assert_eq!(pocket.sync(), Err(PromiseError::EditionDamaged));
    assert!(is_first(&pocket));
}

#[test]
fn lower_edition_is_shown_after_a_restore_and_the_old_one_until_then() {
    let pocket = Pocket::showing(&second());
    pocket.server.publish(&second(), 5);
    pocket.sync().unwrap();
    pocket.server.next(|_| {
        Ok(SyncResponse { now: NOW, generation: Some("gen00002".into()), ..Default::default() })
    });
    pocket.server.next(|_| Err(TransportError::Unreachable));
    pocket.sync().unwrap_err();
    assert_eq!(pocket.phone.status().unwrap().edition, Some(5), "it is still the one shown");
    assert_eq!(pocket.phone.promise().read().unwrap().unwrap().edition, 5);
    pocket.server.publish(&small_edition(), 1);
    pocket.sync().unwrap();
    assert!(is_first(&pocket));
    assert_eq!(pocket.server.requests().last().unwrap().edition, 0);
    let refused = TransportError::Refused(ProblemCode::NotFound);
    pocket.server.next(move |_| Err(refused));
    pocket.sync().unwrap_err();
    assert_eq!(pocket.server.requests().last().unwrap().edition, 1);
}
