//! Addresses with an id that no record can have: the role is checked before the id is parsed, so that a
//! role which may not use a page gets the same refusal for every address of it.

use promise_services::StaffRole;
use promise_tests::harness::TestServer;

use crate::visitor::{Visitor, person};

#[test]
fn malformed_phone_id_is_refused_for_the_role_first() {
    let server = TestServer::start();
    let person = person(&server, "CL-0001");
    for role in StaffRole::ALL {
        let name = role.as_str();
        let staff = server.add_staff(name, &["--name", name, "--email", "staff@example.org"]);
        if role == StaffRole::Adviser {
            server.assign(&person, &staff);
        }
        let visitor = Visitor::signed_up(&server, name, name);
        let may_change = matches!(role, StaffRole::Adviser | StaffRole::Manager);
        let wanted = if may_change { 404 } else { 403 };
        for page in ["confirm", "unpair"] {
            let path = format!("/console/people/{person}/phones/none/{page}");
            assert_eq!(visitor.get(&path).status, wanted, "GET {page} {role:?}");
            // A page to take the form's token from.
            visitor.get("/console/account");
            assert_eq!(visitor.post(&path, &[]).status, wanted, "POST {page} {role:?}");
        }
    }
}
