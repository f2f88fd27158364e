//! What only the young person can read, with a real server and real phones.

mod phones;
mod server;
mod words;

use promise_core::{
    ContactEdit, OpportunityEdit, OwnContactEdit, ProfileEdit,
    opportunities::{OpportunityFilter, SavedOpportunity},
};
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

    /// A phone paired by a code from the adviser, synced.
    fn phone(&self) -> TestPhone {
        let phone = TestPhone::paired(&self.server, &self.person);
        phone.sync().unwrap();
        phone
    }
}

/// A phone brought in by another one's QR code, synced.
fn second(first: &TestPhone) -> TestPhone {
    let phone = TestPhone::new();
    phone.pair_by_link(&first.invite_phone().unwrap().link).unwrap();
    phone.sync().unwrap();
    phone
}

fn note(text: &str) -> OpportunityEdit {
    OpportunityEdit { note: Some(text.into()), ..OpportunityEdit::default() }
}

fn saved(phone: &TestPhone) -> Vec<(String, SavedOpportunity)> {
    let filter = OpportunityFilter { saved_only: true, ..OpportunityFilter::default() };
    let listed = phone.opportunities(&filter).unwrap().into_iter();
    listed.filter_map(|listed| Some((listed.opportunity.id, listed.saved?))).collect()
}

fn job(phone: &TestPhone, index: usize) -> String {
    phone.opportunities(&OpportunityFilter::default()).unwrap()[index].opportunity.id.clone()
}

/// Writes something in every sealed collection; each text holds the canary.
fn write_everything(phone: &TestPhone, canary: &str) {
    let text = |what: &str| format!("{canary} {what}");
    phone.save_opportunity(&job(phone, 0), note(&text("saved"))).unwrap();
    let pledge = phone.promise().unwrap().unwrap().chapters[0].pledges[0].pledge.id.clone();
    phone.mark_pledge(&pledge, "want_it", Some(text("mark"))).unwrap();
    let contact = phone.contacts().unwrap()[0].id.clone();
    let own = ContactEdit {
        nickname: Some(text("nickname")),
        note: Some(text("note")),
        pinned: Some(true),
        ..ContactEdit::default()
    };
    phone.edit_contact(&contact, own).unwrap();
    phone
        .add_own_contact(OwnContactEdit {
            display_name: Some(text("friend")),
            note: Some(text("own")),
            ..OwnContactEdit::default()
        })
        .unwrap();
    let born = chrono::NaiveDate::from_ymd_opt(2007, 4, 5);
    phone
        .edit_profile(ProfileEdit { date_of_birth: Some(born), ..ProfileEdit::default() })
        .unwrap();
}
