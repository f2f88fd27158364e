//! A person was added after the backup. Their phone is linked to a new record and loses nothing, or is
//! erased.

use promise_core::{
    AskAbout, Erased, OpportunityEdit, OpportunityFilter, OwnContactEdit, ProfileEdit,
    PromiseError, RecoveryPhraseState,
};
use promise_protocol::vocabulary::PledgeMark;
use promise_tests::harness::{TestPhone, TestServer};

/// A server that was restored, and the phone of a person who was added after the backup.
struct Lost {
    server: TestServer,
    backup: String,
    adviser: String,
    /// The person's id in the lost record.
    person: String,
    phone: TestPhone,
}

impl Lost {
    fn new() -> Self {
        let mut server = TestServer::start();
        server.publish(&TestServer::council_folder());
        let adviser = server.add_staff("jo", &["--name", "Jo Okoro", "--phone", "07700 900001"]);
        let backup = server.back_up("old.db");
        let person = server.add_person();
        server.assign(&person, &adviser);
        let phone = synced(&server, &person);
        write_everything(&phone);
        phone.sync().unwrap();
        let ask = phone.asks().list().unwrap()[0].id.to_string();
        let reply = ["ask", "reply", "--person", &person, "--ask", &ask, "--status", "done"];
        server.run(&[&reply[..], &["--text", "Yes, on Monday"]].concat());
        phone.sync().unwrap();
        phone.asks().write("Not sent yet", AskAbout::Anything).unwrap();
        server.restore(&backup);
        Self { server, backup, adviser, person, phone }
    }

    /// Adds the person again, and links this phone to the new record. Returns the record's id.
    fn link(&self) -> String {
        let new = self.server.add_person();
        let code = self.server.invite_to_relink(&new, &self.phone.relink_check().unwrap());
        self.phone.relink(&code).unwrap();
        new
    }
}

fn synced(server: &TestServer, person: &str) -> TestPhone {
    let phone = TestPhone::paired(server, person);
    phone.sync().unwrap();
    phone
}

/// Writes one thing of every kind.
fn write_everything(phone: &TestPhone) {
    let text = |text: &str| Some(text.to_owned());
    phone.asks().write("Can we meet?", AskAbout::Anything).unwrap();
    let saved = OpportunityEdit { note: text("Looks good"), ..OpportunityEdit::default() };
    phone.opportunities().save(&"p01".into(), saved).unwrap();
    let pledge = phone.promise().read().unwrap().unwrap().chapters[0].pledges[0].id();
    phone.promise().mark(&pledge, PledgeMark::WantIt, text("Ask about it")).unwrap();
    let friend = OwnContactEdit { display_name: text("Sam"), ..OwnContactEdit::default() };
    phone.own_contacts().add(friend).unwrap();
    let born = chrono::NaiveDate::from_ymd_opt(2007, 4, 5);
    let profile = ProfileEdit { date_of_birth: Some(born), ..ProfileEdit::default() };
    phone.profile().edit(profile).unwrap();
}

/// All that a person sees on a phone.
fn seen(phone: &TestPhone) -> String {
    let filter = OpportunityFilter { saved_only: true, ..OpportunityFilter::default() };
    format!(
        "{:#?}",
        (
            phone.asks().list().unwrap(),
            phone.opportunities().list(&filter).unwrap(),
            phone.promise().read().unwrap(),
            phone.contacts().list().unwrap(),
            phone.own_contacts().list().unwrap(),
            phone.profile().read().unwrap(),
        )
    )
}

/// What happens without linking: the phone is unknown, and a code of the usual kind is refused.
#[test]
fn phone_of_person_added_after_backup_is_unpaired_and_keeps_everything() {
    let lost = Lost::new();
    let before = seen(&lost.phone);
    assert_eq!(lost.phone.sync(), Err(PromiseError::Unpaired));
    let new = lost.server.add_person();
    let code = lost.server.invite(&new);
    let pairing = lost.phone.pair(&lost.server, &code);
    assert_eq!(pairing, Err(PromiseError::OtherPerson));
    assert_eq!(seen(&lost.phone), before);
}

