//! The part of the demo about private data: a second phone by recovery phrase, what the server
//! stores of a note, what the new phone may not do yet, and a lost phone.

use std::io::Write;

use promise_core::{OpportunityEdit, OpportunityFilter, PromiseError, RecoveryPhraseState};
use promise_protocol::{RevocationReason, phone_record::DeviceState, schema::is_sealed};

use super::Report;
use crate::harness::{TestPhone, TestServer};

const NOTE: &str = "Ring Mo first, she worked there";

/// Pairs a second phone for the young person through their adviser, who cannot read what is
/// private.
pub(super) fn second_phone_by_words(
    server: &TestServer,
    person: &str,
    phone: &TestPhone,
    report: &mut Report<impl Write>,
) {
    report.step("A second phone, by twelve words");
    let saved = OpportunityFilter { saved_only: true, ..OpportunityFilter::default() };
    let id = phone.opportunities().list(&saved).unwrap()[0].id();
    let note = OpportunityEdit { note: Some(NOTE.into()), ..OpportunityEdit::default() };
    phone.opportunities().save(&id, note).unwrap();
    phone.sync().expect("a sync");
    report.fact(&format!("A private note on what was saved: \"{NOTE}\""));
    report.fact(&format!("What the server's database holds of it: {}", held(server, person)));

    let second = TestPhone::paired(server, person);
    second.sync().expect("a first sync");
    let status = second.status().unwrap().private;
    assert_eq!(status.recovery_phrase, RecoveryPhraseState::Needed);
    assert!(
        second.opportunities().list(&saved).unwrap().is_empty(),
        "a code alone opens nothing private"
    );
    report.fact(&format!(
        "Jo pairs a second phone: promise, Jo's number and asks are there; {} private things wait for the words.",
        status.undecryptable
    ));
    let words: Vec<&str> = phone.recovery().phrase().unwrap().words().collect();
    second.recovery().enter(&words.join(" ")).expect("the words are right");
    let seen = second.opportunities().list(&saved).unwrap()[0].saved.clone().unwrap();
    assert_eq!(seen.note.as_deref(), Some(NOTE));
    report.fact(&format!("The young person types their twelve words: \"{NOTE}\""));

    second_phone_is_limited(phone, &second, report);

    report.step("The second phone is lost");
    let other = phone.list_devices().unwrap().into_iter().find(|phone| !phone.is_this).unwrap();
    phone.revoke_device(&other.id, RevocationReason::LostOrStolen).expect("it is taken off");
    phone.recovery().change().expect("the words are changed");
    phone.sync().expect("a sync");
    assert_eq!(second.sync(), Err(PromiseError::Revoked));
    assert!(second.opportunities().list(&saved).unwrap().is_empty());
    report.fact("Taken off from the first phone, it wiped itself when it was next in touch.");
    report.fact("The words are new, and everything private is sealed again under them.");
}

/// A code of the council's alone gives a phone no power over the others: until one of them says yes.
fn second_phone_is_limited(phone: &TestPhone, second: &TestPhone, report: &mut Report<impl Write>) {
    report.step("The second phone came by a code of the council's, and is not trusted yet");
    let refused = PromiseError::LimitedPhone;
    let first = second.list_devices().unwrap().into_iter().find(|it| !it.is_this).unwrap();
    let lost = RevocationReason::LostOrStolen;
    assert_eq!(second.erase_account(), Err(refused.clone()));
    assert_eq!(second.revoke_device(&first.id, lost), Err(refused.clone()));
    assert_eq!(second.recovery().change(), Err(refused.clone()));
    report.fact(
        "It tries to erase everything, to take the first phone off, and to change the words:",
    );
    report.fact(&format!("\"{refused}\""));
    phone.sync().expect("nothing was erased, and the first phone still syncs");
    let new = phone.devices().records().unwrap().into_iter().find(|it| it.is_new).unwrap();
    assert_eq!(new.state, DeviceState::Limited);
    let devices = phone.confirm_device(&new.id).expect("the first phone may say yes");
    assert!(devices.iter().all(|device| !device.is_limited));
    second.invite_device().expect("it may do everything now");
    report
        .fact("The first phone shows it, and asks: is it yours? The young person says yes there.");
}

/// Returns a sealed note as the server's database stores it.
fn held(server: &TestServer, person: &str) -> String {
    let mut held = String::new();
    server.transact(|tx| {
        tx.cells_after(&person.into(), 0, &mut |stored| {
            let key = &stored.cell.key;
            if is_sealed(&key.collection) && key.field == "note" {
                held = format!("{} {} note = {}", key.collection, key.id, stored.cell.value);
            }
            true
        })?;
        Ok(())
    });
    assert!(!held.is_empty() && !held.contains(NOTE), "{held}");
    held
}
