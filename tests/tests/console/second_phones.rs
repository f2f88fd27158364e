//! A second phone of a young person, by a code of their adviser, with a real server and real phones.

use promise_core::{CancelHandle, DeviceRecord, PocketPhone, PromiseError};
use promise_protocol::{
    RevocationReason,
    access::{AccessRole, StaffAction},
    phone_record::{DeviceState, Inviter},
};
use promise_tests::harness::{TestPhone, TestServer};

use crate::visitor::{Page, Visitor, person};

const MINUTE: i64 = 60_000;

/// What is in the access log after a phone typed a code and was paired.
const PAIRED: [StaffAction; 2] = [StaffAction::PairedPhone, StaffAction::StartedPairing];

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
        let (phone, code, cancel) = (TestPhone::new(), code(&made), CancelHandle::new());
        let offer = PocketPhone::pair(&phone, &self.server.url(), &code, &cancel).unwrap();
        let digits = offer.details().digits;
        let page = self.page(&code);
        assert!(page.html.contains(&digits), "Jo compares the number");
        self.visitor.post(&self.path(&code), &[("digits", digits)]);
        phone.finish_pairing(&offer, &cancel).unwrap();
        phone
    }

    /// The page on which the number of the phone with this code is compared.
    fn path(&self, code: &str) -> String {
        format!("/console/people/{}/codes/{}", self.person, &code[..4])
    }

    fn page(&self, code: &str) -> Page {
        self.visitor.get(&self.path(code))
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
    assert_eq!(did(&desk.first), PAIRED);

    desk.first.revoke_device(&second.id, RevocationReason::LostOrStolen).unwrap();
    line(&desk.log(), "wiped_phone", &format!("{} by {}", second.id, first.id));
    assert_eq!(did(&desk.first), [&PAIRED[..], &[StaffAction::WipedPhone]].concat());
    assert_eq!(records(&desk.first)[1].state, DeviceState::Revoked);
    assert_eq!(added.sync(), Err(PromiseError::Revoked));

    desk.first.erase_account().unwrap();
    line(&desk.log(), "erased", &format!("by {}", first.id));
    let printed = desk.server.run(&["audit", "verify", "--council", "riverbridge"]);
    assert!(printed.starts_with("Whole: "), "{printed}");
}

#[test]
fn phone_that_came_by_a_staff_code_cannot_erase_or_take_off_others() {
    let desk = Desk::new();
    let added = desk.pair();
    added.sync().unwrap();
    desk.first.sync().unwrap();
    let devices = desk.first.list_devices().unwrap();
    assert_eq!([devices[0].is_limited, devices[1].is_limited], [false, true]);
    let refused = Err(PromiseError::LimitedPhone);
    assert_eq!(added.erase_account().map(drop), refused);
    let lost = RevocationReason::LostOrStolen;
    assert_eq!(added.revoke_device(&devices[0].id, lost).map(drop), refused);
    assert_eq!(added.veto_device(&devices[0].id).map(drop), refused);
    assert_eq!(added.invite_device().map(drop), refused);
    assert_eq!(added.confirm_device(&devices[1].id).map(drop), refused);
    assert_eq!(added.recovery().change(), refused);
    desk.first.sync().unwrap();
    assert!(desk.first.status().unwrap().council.is_some(), "nothing was erased");
    // Its person says no.
    desk.first.veto_device(&devices[1].id).unwrap();
    assert_eq!(added.sync(), Err(PromiseError::Revoked));
    let log = desk.log();
    assert!(log.contains("vetoed_phone") && !log.contains("erased"), "{log}");
    assert_eq!(did(&desk.first), [&PAIRED[..], &[StaffAction::VetoedPhone]].concat());
}

#[test]
fn second_member_of_staff_says_yes_after_72_hours() {
    let desk = Desk::new();
    desk.server.add_staff("m.ang", &["--name", "Mo Ang"]);
    let mo = Visitor::signed_up(&desk.server, "m.ang", "manager");
    let added = desk.pair();
    added.sync().unwrap();
    let id = desk.first.list_devices().unwrap().remove(1).id;
    let person = format!("/console/people/{}", desk.person);
    let path = format!("{person}/phones/{id}/confirm");
    assert!(mo.get(&person).contains("Waits for a yes from their other phone"));
    let say_yes = |visitor: &Visitor| {
        // A page to take the form's token from.
        visitor.get("/console/account");
        visitor.post(&path, &[])
    };
    let early = mo.get(&path);
    assert!(early.contains("another member of staff than the one who made the code"));
    assert_eq!(say_yes(&mo).to.as_deref(), Some(path.as_str()), "it says when");
    assert_eq!(added.invite_device().map(drop), Err(PromiseError::LimitedPhone));

    desk.server.clock.set(3 * 24 * 60 * MINUTE + MINUTE);
    let jo = Visitor::signed_in_again(&desk.server, &desk.visitor, "j.okoro");
    assert!(jo.get(&path).contains("You made the code for this phone"));
    assert_eq!(say_yes(&jo).to.as_deref(), Some(path.as_str()));
    assert_eq!(added.invite_device().map(drop), Err(PromiseError::LimitedPhone));

    let mo = Visitor::signed_in_again(&desk.server, &mo, "m.ang");
    assert!(mo.get(&path).contains("Say yes to this phone"));
    let done = say_yes(&mo);
    assert_eq!(done.to, Some(format!("{person}?done=phone-confirmed")), "{}", done.html);
    assert_eq!(say_yes(&mo).to, done.to, "a colleague may say yes at the same time");
    added.invite_device().unwrap();
    desk.first.sync().unwrap();
    let record = records(&desk.first).remove(1);
    assert_eq!((record.state, record.is_new), (DeviceState::Full, true), "it shows there");
    for _ in 0..3 {
        desk.first.sync().unwrap();
    }
    let log = desk.first.access_log().unwrap();
    let by_mo = log.iter().find(|entry| entry.by.as_deref() == Some("Mo Ang")).unwrap();
    assert!(by_mo.did.contains(&StaffAction::ConfirmedPhone), "{by_mo:?}");
}
