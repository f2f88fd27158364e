//! An adviser takes a phone off, and says why.

use promise_core::{AskAbout, PromiseError};
use promise_protocol::{PhoneOrder, access::StaffAction};
use promise_tests::harness::{TestPhone, TestServer};

use crate::visitor::{Page, Visitor, person};

/// Jo, who is signed in, and a young person of theirs with a phone.
struct Desk {
    server: TestServer,
    visitor: Visitor,
    phone: TestPhone,
    person: String,
    id: String,
}

impl Desk {
    fn new() -> Self {
        let server = TestServer::start();
        let jo = server.add_staff("j.okoro", &["--name", "Jo Okoro"]);
        let visitor = Visitor::signed_up(&server, "j.okoro", "adviser");
        let person = person(&server, "CL-0001");
        server.assign(&person, &jo);
        let phone = TestPhone::paired(&server, &person);
        phone.asks().write("Hello", AskAbout::Anything).unwrap();
        phone.sync().unwrap();
        let id = phone.list_devices().unwrap().remove(0).id;
        Self { server, visitor, phone, person, id }
    }

    fn page(&self) -> Page {
        self.visitor.get(&format!("/console/people/{}", self.person))
    }

    fn path(&self) -> String {
        format!("/console/people/{}/phones/{}/unpair", self.person, self.id)
    }

    fn send(&self, fields: &[(&str, String)]) -> Page {
        self.visitor.get(&self.path());
        self.visitor.post(&self.path(), fields)
    }

    fn order(&self) -> Option<PhoneOrder> {
        let revoked = self.server.transact(|tx| Ok(tx.revoked_phones()?));
        revoked.first().map(|phone| phone.order.order)
    }
}

/// One of the two cannot be undone, so the adviser has to choose.
#[test]
fn reason_for_taking_a_phone_off_has_no_default() {
    let desk = Desk::new();
    let form = desk.visitor.get(&desk.path());
    assert!(form.contains("what the young person wrote for themselves"), "{}", form.html);
    assert!(!form.html.contains(" checked"), "{}", form.html);
    for fields in [&[][..], &[("why", String::new())], &[("why", "because".into())]] {
        let page = desk.send(fields);
        assert!(page.contains("Choose why you take the phone off"), "{}", page.html);
    }
    assert_eq!(desk.order(), None);
    desk.phone.sync().unwrap();
}

#[test]
fn adviser_releases_a_phone_and_has_it_wiped_when_it_is_lost_later() {
    let desk = Desk::new();
    let sent = desk.send(&[("why", "no_longer_used".into())]);
    assert!(sent.to.as_deref().unwrap().ends_with("done=phone-released"), "{:?}", sent.to);
    assert_eq!(desk.order(), Some(PhoneOrder::Release));
    let page = desk.page();
    assert!(page.contains("It keeps what is on it.") && page.contains("It is lost now"));
    // Only the other reason is offered now.
    let again = desk.send(&[("why", "no_longer_used".into())]);
    assert!(again.contains("Choose why you take the phone off"), "{}", again.html);
    let sent = desk.send(&[("why", "lost_or_stolen".into())]);
    assert!(sent.to.as_deref().unwrap().ends_with("done=phone-wiped"), "{:?}", sent.to);
    assert_eq!(desk.order(), Some(PhoneOrder::Wipe));
    assert!(desk.page().contains("It wipes itself as soon as it is online."));
    assert_eq!(desk.phone.sync(), Err(PromiseError::Revoked));
    assert!(desk.phone.asks().list().unwrap().is_empty());
    let log = desk.server.run(&["audit", "list", "--council", "riverbridge"]);
    for act in ["released_phone", "wiped_phone"] {
        assert!(log.contains(act) && log.contains(&desk.id), "{log}");
    }
}

#[test]
fn access_page_says_who_took_which_kind_of_phone_off() {
    let desk = Desk::new();
    let other = TestPhone::paired(&desk.server, &desk.person);
    other.sync().unwrap();
    desk.send(&[("why", "lost_or_stolen".into())]);
    other.sync().unwrap();
    other.sync().unwrap();
    let log = other.access_log().unwrap();
    let jo = log.iter().find(|entry| entry.by.as_deref() == Some("Jo Okoro")).unwrap();
    assert!(jo.did.contains(&StaffAction::WipedPhone), "{log:?}");
}
