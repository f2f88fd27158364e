//! The bytes of a sync on a small data plan, both ways, heads and bodies, counted by a proxy
//! between a real phone and a real server. The council is the benchmark's: 60 pledges, 500
//! opportunities, and 8 contacts for each person.

use std::{collections::BTreeMap, time::Duration};

use promise_database::Tx;
use promise_edition::EditionContent;
use promise_protocol::ids::PersonId;
use promise_protocol::{
    OpportunityId,
    access::{AccessRole, StaffAction::ChangedContact},
    pack::{Directory, Opportunities, Opportunity, Promise},
    vocabulary::SaveStatus,
};
use promise_services::{
    OsRandom, StaffScope,
    address_book::{self, Reach},
    assignments,
    cards::{self, CardEdit},
    people,
    publishing::editions,
    staff, staff_writes,
};
use promise_tests::{
    barnet::{self, Workload},
    harness::{COUNCIL, TestPhone, TestServer},
    proxy::{Proxy, Traffic},
};
use serde_json::{Value, json};

const SEED: u64 = 20_260_101;

/// The benchmark's council on a running server, with one phone that syncs through a proxy.
struct Barnet {
    server: TestServer,
    proxy: Proxy,
    phone: TestPhone,
    person: PersonId,
    contacts: Vec<String>,
    packs: (Promise, Opportunities, Directory),
}

impl Barnet {
    fn new() -> Self {
        let server = TestServer::start();
        let workload = barnet::workload(SEED, 2);
        let packs = barnet::packs(&workload);
        let (person, contacts) = server.transact(|tx| {
            let person = people::add(tx, &operator(), &COUNCIL.into(), None, &mut OsRandom)?;
            let contacts = write_contacts(tx, &person, &workload)?;
            Ok((person, contacts))
        });
        let proxy = Proxy::start(server.address());
        // Long enough that requests which are sent together overlap.
        proxy.delay_answers(Duration::from_millis(60));
        let phone = TestPhone::paired_through(&proxy.url(), &server, person.as_str());
        let barnet = Self { server, proxy, phone, person, contacts, packs };
        barnet.publish();
        barnet
    }

    fn publish(&self) {
        let (promise, opportunities, directory) = self.packs.clone();
        let content = EditionContent { promise, opportunities, directory };
        self.server.transact(|tx| editions::publish(tx, &operator(), &COUNCIL.into(), &content, 0));
    }

    /// Syncs, and prints and returns the traffic.
    fn sync(&self, what: &str) -> Traffic {
        self.proxy.reset();
        self.phone.sync().expect("a sync");
        let cost = self.proxy.snapshot();
        println!("{what}: {} B up, {} B down, {cost:?}", cost.up, cost.down);
        cost
    }
}

fn operator() -> StaffScope {
    StaffScope::operator()
}

fn write_contacts(
    tx: &mut dyn Tx,
    person: &PersonId,
    workload: &Workload,
) -> Result<Vec<String>, promise_services::ServiceError> {
    let mut ids = Vec::new();
    for (index, contact) in workload.people[0].contacts.iter().enumerate() {
        // As long as the ids that the server generates.
        let id = format!("c{index:012}");
        let fields = barnet::contact_fields(contact);
        staff_writes::write(tx, &operator(), person, "contact", &id, fields, 1_764_000_000_000)?;
        ids.push(id);
    }
    Ok(ids)
}

fn assert_cost(cost: Traffic, bytes: u64, requests: u64, waits: u64) {
    let all = cost.up + cost.down;
    assert!(all <= bytes, "{all} B, and at most {bytes} are allowed: {cost:?}");
    assert!(cost.requests <= requests, "{cost:?}");
    assert!(cost.waits <= waits, "{cost:?}");
}

