//! What an onlooker can read: everything that a phone gives out, in one text.

use std::fmt::Write;

use promise_core::{
    AppLockState, AskAbout, CancelHandle, ContactEdit, NumberOwner, OpportunityEdit,
    OpportunityFilter, PocketPhone, ProfileEdit, PromiseError, SharedItem,
    export::{Labels, cards::CardVersion},
};
use promise_protocol::{
    RevocationReason,
    vocabulary::{AppointmentAnswer, PledgeMark},
};
use serde_json::json;

use super::{PIN, SECRET, own, plain, with_secrets};
use crate::common::{Pocket, change};

/// Everything that can be read on a phone.
pub(super) fn seen(pocket: &Pocket) -> String {
    let phone = &pocket.phone;
    let mut seen = String::new();
    let mut note = |what: &dyn std::fmt::Debug| writeln!(seen, "{what:#?}").unwrap();
    note(&phone.contacts().list());
    note(&phone.contacts().list_hidden());
    note(&phone.number_changes());
    note(&phone.news(&["en"]));
    // An own contact's id is random.
    let own = [phone.own_contacts().list(), phone.own_contacts().list_hidden()];
    for contact in own.into_iter().flat_map(Result::unwrap) {
        note(&(contact.display_name, contact.phones, contact.note, contact.pinned));
    }
    note(&phone.promise().read());
    note(&phone.promise().directory());
    note(&phone.ring_now(phone.council_time().unwrap()));
    for saved_only in [false, true] {
        let filter = OpportunityFilter { saved_only, closed_too: true, ..Default::default() };
        note(&phone.opportunities().list(&filter));
    }
    note(&phone.asks().list());
    note(&phone.appointments().list());
    note(&phone.profile().read());
    note(&phone.access_log());
    note(&phone.devices().records());
    for words in ["ada", "sam", "council", "bar", "obi adviser", "07700 900456", "zug", "4"] {
        let found = phone.search(words).unwrap();
        note(
            &found
                .iter()
                .map(|found| (found.kind, &found.title, &found.snippet))
                .collect::<Vec<_>>(),
        );
    }
    note(&phone.status());
    note(&phone.app_lock().status());
    note(&phone.export().json());
    note(&phone.export().page(&["en"], &Labels::default()));
    note(&phone.export().cards(CardVersion::V4));
    note(&phone.export().calendar());
    note(&phone.recovery().phrase().map(|phrase| phrase.words().count()));
    seen
}

#[test]
fn locked_phone_reads_as_if_nothing_private_were_on_it() {
    let (plain, secrets) = (plain(), with_secrets());
    for pocket in [&plain, &secrets] {
        pocket.phone.app_lock().lock();
    }
    let ada = secrets.phone.contacts().list().unwrap().remove(0);
    assert_eq!((&ada.leave[0].cover, ada.replaced_by), (&None, None), "the colleague is discreet");
    // Her leave itself is the council's, and may be read. It ends, so that the two can be compared.
    let end = json!({"leave": null, "replaced_by": null, "about": "Hello"});
    for pocket in [&plain, &secrets] {
        pocket.receive(vec![change("contact", "ada", 9, end.clone())]);
    }
    assert_eq!(seen(&secrets), seen(&plain));
    secrets.phone.app_lock().unlock(PIN).unwrap();
    assert!(seen(&secrets).matches(SECRET).count() > 20, "the test would see a leak");
}

#[test]
fn locked_phone_still_helps_at_night() {
    let pocket = with_secrets().reopen();
    let phone = &pocket.phone;
    assert_eq!(phone.app_lock().status().unwrap().state, AppLockState::Locked);
    assert!(phone.promise().read().unwrap().is_some());
    assert_eq!(phone.promise().directory().unwrap().lines.0.len(), 1);
    assert!(!phone.opportunities().list(&OpportunityFilter::default()).unwrap().is_empty());
    let contacts = phone.contacts().list().unwrap();
    let names: Vec<_> = contacts.iter().map(|contact| contact.display_name.as_str()).collect();
    assert_eq!(names, ["Ada Obi"]);
    assert_eq!(contacts[0].phones[0].number, "+447700900123");
    assert_eq!(
        (&contacts[0].nickname, &contacts[0].note, contacts[0].pinned),
        (&None, &None, false)
    );
    let own = phone.own_contacts().list().unwrap();
    assert_eq!((own.len(), own[0].display_name.as_str(), &own[0].note), (1, "Sam", &None));
    assert_eq!(phone.ring_now(phone.council_time().unwrap()).unwrap().ring.len(), 1, "999");
    let found: Vec<String> =
        phone.search("ada").unwrap().into_iter().map(|found| found.id).collect();
    assert_eq!(found, ["ada"]);
    assert_eq!(phone.search(SECRET).unwrap(), []);
}

#[test]
fn changed_number_of_a_discreet_contact_is_new_until_seen_when_it_can_be_read() {
    let pocket = with_secrets();
    let phone = &pocket.phone;
    let cem = NumberOwner::Contact { id: "cem".into() };
    let changed = phone.number_changes().unwrap();
    assert_eq!(changed.iter().map(|change| &change.owner).collect::<Vec<_>>(), [&cem]);
    phone.app_lock().lock();
    assert_eq!(phone.number_changes().unwrap(), []);
    phone.mark_numbers_seen(&cem).unwrap();
    phone.app_lock().unlock(PIN).unwrap();
    assert_eq!(phone.number_changes().unwrap(), changed, "what is not shown was not seen");
    phone.mark_numbers_seen(&cem).unwrap();
    assert_eq!(phone.number_changes().unwrap(), []);
}

