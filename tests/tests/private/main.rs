//! Private data, with a real server and real phones.

mod attacker;
mod distrusted_key;
mod leaving;
mod pairing;
mod phones;
mod recovery_phrase;
mod server;

use promise_core::{
    ContactEdit, OpportunityEdit, OpportunityFilter, OwnContactEdit, ProfileEdit, SavedOpportunity,
};
use promise_protocol::{OpportunityId, vocabulary::PledgeMark};
use promise_tests::harness::{TestPhone, TestServer};

/// A server with a council, a published promise, and a person with an adviser.
struct Scene {
    server: TestServer,
    person: String,
}

impl Scene {
    fn new() -> Self {
        let server = TestServer::start();
        server.publish(&TestServer::council_folder());
        let person = server.add_person();
        let adviser =
            server.add_staff("j.okoro", &["--name", "Jo Okoro", "--phone", "07700 900123"]);
        server.assign(&person, &adviser);
        Self { server, person }
    }

    /// Pairs a phone by a code from the adviser, and syncs it.
    fn phone(&self) -> TestPhone {
        let phone = TestPhone::paired(&self.server, &self.person);
        phone.sync().unwrap();
        phone
    }
}

/// Pairs a phone by another one's QR code, and syncs it.
fn second(first: &TestPhone) -> TestPhone {
    let phone = TestPhone::new();
    phone.pair_beside(first);
    phone.sync().unwrap();
    phone
}

fn note(text: &str) -> OpportunityEdit {
    OpportunityEdit { note: Some(text.into()), ..OpportunityEdit::default() }
}

fn saved(phone: &TestPhone) -> Vec<(OpportunityId, SavedOpportunity)> {
    let filter = OpportunityFilter { saved_only: true, ..OpportunityFilter::default() };
    let listed = phone.opportunities().list(&filter).unwrap().into_iter();
    listed.filter_map(|listed| Some((listed.id(), listed.saved?))).collect()
}

fn job(phone: &TestPhone, index: usize) -> OpportunityId {
    phone.opportunities().list(&OpportunityFilter::default()).unwrap()[index].id()
}

/// Writes a record in every sealed collection; each text contains the canary.
fn write_everything(phone: &TestPhone, canary: &str) {
    let text = |what: &str| format!("{canary} {what}");
    phone.opportunities().save(&job(phone, 0), note(&text("saved"))).unwrap();
    let pledge = phone.promise().read().unwrap().unwrap().chapters[0].pledges[0].id();
    phone.promise().mark(&pledge, PledgeMark::WantIt, Some(text("mark"))).unwrap();
    let contact = phone.contacts().list().unwrap()[0].id.clone();
    let own = ContactEdit {
        nickname: Some(text("nickname")),
        note: Some(text("note")),
        pinned: Some(true),
        ..ContactEdit::default()
    };
    phone.contacts().edit(&contact, own).unwrap();
    phone
        .own_contacts()
        .add(OwnContactEdit {
            display_name: Some(text("friend")),
            note: Some(text("own")),
            ..OwnContactEdit::default()
        })
        .unwrap();
    let born = chrono::NaiveDate::from_ymd_opt(2007, 4, 5);
    phone
        .profile()
        .edit(ProfileEdit { date_of_birth: Some(born), ..ProfileEdit::default() })
        .unwrap();
}