#[test]
fn relinked_phone_loses_nothing_and_its_adviser_sees_what_they_saw() {
    let lost = Lost::new();
    let (before, phrase) = (seen(&lost.phone), lost.phone.recovery().phrase().unwrap());
    assert_eq!(lost.phone.sync(), Err(PromiseError::Unpaired));
    let new = lost.link();
    lost.phone.sync().unwrap();
    assert_eq!(seen(&lost.phone), before);
    assert_eq!(lost.phone.recovery().phrase().unwrap(), phrase);
    let status = lost.phone.status().unwrap();
    assert_eq!((status.unsent, status.refused.len()), (0, 0));
    let asks = lost.server.run(&["ask", "list", "--person", &new]);
    assert!(asks.contains("Not sent yet"), "{asks}");
    // Everything is on the server: a new phone gets it, and opens it with the same phrase.
    let second = synced(&lost.server, &new);
    assert_eq!(second.status().unwrap().private.recovery_phrase, RecoveryPhraseState::Needed);
    second.recovery().enter(&phrase.words().collect::<Vec<_>>().join(" ")).unwrap();
    second.sync().unwrap();
    assert_eq!(seen(&second), before);
    assert_eq!(second.status().unwrap().private.undecryptable, 0);
    let replied = &second.asks().list().unwrap();
    assert!(replied.iter().any(|ask| ask.reply.as_deref() == Some("Yes, on Monday")));
}

#[test]
fn relinked_phone_and_new_record_go_on_as_one() {
    let lost = Lost::new();
    let new = lost.server.add_person();
    lost.server.assign(&new, &lost.adviser);
    let link = format!(
        "pocketpromise://pair?code={}&server={}",
        lost.server.invite_to_relink(&new, &lost.phone.relink_check().unwrap()),
        lost.server.url()
    );
    lost.phone.relink(&link).unwrap();
    lost.phone.sync().unwrap();
    lost.server.run(&["contact", "set", "--staff", &lost.adviser, "--phone", "07700 900002"]);
    lost.phone.sync().unwrap();
    let contacts = lost.phone.contacts().list().unwrap();
    let numbers: Vec<_> = contacts.iter().map(|it| it.phones[0].number.as_str()).collect();
    assert!(numbers.contains(&"+447700900002"), "{numbers:?}");
    lost.phone.asks().write("After it", AskAbout::Anything).unwrap();
    lost.phone.sync().unwrap();
    assert!(lost.server.run(&["ask", "list", "--person", &new]).contains("After it"));
    // It can erase everything, as before.
    assert_eq!(lost.phone.erase_account(), Ok(Erased::Everywhere));
    let (_, printed) = lost.server.try_run(&["phones", "list", "--person", &new]);
    assert!(printed.contains("erased"), "{printed}");
}

#[test]
fn phone_is_relinked_after_every_restore() {
    let mut lost = Lost::new();
    let before = seen(&lost.phone);
    for _ in 0..2 {
        lost.link();
        lost.phone.sync().unwrap();
        assert_eq!(seen(&lost.phone), before);
        let backup = lost.backup.clone();
        lost.server.restore(&backup);
        assert_eq!(lost.phone.sync(), Err(PromiseError::Unpaired));
    }
}

/// The phone never synced, so it has nothing from the server but its pairing.
#[test]
fn phone_that_never_synced_is_relinked() {
    let mut server = TestServer::start();
    let backup = server.back_up("old.db");
    let phone = TestPhone::paired(&server, &server.add_person());
    phone.asks().write("Not sent yet", AskAbout::Anything).unwrap();
    server.restore(&backup);
    assert_eq!(phone.sync(), Err(PromiseError::Unpaired));
    let new = server.add_person();
    phone.relink(&server.invite_to_relink(&new, &phone.relink_check().unwrap())).unwrap();
    phone.sync().unwrap();
    assert!(server.run(&["ask", "list", "--person", &new]).contains("Not sent yet"));
}

#[test]
fn second_phone_is_linked_to_the_same_record() {
    let mut server = TestServer::start();
    let backup = server.back_up("old.db");
    let person = server.add_person();
    let first = synced(&server, &person);
    let second = TestPhone::new();
    second.pair_beside(&first);
    second.sync().unwrap();
    let friend = OwnContactEdit { display_name: Some("Sam".into()), ..OwnContactEdit::default() };
    first.own_contacts().add(friend).unwrap();
    server.restore(&backup);
    let new = server.add_person();
    first.relink(&server.invite_to_relink(&new, &first.relink_check().unwrap())).unwrap();
    first.sync().unwrap();
    // Its person's record has the id that it holds, so a code of the usual kind is enough now.
    second.pair(&server, &server.invite(&new)).unwrap();
    second.sync().unwrap();
    assert_eq!(second.own_contacts().list().unwrap(), first.own_contacts().list().unwrap());
    assert_eq!(second.own_contacts().list().unwrap().len(), 1);
}

