//! A council's key that is in other hands, with the operator's own command line.

use std::fs;

use promise_core::PhoneState;
use promise_protocol::{Change, Stamp, ids::PersonId, signature::SigningKey, statement::Statement};
use promise_tests::harness::{COUNCIL, TestPhone};
use serde_json::json;

use crate::Scene;

const GENUINE: &str = "+447700900123";
const FORGED: &str = "+447700900666";

/// The key with which the council signs now, as a thief copies it.
fn steal_key(scene: &Scene) -> SigningKey {
    let file = scene.server.data().join("keys").join(format!("{COUNCIL}.key"));
    SigningKey::from_seed(&fs::read(file).unwrap()).unwrap()
}

/// Writes another number of the adviser into the database, as someone who has broken into the server. The stamp is the
/// next that staff would use.
fn forge_number(scene: &Scene, key: &SigningKey) {
    let id = PersonId::new(scene.person.as_str());
    scene.server.transact(|tx| {
        let person = tx.person_for_update(&id)?.unwrap();
        let mut changes = tx.staff_changes(&id)?.into_iter();
        let genuine = changes.find(|change| change.collection == "contact").unwrap();
        let reading = person.staff_reading.next();
        let phones = json!([{"number": FORGED, "kind": "mobile"}]);
        let mut forged = Change {
            stamp: Stamp::new(reading, genuine.stamp.author),
            fields: [("phones".to_owned(), phones)].into(),
            ..genuine
        };
        let statement = Statement::Change { person: id.as_str(), change: &forged };
        forged.signature = Some(key.sign(&statement.to_bytes(COUNCIL)));
        let rev = tx.revision_to_write(&id)?;
        for cell in forged.cells() {
            tx.set_cell(&id, &cell, Some(rev))?;
        }
        tx.set_staff_reading(&id, reading)?;
        Ok(tx.set_staff_change(&id, &forged)?)
    });
}

fn number(phone: &TestPhone) -> String {
    phone.contacts().list().unwrap()[0].phones[0].number.clone()
}

#[test]
fn number_forged_with_a_stolen_key_is_not_shown_once_the_key_is_distrusted() {
    for compromised in [false, true] {
        let scene = Scene::new();
        let phone = scene.phone();
        let stolen = steal_key(&scene);
        let mut line = vec!["council", "new-key", COUNCIL];
        if compromised {
            line.push("--compromised");
        }
        let printed = scene.server.run(&line);
        assert_eq!(printed.contains("Signed again"), compromised, "{printed}");
        phone.sync().unwrap();
        assert_eq!(phone.status().unwrap().unverified, 0);
        forge_number(&scene, &stolen);
        phone.sync().unwrap();
        assert_eq!(number(&phone), if compromised { GENUINE } else { FORGED });
        assert_eq!(phone.status().unwrap().unverified > 0, compromised);
        assert_eq!(phone.status().unwrap().state, PhoneState::Paired);
    }
}

/// The thief had the phone show it before, through the database. Signed again, it would be the council's: so a backup
/// from before is put back first.
#[test]
fn number_that_was_forged_before_gives_way_when_the_key_is_distrusted() {
    let mut scene = Scene::new();
    let phone = scene.phone();
    let backup = scene.server.data().join("before.db");
    scene.server.run(&["backup", backup.to_str().unwrap()]);
    forge_number(&scene, &steal_key(&scene));
    phone.sync().unwrap();
    assert_eq!(number(&phone), FORGED);
    scene.server.stop();
    scene.server.run(&["restore", backup.to_str().unwrap()]);
    scene.server.run(&["council", "new-key", COUNCIL, "--compromised"]);
    scene.server.resume();
    phone.sync().unwrap();
    assert_eq!(number(&phone), GENUINE);
    phone.sync().unwrap();
    assert_eq!(number(&phone), GENUINE, "nor does the phone give it back");
}

#[test]
fn phone_that_is_paired_after_a_change_of_the_key_has_everything() {
    for arguments in
        [&["council", "new-key", COUNCIL][..], &["council", "new-key", COUNCIL, "--compromised"]]
    {
        let scene = Scene::new();
        let before = scene.phone();
        before.sync().unwrap();
        scene.server.run(arguments);
        scene.server.run(arguments);
        let phone = TestPhone::paired(&scene.server, &scene.person);
        phone.sync().unwrap();
        assert_eq!(number(&phone), GENUINE);
        assert!(phone.promise().read().unwrap().is_some());
        assert_eq!(phone.status().unwrap().unverified, 0);
        before.sync().unwrap();
        assert_eq!(number(&before), GENUINE);
        let status = before.status().unwrap();
        let attempts = (status.unverified, status.private.refused_keys);
        assert_eq!(attempts, (0, 0), "the steps of its own words came again, and are no attempt");
    }
}

#[test]
fn backup_from_before_the_key_was_distrusted_is_signed_again_when_it_is_restored() {
    let mut scene = Scene::new();
    let phone = scene.phone();
    let backup = scene.server.data().join("before.db");
    scene.server.run(&["backup", backup.to_str().unwrap()]);
    scene.server.run(&["council", "new-key", COUNCIL, "--compromised"]);
    phone.sync().unwrap();
    scene.server.stop();
    scene.server.run(&["restore", backup.to_str().unwrap()]);
    scene.server.resume();
    for _ in 0..2 {
        phone.sync().unwrap();
        assert_eq!(number(&phone), GENUINE);
        assert_eq!(phone.status().unwrap().unverified, 0);
    }
    let again = scene.server.run(&["council", "sign-again", COUNCIL]);
    assert!(again.contains("under a key that counts"), "{again}");
}
