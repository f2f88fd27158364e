//! What becomes of a phone that is taken off, and of one whose server only says so.

use promise_core::{AskAbout, OwnContactEdit, PhoneState, PromiseError, export::Labels};
use promise_protocol::{PhoneOrder, RevocationReason, SignedOrder};
use promise_tests::{
    harness::{COUNCIL, TestPhone},
    trouble::{Trouble, TroubledServer},
};

use crate::{Scene, job, note, saved, second, write_everything};

/// Everything that a person sees on their phone.
fn shown(phone: &TestPhone) -> String {
    format!(
        "{:?} {:?} {:?} {:?} {:?} {:?}",
        saved(phone),
        phone.contacts().list().unwrap(),
        phone.own_contacts().list().unwrap(),
        phone.profile().read().unwrap(),
        phone.promise().read().unwrap(),
        phone.asks().list().unwrap(),
    )
}

fn state(phone: &TestPhone) -> PhoneState {
    phone.status().unwrap().state
}

/// The id of a phone that is not this one.
fn other_of(phone: &TestPhone) -> String {
    phone.list_devices().unwrap().into_iter().find(|it| !it.is_this).unwrap().id
}

/// The order that the server holds for a phone.
fn order_for(scene: &Scene, phone: &str) -> SignedOrder {
    let revoked = scene.server.transact(|tx| Ok(tx.revoked_phones()?));
    revoked.into_iter().find(|it| it.author.as_str() == phone).unwrap().order
}

fn take_off(scene: &Scene, phone: &str, reason: RevocationReason) {
    scene.server.run(&["phones", "revoke", phone, "--reason", reason.as_str()]);
}

/// A server that lies, or lost its data, says that it does not know the phone, or that it was taken off.
#[test]
fn one_401_wipes_nothing() {
    let scene = Scene::new();
    let troubled = TroubledServer::start(&scene.server.address().to_string());
    let phone = TestPhone::new();
    phone
        .pair_through(&troubled.url(), &scene.server, &scene.server.invite(&scene.person))
        .unwrap();
    phone.sync().unwrap();
    write_everything(&phone, "mine");
    phone.asks().write("Not sent yet", AskAbout::Anything).unwrap();
    let before = shown(&phone);
    // Genuine orders of the council: to another phone of this person, and to another person's phone.
    let second = second(&phone);
    let of_second = other_of(&phone);
    take_off(&scene, &of_second, RevocationReason::LostOrStolen);
    let bea = scene.server.add_person();
    let beas = TestPhone::paired(&scene.server, &bea);
    let of_bea = beas.list_devices().unwrap().remove(0).id;
    take_off(&scene, &of_bea, RevocationReason::NoLongerUsed);

    for trouble in [Trouble::UnknownPhone, Trouble::TakenOff, Trouble::ForgedOrder] {
        troubled.make(trouble);
        assert_eq!(phone.sync(), Err(PromiseError::Unpaired), "{trouble:?}");
        assert_eq!(phone.list_devices().map(drop), Err(PromiseError::Unpaired), "{trouble:?}");
        assert!(matches!(state(&phone), PhoneState::Unpaired { since: Some(_) }), "{trouble:?}");
        assert_eq!(shown(&phone), before, "{trouble:?}");
    }
    for author in [&of_second, &of_bea] {
        let genuine = order_for(&scene, author);
        let altered = SignedOrder { order: PhoneOrder::Wipe, at: 1, ..genuine.clone() };
        for order in [genuine, altered] {
            troubled.send_order(order);
            assert_eq!(phone.sync(), Err(PromiseError::Unpaired));
            assert_eq!(shown(&phone), before);
        }
    }
    troubled.make(Trouble::None);
    phone.sync().unwrap();
    assert_eq!(state(&phone), PhoneState::Paired);
    assert_eq!(phone.status().unwrap().unsent, 0, "what waited was sent");
    drop(second);
}

/// The order of an earlier pairing of the same phone, which its server kept.
#[test]
fn order_from_before_the_phone_was_paired_again_is_none() {
    let scene = Scene::new();
    let troubled = TroubledServer::start(&scene.server.address().to_string());
    let phone = TestPhone::new();
    phone
        .pair_through(&troubled.url(), &scene.server, &scene.server.invite(&scene.person))
        .unwrap();
    phone.sync().unwrap();
    let earlier = phone.list_devices().unwrap().remove(0).id;
    take_off(&scene, &earlier, RevocationReason::NoLongerUsed);
    assert_eq!(phone.sync(), Err(PromiseError::Released));
    take_off(&scene, &earlier, RevocationReason::LostOrStolen);
    phone
        .pair_through(&troubled.url(), &scene.server, &scene.server.invite(&scene.person))
        .unwrap();
    phone.sync().unwrap();
    write_everything(&phone, "mine");
    let before = shown(&phone);
    let order = order_for(&scene, &earlier);
    assert_eq!(order.order, PhoneOrder::Wipe);
    troubled.send_order(order);
    assert_eq!(phone.sync(), Err(PromiseError::Unpaired));
    assert_eq!(shown(&phone), before);
}