#[test]
fn each_sync_stays_within_its_bytes() {
    let mut barnet = Barnet::new();

    let first = barnet.sync("first sync");
    assert_cost(first, 78_000, 5, 2);
    assert_eq!(barnet.phone.contacts().list().unwrap().len(), 8);
    assert_eq!(barnet.phone.promise().read().unwrap().unwrap().chapters.len(), 8);

    assert_cost(barnet.sync("nothing new"), 350, 1, 1);

    let phones = json!([{"number": "+447700900123", "kind": "mobile"}]);
    let changed = BTreeMap::from([("phones".to_owned(), phones)]);
    let (person, contact) = (barnet.person.clone(), barnet.contacts[3].clone());
    let now = chrono::Utc::now().timestamp_millis();
    barnet.server.transact(|tx| {
        staff_writes::write(tx, &operator(), &person, "contact", &contact, changed, now)
    });
    assert_cost(barnet.sync("one changed number"), 560, 1, 1);
    let contacts = barnet.phone.contacts().list().unwrap();
    let number =
        contacts.iter().find(|known| known.id == *contact).unwrap().phones[0].number.clone();
    assert_eq!(number, "+447700900123");

    let opportunities = &mut barnet.packs.1.opportunities.0;
    opportunities[250].closes_at = "2027-01-31T23:59:59Z".parse().ok();
    barnet.publish();
    assert_cost(barnet.sync("one changed opportunity"), 1_500, 2, 2);

    replace_five(&mut barnet.packs.1.opportunities.0);
    barnet.publish();
    assert_cost(barnet.sync("five new opportunities and five gone"), 2_500, 2, 2);
    let shown = barnet
        .phone
        .opportunities()
        .list(&promise_core::OpportunityFilter { closed_too: true, ..Default::default() });
    assert_eq!(shown.unwrap().len(), 500);

    // The access log came with a sync that had nothing else to bring.
    let is_logged = |phone: &TestPhone| {
        let log = phone.access_log().unwrap();
        let newest = log.iter().find(|entry| entry.role == AccessRole::Operator);
        newest.is_some_and(|entry| entry.did.contains(&ChangedContact))
    };
    assert!(!is_logged(&barnet.phone));
    // The record of one member of staff on one day, who also paired the phone here. Its random parts
    // deflate to a few bytes more or less.
    assert_cost(barnet.sync("who changed the number"), 590, 1, 1);
    assert!(is_logged(&barnet.phone));
}

/// A card that is on the phone, and a changed number of it, cost the same whether it is an adviser's or one of
/// an entry of the address book.
#[test]
fn contact_from_the_address_book_costs_no_more_than_an_advisers() {
    let barnet = Barnet::new();
    barnet.sync("first sync");
    let now = chrono::Utc::now().timestamp_millis();
    let (council, person) = (StaffScope::of_council(COUNCIL.into()), barnet.person.clone());
    let card = |name: &str, number: &str| {
        let phones = json!([{"number": number, "kind": "mobile"}]);
        let role = json!("Personal adviser");
        let fields = [("display_name", json!(name)), ("role", role), ("phones", phones)];
        CardEdit::new(fields.map(|(field, value)| (field.to_owned(), value)).into())
    };
    let total = |cost: Traffic| cost.up + cost.down;
    let staff = barnet.server.transact(|tx| {
        let card = card("Jo Okoro", "+447700900123")?;
        let staff = staff::add(tx, &council, &COUNCIL.into(), "jo", card, &mut OsRandom)?;
        assignments::assign(tx, &council, &person, &staff, now, &mut OsRandom)?;
        Ok(staff)
    });
    let new_adviser = total(barnet.sync("a new adviser"));
    let entry = barnet.server.transact(|tx| {
        let card = card("Bo Arker", "+447700900124")?;
        let reach = Reach::Council;
        let entry = address_book::add(tx, &council, reach, card, now, &mut OsRandom)?;
        address_book::give(tx, &council, (&person, &entry), None, now, &mut OsRandom)?;
        Ok(entry)
    });
    let new_entry = total(barnet.sync("a new entry"));
    barnet.server.transact(|tx| {
        let edit = card("Jo Okoro", "+447700900125")?;
        cards::update(tx, &council, &staff, edit, now + 1, &mut OsRandom)
    });
    let changed_adviser = total(barnet.sync("a changed number of the adviser"));
    barnet.server.transact(|tx| {
        let edit = card("Bo Arker", "+447700900126")?;
        cards::update(tx, &council, &entry, edit, now + 1, &mut OsRandom)
    });
    let changed_entry = total(barnet.sync("a changed number of the entry"));
    // Ids, stamps and signatures are random, and deflate to a few bytes more or less.
    assert!(new_entry <= new_adviser + 20, "{new_entry} B, and {new_adviser} B");
    assert!(changed_entry <= changed_adviser + 20, "{changed_entry} B, and {changed_adviser} B");
}

