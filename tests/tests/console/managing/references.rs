//! The names by which an import finds people: a young person's reference, and a colleague's address in the
//! staff directory.

use promise_protocol::access::StaffAction;
use promise_tests::harness::{COUNCIL, TestPhone};

use super::{MINUTE, Office};
use crate::visitor::{Visitor, person};

#[test]
fn manager_corrects_a_reference_and_the_phone_shows_that_it_changed() {
    let office = Office::of("manager");
    let phone = TestPhone::paired(&office.server, &office.ada);
    person(&office.server, "CL-0002");
    let path = format!("/console/people/{}", office.ada);
    assert!(office.visitor.get(&path).contains("Change the reference"));
    let form = format!("{path}/reference");
    assert_eq!(office.visitor.get(&form).field("reference").as_deref(), Some("CL-0001"));
    let long = "x".repeat(61);
    for (typed, error) in [
        ("", "Enter the reference"),
        ("cl-0002", "a young person with this reference already"),
        (long.as_str(), "must be 60 characters or fewer"),
    ] {
        let refused = office.send(&form, &form, &[("reference", typed)]);
        assert!(refused.status == 422 && refused.contains(error), "{}", refused.html);
        assert_eq!(refused.field("reference").as_deref(), Some(typed), "nothing is lost");
    }
    let saved = office.send(&form, &form, &[("reference", " CL-0017 ")]);
    assert_eq!(saved.to, Some(format!("{path}?done=reference")), "{}", saved.html);
    let page = office.visitor.get(&saved.to.unwrap());
    assert!(page.contains("The reference is saved.") && page.contains("CL-0017"), "{}", page.html);
    for _ in 0..3 {
        phone.sync().unwrap();
    }
    let log = phone.access_log().unwrap();
    let by_mo = log.iter().find(|entry| entry.by.as_deref() == Some("Mo Ang")).unwrap();
    assert_eq!(by_mo.did, [StaffAction::ChangedReference]);
    let log = office.server.run(&["audit", "list", "--council", COUNCIL]);
    assert!(log.contains("changed_reference") && !log.contains("CL-0017"), "{log}");
}

#[test]
fn adviser_has_no_form_for_a_reference() {
    let office = Office::of("manager");
    let adviser = Visitor::signed_up(&office.server, "j.okoro", "adviser");
    let path = format!("/console/people/{}", office.ada);
    assert!(!adviser.get(&path).contains("Change the reference"));
    assert_eq!(adviser.get(&format!("{path}/reference")).status, 403);
}

#[test]
fn administrator_corrects_the_address_of_a_colleague_and_their_sign_in_stays() {
    let office = Office::of("administrator");
    let jo = Visitor::signed_up(&office.server, "j.okoro", "adviser");
    office.colleague("k.lee", "Kim Lee");
    let path = format!("/console/staff/{}", office.jo);
    let form = format!("{path}/handle");
    assert!(office.visitor.get(&path).contains("Change the address by which"));
    assert_eq!(office.visitor.get(&form).field("handle").as_deref(), Some("j.okoro"));
    let long = "x".repeat(121);
    for (typed, error) in [
        ("", "Enter the address that your staff directory has"),
        ("K.Lee", "We find a colleague by this address already"),
        (long.as_str(), "must be 120 characters or fewer"),
    ] {
        let refused = office.send(&form, &form, &[("handle", typed)]);
        assert!(refused.status == 422 && refused.contains(error), "{}", refused.html);
        assert_eq!(refused.field("handle").as_deref(), Some(typed), "nothing is lost");
    }
    let saved = office.send(&form, &form, &[("handle", "Jo.Okoro@x.uk")]);
    assert_eq!(saved.to, Some(format!("{path}?done=handle")), "{}", saved.html);
    let page = office.visitor.get(&saved.to.unwrap());
    assert!(page.contains("The address is saved.") && page.contains("jo.okoro@x.uk"));
    assert_eq!(jo.get("/console/people").status, 200, "they stay signed in");
    // A code of the authenticator works once.
    office.server.clock.set(MINUTE);
    Visitor::signed_in_again(&office.server, &jo, "j.okoro");
    let log = office.server.run(&["audit", "list", "--council", COUNCIL]);
    assert!(log.contains("changed_handle"), "{log}");
}

#[test]
fn changing_an_address_requires_recent_login() {
    let office = Office::of("administrator");
    let form = format!("/console/staff/{}/handle", office.jo);
    office.server.clock.set(11 * MINUTE);
    let asked = office.send(&form, &form, &[("handle", "jo.okoro@x.uk")]);
    assert!(asked.status == 401 && asked.contains("Type your password again"), "{}", asked.html);
    let page = office.visitor.get(&form);
    assert_eq!(page.field("handle").as_deref(), Some("j.okoro"), "nothing changed");
}
