//! A second phone of a young person, by a code of their adviser, with a real server and real phones.

use promise_core::{DeviceRecord, PromiseError};
use promise_protocol::{
    RevocationReason,
    access::{AccessRole, StaffAction},
    phone_record::{DeviceState, Inviter},
};
use promise_tests::harness::{TestPhone, TestServer};

use crate::visitor::{Page, Visitor, person};

/// A young person with a phone, and Jo, their adviser, signed in.
struct Desk {
    server: TestServer,
    visitor: Visitor,
    person: String,
    first: TestPhone,
}

impl Desk {
    fn new() -> Self {
        let server = TestServer::start();
        let jo = server.add_staff("j.okoro", &["--name", "Jo Okoro"]);
        let visitor = Visitor::signed_up(&server, "j.okoro", "adviser");
        let person = person(&server, "CL-0001");
        server.assign(&person, &jo);
        let first = TestPhone::paired(&server, &person);
        first.sync().unwrap();
        Self { server, visitor, person, first }
    }

    /// Pairs a phone by a code that Jo makes in the console.
    fn pair(&self) -> TestPhone {
        let path = format!("/console/people/{}/invite", self.person);
        self.visitor.get(&path);
        let made = self.visitor.post(&path, &[]);
        let phone = TestPhone::new();
        phone.pair(&self.server.url(), &code(&made)).unwrap();
        phone
    }

    fn log(&self) -> String {
        self.server.run(&["audit", "list", "--council", "riverbridge"])
    }
}

fn code(page: &Page) -> String {
    let code = page.html.split("id=\"code\">").nth(1).expect("the page shows a code");
    code.split('<').next().unwrap().to_owned()
}

fn records(phone: &TestPhone) -> Vec<DeviceRecord> {
    phone.devices().records().unwrap()
}

/// What the phones of the person did, as this phone lists it. Comes with a sync that brings nothing else.
fn did(phone: &TestPhone) -> Vec<StaffAction> {
    for _ in 0..3 {
        phone.sync().unwrap();
    }
    let log = phone.access_log().unwrap().into_iter();
    log.filter(|entry| entry.role == AccessRole::OwnPhone).flat_map(|entry| entry.did).collect()
}

#[test]
fn new_phone_is_told_to_the_phones_that_are_there() {
    let desk = Desk::new();
    let added = desk.pair();
    let changed = desk.first.sync().unwrap().changed;
    assert!(changed.contains("phone"), "the next sync brings it: {changed:?}");
    let known = records(&desk.first);
    let [own, new] = &known[..] else { panic!("{known:?}") };
    assert!(own.is_this && !own.is_new);
    assert!(new.is_new && !new.is_this);
    assert_eq!((&new.inviter, new.invited_by.as_deref()), (&Inviter::Staff, Some("Jo Okoro")));
    let age = chrono::Utc::now() - new.paired_at.unwrap();
    assert!(age.num_seconds().abs() < 60, "{age}");
    // It can do nothing about that.
    added.sync().unwrap();
    assert_eq!(records(&added).len(), 2);
    assert!(records(&added).iter().all(|device| !device.is_new), "the first one was there before");
    desk.first.devices().mark_seen(&new.id).unwrap();
    assert!(records(&desk.first).iter().all(|device| !device.is_new));
}

#[test]
fn pairing_revoking_and_erasing_are_in_the_log() {
    let desk = Desk::new();
    let added = desk.pair();
    added.sync().unwrap();
    let devices = desk.first.list_devices().unwrap();
    let [first, second] = &devices[..] else { panic!("{devices:?}") };
    let line = |log: &str, act: &str, detail: &str| {
        let found = log.lines().any(|line| line.contains(act) && line.contains(detail));
        assert!(found, "{act} {detail}\n{log}");
    };
    line(&desk.log(), "paired", &format!("{} by operator", first.id));
    line(&desk.log(), "paired", &format!("{} by staff", second.id));
    assert_eq!(did(&desk.first), [StaffAction::PairedPhone]);

    desk.first.revoke_device(&second.id, RevocationReason::LostOrStolen).unwrap();
    line(&desk.log(), "wiped_phone", &format!("{} by {}", second.id, first.id));
    assert_eq!(did(&desk.first), [StaffAction::PairedPhone, StaffAction::WipedPhone]);
    assert_eq!(records(&desk.first)[1].state, DeviceState::Revoked);
    assert_eq!(added.sync(), Err(PromiseError::Revoked));

    desk.first.erase_account().unwrap();
    line(&desk.log(), "erased", &format!("by {}", first.id));
    let printed = desk.server.run(&["audit", "verify", "--council", "riverbridge"]);
    assert!(printed.starts_with("Whole: "), "{printed}");
}
