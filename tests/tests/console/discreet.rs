//! An adviser whom an abuser must not see: the box on their card, and the locked phone.

use promise_tests::harness::{TestPhone, TestServer};

use crate::visitor::{Visitor, person};

/// Saves Jo's card, with the box ticked or not.
fn save(visitor: &Visitor, card: &str, is_discreet: bool) {
    let was = visitor.get(card).field("was").unwrap();
    let mut fields = vec![("was", was), ("display_name", "Jo Okoro".to_owned())];
    if is_discreet {
        fields.push(("seen", "discreet".to_owned()));
    }
    assert!(visitor.post(card, &fields).to.is_some());
}

#[test]
fn adviser_who_ticks_the_box_is_not_on_a_locked_phone() {
    let server = TestServer::start();
    let jo = server.add_staff("j.okoro", &["--name", "Jo Okoro"]);
    let ada = person(&server, "CL-0001");
    server.assign(&ada, &jo);
    let visitor = Visitor::signed_up(&server, "j.okoro", "adviser");
    let card = format!("/console/cards/{jo}");
    assert!(visitor.get(&card).contains("must not see that you help them"));
    let phone = TestPhone::paired(&server, &ada);
    phone.sync().unwrap();
    phone.app_lock().set_pin("4826").unwrap();
    let on_locked_phone = || {
        phone.sync().unwrap();
        phone.app_lock().lock();
        let shown = phone.contacts().list().unwrap().len();
        phone.app_lock().unlock("4826").unwrap();
        (shown, phone.contacts().list().unwrap().remove(0).discreet_by_adviser)
    };
    assert_eq!(on_locked_phone(), (1, false));
    save(&visitor, &card, true);
    assert_eq!(on_locked_phone(), (0, true));
    save(&visitor, &card, false);
    assert_eq!(on_locked_phone(), (1, false));
}