#[test]
fn code_links_one_phone_once() {
    let lost = Lost::new();
    let other = TestPhone::paired(&lost.server, &lost.server.add_person());
    let new = lost.server.add_person();
    let code = lost.server.invite_to_relink(&new, &lost.phone.relink_check().unwrap());
    let before = seen(&lost.phone);
    assert_eq!(other.relink(&code), Err(PromiseError::OtherPhone), "a phone of another person");
    let fresh = TestPhone::new();
    assert_eq!(fresh.relink(&code), Err(PromiseError::NotPaired));
    let pairing = fresh.pair(&lost.server, &code);
    assert_eq!(pairing, Err(PromiseError::OtherPhone), "it pairs no new phone");
    assert_eq!(lost.phone.relink(&lost.server.invite(&new)), Err(PromiseError::OtherPhone));
    assert_eq!(lost.phone.relink("not a code"), Err(PromiseError::CodeWrong));
    let elsewhere = format!("pocketpromise://pair?code={code}&server=https://elsewhere.example");
    assert_eq!(lost.phone.relink(&elsewhere), Err(PromiseError::CodeWrong));
    assert_eq!(seen(&lost.phone), before, "each refusal changed nothing");
    lost.phone.relink(&code).unwrap();
    assert_eq!(lost.phone.relink(&code), Err(PromiseError::CodeUsed));
    other.sync().unwrap();
}

/// A phone that was revoked since the backup wipes itself instead.
#[test]
fn revoked_phone_is_not_relinked() {
    let mut server = TestServer::start();
    let backup = server.back_up("old.db");
    let phone = synced(&server, &server.add_person());
    phone.asks().write("Written by a thief", AskAbout::Anything).unwrap();
    let id = phone.list_devices().unwrap()[0].id.clone();
    server.run(&["phones", "revoke", &id, "--reason", "lost_or_stolen"]);
    server.restore(&backup);
    let new = server.add_person();
    let code = server.invite_to_relink(&new, &phone.relink_check().unwrap());
    assert_eq!(phone.relink(&code), Err(PromiseError::Revoked));
    assert!(phone.asks().list().unwrap().is_empty(), "it is wiped");
    assert!(!server.run(&["ask", "list", "--person", &new]).contains("thief"));
}

/// A phone that the server knows has nothing to be linked again.
#[test]
fn paired_phone_is_not_relinked() {
    let server = TestServer::start();
    let phone = synced(&server, &server.add_person());
    let other = server.add_person();
    let code = server.invite_to_relink(&other, &phone.relink_check().unwrap());
    assert_eq!(phone.relink(&code), Err(PromiseError::OtherPhone));
    phone.sync().unwrap();
}

#[test]
fn unpaired_phone_can_be_erased_after_restore() {
    let lost = Lost::new();
    let sent = lost.phone.recording.messages().len();
    assert_eq!(lost.phone.erase_account(), Ok(Erased::ThisPhone));
    assert_eq!(lost.phone.status().unwrap().council, None);
    assert!(lost.phone.asks().list().unwrap().is_empty());
    let messages = lost.phone.recording.messages();
    let asked = format!("{{\"protocol\":2,\"person\":\"{}\"}}", lost.person);
    assert_eq!(messages[sent..], [asked], "nothing that the person wrote was sent");
    // It can start again.
    lost.phone.pair(&lost.server, &lost.server.invite(&lost.server.add_person())).unwrap();
    lost.phone.sync().unwrap();
}

#[test]
fn phone_is_erased_without_connection_and_sends_nothing() {
    let mut lost = Lost::new();
    lost.server.stop();
    let sent = lost.phone.recording.messages().len();
    assert_eq!(lost.phone.erase_account(), Err(PromiseError::Offline));
    assert!(!lost.phone.asks().list().unwrap().is_empty(), "nothing is lost");
    lost.phone.erase_this_phone().unwrap();
    assert_eq!(lost.phone.status().unwrap().council, None);
    assert!(lost.phone.asks().list().unwrap().is_empty());
    assert!(lost.phone.recording.messages()[sent..].len() <= 1, "only the request to erase");
}