/// One of each call that writes or gives out what is private, and may fail.
type Refused = fn(&PocketPhone) -> Option<PromiseError>;

pub(super) const REFUSED: &[(&str, Refused)] = &[
    ("ask", |phone| phone.asks().write("Hi", AskAbout::Anything).err()),
    ("share", |phone| {
        let item = SharedItem::Opportunity("barista".into());
        phone.asks().share_with_adviser(&item, "Hi").err()
    }),
    ("delete ask", |phone| phone.asks().delete(&"nothing".into()).err()),
    ("answer", |phone| {
        phone.appointments().answer(&"nothing".into(), AppointmentAnswer::Coming, None).err()
    }),
    ("contact", |phone| phone.contacts().edit(&"nothing".into(), ContactEdit::default()).err()),
    ("add", |phone| phone.own_contacts().add(own("", false)).err()),
    ("edit", |phone| phone.own_contacts().edit(&"nothing".into(), own("Sam", false)).err()),
    ("delete", |phone| phone.own_contacts().delete(&"nothing".into()).err()),
    ("save", |phone| {
        phone.opportunities().save(&"nothing".into(), OpportunityEdit::default()).err()
    }),
    ("unsave", |phone| phone.opportunities().unsave(&"nothing".into()).err()),
    ("mark", |phone| phone.promise().mark(&"nothing".into(), PledgeMark::HadIt, None).err()),
    ("unmark", |phone| phone.promise().unmark(&"nothing".into()).err()),
    ("profile", |phone| phone.profile().edit(ProfileEdit::default()).err()),
    ("pictures", |phone| phone.pictures().set_with_sync(false).err()),
    ("change words", |phone| phone.recovery().change().err()),
    ("pair", |phone| phone.pair("https://r.example", "K7QF-3MZD-9X01", &CancelHandle::new()).err()),
    ("pair by link", |phone| {
        let link = "pocketpromise://pair?code=K7QF-3MZD-9X01&server=https://r.example";
        phone.pair_by_link(link, &CancelHandle::new()).err()
    }),
    ("relink", |phone| phone.relink("K7QF-3MZD-9X01", &CancelHandle::new()).err()),
    ("wait for a phone", |phone| {
        phone.devices().wait_for_new("K7QF-3MZD-9X01", &CancelHandle::new()).err()
    }),
    ("invite", |phone| phone.devices().invite(&CancelHandle::new()).err()),
    ("revoke", |phone| {
        let reason = RevocationReason::LostOrStolen;
        phone.devices().revoke("p1", reason, &CancelHandle::new()).err()
    }),
    ("yes to a phone", |phone| phone.devices().confirm("p1", &CancelHandle::new()).err()),
    ("no to a phone", |phone| phone.devices().veto("p1", &CancelHandle::new()).err()),
    ("phone seen", |phone| phone.devices().mark_seen("p0000000c").err()),
    ("erase", |phone| phone.erase_account(&CancelHandle::new()).err()),
    ("erase here", |phone| phone.erase_this_phone().err()),
    ("set pin", |phone| phone.app_lock().set_pin("8264").err()),
    ("change pin", |phone| phone.app_lock().change_pin(PIN, "8264").err()),
    ("remove pin", |phone| phone.app_lock().remove_pin(PIN).err()),
    ("quiet pin", |phone| phone.app_lock().set_quiet_pin(PIN, "8264").err()),
    ("no quiet pin", |phone| phone.app_lock().remove_quiet_pin(PIN).err()),
    ("platform", |phone| phone.app_lock().allow_platform_unlock(PIN).err()),
    ("no platform", |phone| phone.app_lock().forbid_platform_unlock().err()),
];

#[test]
fn locked_phone_refuses_every_write_and_gives_nothing_out() {
    let pocket = with_secrets().reopen();
    let phone = &pocket.phone;
    for (name, call) in REFUSED {
        assert_eq!(call(phone), Some(PromiseError::Locked), "{name}");
    }
    let locked = Some(PromiseError::Locked);
    assert_eq!(phone.recovery().phrase().err(), locked);
    assert_eq!(phone.export().json().err(), locked);
    assert_eq!(phone.export().page(&["en"], &Labels::default()).err(), locked);
    assert_eq!(phone.export().cards(CardVersion::V3).err(), locked);
    assert_eq!(phone.export().calendar().err(), locked);
    assert_eq!(phone.devices().list(&CancelHandle::new()).err(), locked);
    let card = b"BEGIN:VCARD\nFN:Sam\nEND:VCARD\n";
    assert_eq!(phone.own_contacts().preview_cards(card).err(), locked);
    assert_eq!(phone.own_contacts().import_cards(card, &[1], false).err(), locked);
    phone.app_lock().unlock(PIN).unwrap();
    assert_eq!(phone.profile().read().unwrap().date_of_birth, "2006-02-28".parse().ok());
}
