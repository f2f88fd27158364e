//! What the young person's phone shows of what staff do in the console.

use promise_protocol::access::{StaffAction, StaffRole};
use promise_tests::harness::{TestPhone, TestServer};

use crate::visitor::{Visitor, person};

#[test]
fn access_log_lists_views_and_actions_of_staff() {
    let server = TestServer::start();
    let jo = server.add_staff("j.okoro", &["--name", "Jo Okoro"]);
    let kim = server.add_staff("k.lee", &["--name", "Kim Lee"]);
    server.add_staff("m.ang", &["--name", "Mo Ang"]);
    let (ada, bea) = (person(&server, "CL-0001"), person(&server, "CL-0002"));
    for person in [&ada, &bea] {
        server.assign(person, &jo);
    }
    let (phone, other) = (TestPhone::paired(&server, &ada), TestPhone::paired(&server, &bea));
    let jo = Visitor::signed_up(&server, "j.okoro", "adviser");
    assert_eq!(jo.get(&format!("/console/people/{ada}")).status, 200);
    let mo = Visitor::signed_up(&server, "m.ang", "manager");
    let page = mo.get(&format!("/console/people/{ada}/adviser"));
    assert_eq!(page.status, 200);
    let given = mo.post(&format!("/console/people/{ada}/adviser"), &[("adviser", kim)]);
    assert_eq!(given.status, 303, "{}", given.html);
    // Access log entries nudge no phone. They come with a later sync that has nothing else to
    // bring.
    for _ in 0..3 {
        phone.sync().unwrap();
        other.sync().unwrap();
    }
    let log = phone.access_log().unwrap();
    let by = |name: &str| log.iter().find(|entry| entry.by.as_deref() == Some(name));
    let (looked, gave) = (by("Jo Okoro").unwrap(), by("Mo Ang").unwrap());
    assert_eq!((&looked.role, looked.looked, looked.did.len()), (&StaffRole::Adviser.into(), 1, 0));
    assert_eq!(
        (&gave.role, &gave.did),
        (
            &StaffRole::Manager.into(),
            &vec![StaffAction::ChangedContact, StaffAction::AssignedAdviser]
        )
    );
    let names: Vec<_> = other.access_log().unwrap().into_iter().filter_map(|it| it.by).collect();
    assert!(names.is_empty(), "nobody looked at Bea: {names:?}");
}