#[test]
fn unpairing_by_the_council_keeps_the_persons_own_notes() {
    let scene = Scene::new();
    let mut phone = scene.phone();
    write_everything(&phone, "mine");
    phone.asks().write("Can we meet?", AskAbout::Anything).unwrap();
    phone.sync().unwrap();
    phone.opportunities().save(&job(&phone, 1), note("never sent")).unwrap();
    let before = shown(&phone);
    let id = phone.list_devices().unwrap().remove(0).id;
    take_off(&scene, &id, RevocationReason::NoLongerUsed);

    assert_eq!(phone.sync(), Err(PromiseError::Released));
    let requests = scene.server.commits();
    for _ in 0..2 {
        assert!(matches!(state(&phone), PhoneState::Released { at: Some(_) }));
        assert_eq!(shown(&phone), before);
        let page = phone.export().page(&["en"], &Labels::default()).unwrap();
        assert!(page.contains("mine friend") && page.contains("Jo Okoro"), "it can be taken along");
        // It has no token any more, and asks for nothing.
        assert_eq!(phone.sync(), Err(PromiseError::Released));
        assert_eq!(phone.list_devices().map(drop), Err(PromiseError::Released));
        phone.restart();
    }
    assert_eq!(scene.server.commits(), requests);
    // What is private can be written, and nothing that an adviser would wait for in vain.
    phone.opportunities().save(&job(&phone, 2), note("written afterwards")).unwrap();
    let asked = phone.asks().write("Hello?", AskAbout::Anything);
    assert_eq!(asked.map(drop), Err(PromiseError::Released));

    phone.pair(&scene.server, &scene.server.invite(&scene.person)).unwrap();
    phone.sync().unwrap();
    assert_eq!(state(&phone), PhoneState::Paired);
    assert_eq!(saved(&phone).len(), 3);
    assert_eq!(phone.status().unwrap().unsent, 0, "what waited was sent");
}

#[test]
fn person_chooses_what_becomes_of_their_other_phone() {
    let scene = Scene::new();
    let first = scene.phone();
    write_everything(&first, "mine");
    first.sync().unwrap();
    let unused = second(&first);
    first.revoke_device(&other_of(&first), RevocationReason::NoLongerUsed).unwrap();
    let before = shown(&unused);
    assert_eq!(unused.sync(), Err(PromiseError::Released));
    assert_eq!(shown(&unused), before);
    // It is lost afterwards: it was in touch already, and has no token by which it could be told.
    first.revoke_device(&other_of(&first), RevocationReason::LostOrStolen).unwrap();
    assert_eq!(unused.sync(), Err(PromiseError::Released));
    first.sync().unwrap();
    first.sync().unwrap();
    let log = format!("{:?}", first.access_log().unwrap());
    assert!(log.contains("OwnPhone") && log.contains("ReleasedPhone"), "{log}");
    unused.erase_this_phone().unwrap();
    assert_eq!(state(&unused), PhoneState::NotPaired);
    let friend = OwnContactEdit { display_name: Some("Sam".into()), ..OwnContactEdit::default() };
    assert_eq!(unused.own_contacts().add(friend).map(drop), Err(PromiseError::NotPaired));
}

/// The council's key was replaced after the phone was last in touch.
#[test]
fn order_under_a_key_that_the_phone_does_not_know_is_verified_over_the_steps_to_it() {
    let scene = Scene::new();
    let (kept, lost) = (scene.phone(), scene.phone());
    write_everything(&kept, "mine");
    let [of_kept, of_lost] = [&kept, &lost]
        .map(|phone| phone.list_devices().unwrap().into_iter().find(|it| it.is_this).unwrap().id);
    scene.server.run(&["council", "new-key", COUNCIL]);
    take_off(&scene, &of_kept, RevocationReason::NoLongerUsed);
    take_off(&scene, &of_lost, RevocationReason::LostOrStolen);
    assert_eq!(kept.sync(), Err(PromiseError::Released));
    assert_eq!(lost.sync(), Err(PromiseError::Revoked));
    assert!(lost.promise().read().unwrap().is_none());
}

/// A program that can write the database, but cannot sign, has no phone wiped.
#[test]
fn phone_that_was_revoked_in_the_database_alone_keeps_everything() {
    let mut scene = Scene::new();
    let phone = scene.phone();
    write_everything(&phone, "mine");
    let before = shown(&phone);
    scene.server.stop();
    let database = rusqlite::Connection::open(scene.server.database()).unwrap();
    let changed = "UPDATE device SET revoked_at = 1, ordered = 'wipe', signature = 'AAAA'";
    assert_eq!(database.execute(changed, ()), Ok(1));
    drop(database);
    scene.server.resume();
    assert_eq!(phone.sync(), Err(PromiseError::Unpaired));
    assert_eq!(shown(&phone), before);
}