/// Replaces five, spread over the list, by ones from another seed of the same generator.
fn replace_five(opportunities: &mut [Opportunity]) {
    let (_, new, _) = barnet::packs(&barnet::workload(7, 1));
    for (index, new) in new.opportunities.0.into_iter().take(5).enumerate() {
        opportunities[40 + index * 90] = new;
    }
}

/// Twenty edits made offline are sent in one request.
#[test]
fn twenty_offline_edits_are_one_request() {
    let barnet = Barnet::new();
    barnet.sync("first sync");
    for number in 0..20 {
        let about = promise_core::AskAbout::Contact(barnet.contacts[number % 8].as_str().into());
        barnet
            .phone
            .asks()
            .write(&format!("Can you ring me about number {number}?"), about)
            .unwrap();
    }
    let cost = barnet.sync("twenty asks");
    assert_cost(cost, 3_000, 1, 1);
    assert_eq!(barnet.phone.status().unwrap().unsent, 0);
    let first_text = json!("Can you ring me about number 0?");
    let person = barnet.person.clone();
    let mut texts: Vec<Value> = Vec::new();
    barnet.server.transact(|tx| {
        Ok(tx.cells_after(&person, 0, &mut |stored| {
            texts.push(stored.cell.value);
            true
        })?)
    });
    assert!(texts.contains(&first_text));
}

/// Ten statuses, eight notes and two newly saved opportunities, written offline, are sent sealed in
/// one request. A second phone then receives them for little more than the first phone's first
/// sync.
#[test]
fn twenty_sealed_edits_are_one_request_and_a_second_phone_costs_little_more() {
    let barnet = Barnet::new();
    let first_sync = barnet.sync("first sync");
    let phone = &barnet.phone;
    let all = phone
        .opportunities()
        .list(&promise_core::OpportunityFilter { closed_too: true, ..Default::default() });
    let ids: Vec<OpportunityId> =
        all.unwrap().iter().map(promise_core::ListedOpportunity::id).collect();
    let save = |id: &OpportunityId, status: SaveStatus| {
        let edit = promise_core::OpportunityEdit { status: Some(status), ..Default::default() };
        phone.opportunities().save(id, edit).unwrap();
    };
    ids[..10].iter().for_each(|id| save(id, SaveStatus::Saved));
    barnet.sync("ten saved");

    let states =
        [SaveStatus::Applied, SaveStatus::Interview, SaveStatus::GotIt, SaveStatus::NotForMe];
    // An hour with an edit every few minutes.
    barnet.server.clock.set(3_600_000);
    for (index, id) in (0..).zip(&ids[..10]) {
        barnet.phone.clock.set(index * 161_003);
        save(id, states[usize::try_from(index).unwrap() % 4]);
    }
    for (index, contact) in (0..).zip(&barnet.contacts) {
        barnet.phone.clock.set(1_700_000 + index * 227_001);
        // Forty characters, as a note to oneself is.
        let note = format!("Ring after four, ask for the key, room {index}");
        assert_eq!(note.len(), 40);
        let own = promise_core::ContactEdit { note: Some(note), ..Default::default() };
        phone.contacts().edit(&contact.as_str().into(), own).unwrap();
    }
    ids[10..12].iter().for_each(|id| save(id, SaveStatus::Saved));
    barnet.phone.clock.set(3_600_000);
    let cost = barnet.sync("twenty sealed edits");
    assert_cost(cost, 1_800, 1, 1);
    assert_eq!(phone.status().unwrap().unsent, 0);

    // Ten saved and eight notes.
    ids[10..12].iter().for_each(|id| phone.opportunities().unsave(id).unwrap());
    barnet.sync("two given up");
    let second = TestPhone::new();
    second.clock.set(3_600_000);
    second.pair_beside(phone);
    barnet.proxy.reset();
    second.sync().unwrap();
    let cost = barnet.proxy.snapshot();
    println!("a second phone's first sync: {} B up, {} B down", cost.up, cost.down);
    assert_cost(cost, first_sync.up + first_sync.down + 3_000, 5, 3);
    let mine = promise_core::OpportunityFilter { saved_only: true, ..Default::default() };
    assert_eq!(second.opportunities().list(&mine).unwrap().len(), 10);
    assert!(second.contacts().list().unwrap().iter().all(|contact| contact.note.is_some()));
}

/// Twenty things are saved, and the words are changed: everything is sealed and sent again with the step to the
/// new key, and in a second request what was under the old one is cleared.
#[test]
fn changed_words_cost_what_is_sealed_again_and_one_step() {
    let barnet = Barnet::new();
    barnet.sync("first sync");
    let phone = &barnet.phone;
    let all = phone
        .opportunities()
        .list(&promise_core::OpportunityFilter { closed_too: true, ..Default::default() });
    for listed in all.unwrap().iter().take(20) {
        let edit =
            promise_core::OpportunityEdit { status: Some(SaveStatus::Saved), ..Default::default() };
        phone.opportunities().save(&listed.id(), edit).unwrap();
    }
    barnet.sync("twenty saved");
    phone.recovery().change().unwrap();
    assert_cost(barnet.sync("changed words"), 2_470, 2, 2);
    let status = phone.status().unwrap();
    assert_eq!(status.private.recovery_phrase, promise_core::RecoveryPhraseState::Present);
    assert_eq!((status.unsent, status.private.refused_keys), (0, 0));
    assert_cost(barnet.sync("nothing new"), 350, 1, 1);
}

/// Text first: a phone without pictures pays nothing for them, and one whose connection breaks
/// while it fetches them has all text.
#[test]
fn pictures_are_fetched_after_text_within_their_bytes() {
    let server = TestServer::start();
    server.publish(&TestServer::folder_with_pictures());
    let person = server.add_person();
    let proxy = Proxy::start(server.address());
    let frugal = TestPhone::paired_through(&proxy.url(), &server, &person);
    frugal.pictures().set_with_sync(false).unwrap();
    proxy.reset();
    frugal.sync().unwrap();
    let words = proxy.snapshot();
    assert_eq!(words.requests, 4, "the sync and three packs");

    let missing = frugal.pictures().state().unwrap().missing_bytes;
    proxy.reset();
    assert_eq!(frugal.fetch_pictures(), Ok(2));
    let pictures = proxy.snapshot();
    println!("two pictures of {missing} B: {pictures:?}");
    assert_cost(pictures, missing + 2 * 650, 2, 2);

    let broken = TestPhone::paired_through(&proxy.url(), &server, &person);
    proxy.cut_after(words.up + words.down + 700);
    assert_eq!(broken.sync().unwrap().pictures, 0, "and the sync went well");
    assert_eq!(broken.promise().read().unwrap().unwrap().chapters.len(), 2);
    assert_eq!(broken.pictures().state().unwrap().missing, 2);
    assert_eq!(broken.sync().unwrap().pictures, 2);
}
