//! A console to try out: the adviser of the demo and a colleague of each other role, each with a
//! sign-in that works, more young people, and an address book.

use promise_protocol::ids::StaffId;
use promise_services::{Entity, OsRandom, ServiceError, StaffRole, StaffScope, sign_in};

use crate::harness::{COUNCIL, TestServer};

/// The password of every account of the demo.
pub const PASSWORD: &str = "riverbank lanterns at noon";

/// The recovery codes of each account: sign-ins that work before an authenticator is set up.
const CODES: usize = 3;

const COLLEAGUES: [(&str, &str, StaffRole); 5] = [
    ("mo.farrell", "Mo Farrell", StaffRole::Manager),
    ("ed.lind", "Ed Lind", StaffRole::Editor),
    ("pat.yusuf", "Pat Yusuf", StaffRole::Publisher),
    ("adam.stone", "Adam Stone", StaffRole::Administrator),
    ("audrey.vane", "Audrey Vane", StaffRole::Auditor),
];

/// A sign-in that works.
pub struct Ready {
    /// The name to sign in with.
    pub name: &'static str,
    /// The person and their role, in words.
    pub who: String,
    /// Recovery codes. Each works once.
    pub codes: Vec<String>,
}

/// Gives Jo and a colleague of each role a sign-in, and Jo two young people beside the one of the demo; one
/// more has no adviser yet.
pub(super) fn furnish(server: &TestServer, jo: &str, person: &str) -> Vec<Ready> {
    let mut of_jo = vec![person.to_owned()];
    for (reference, has_adviser) in [("CL-0002", true), ("CL-0003", true), ("CL-0004", false)] {
        let line = ["person", "add", "--council", COUNCIL, "--reference", reference];
        let person = server.run(&line).trim().to_owned();
        if has_adviser {
            server.assign(&person, jo);
            of_jo.push(person);
        }
    }
    fill_address_book(server, &of_jo);
    let mut all = vec![ready(server, jo, ("j.okoro", "Jo Okoro", StaffRole::Adviser))];
    for colleague in COLLEAGUES {
        let staff = server.add_staff(colleague.0, &["--name", colleague.1]);
        all.push(ready(server, &staff, colleague));
    }
    all
}

/// Fills the address book with the night line of a hostel, which all of these young people have, and with a
/// surgery, which the first one has.
fn fill_address_book(server: &TestServer, people: &[String]) {
    let add = |card: &[&str]| {
        let line = [&["address-book", "add", "--council", COUNCIL], card].concat();
        server.run(&line).trim().to_owned()
    };
    let night_line = add(&[
        "--name",
        "Night line at Elm House",
        "--role",
        "Supported housing",
        "--phone",
        "020 7946 0111:oohs",
        "--hours",
        "mon-sun 22:00-08:00 next day",
        "--on-closed-days",
        "as_usual",
    ]);
    let surgery = add(&[
        "--name",
        "Riverbridge Surgery",
        "--role",
        "Doctors",
        "--phone",
        "01632 960111:landline",
        "--hours",
        "mon-fri 08:00-18:30",
    ]);
    let all = people.iter().map(|person| (&night_line, person));
    let first = people.first().map(|person| (&surgery, person));
    for (entry, person) in all.chain(first) {
        server.run(&["address-book", "give", "--entry", entry, "--person", person]);
    }
}

fn ready(
    server: &TestServer,
    staff: &str,
    (name, who, role): (&'static str, &str, StaffRole),
) -> Ready {
    let now = chrono::Utc::now().timestamp_millis();
    let hashed = sign_in::hash_password(PASSWORD).expect("a password");
    let staff = StaffId::from(staff);
    let codes = server.transact(|tx| {
        let operator = StaffScope::operator();
        let token = sign_in::invite(tx, &operator, &staff, (name, role), 60, now, &mut OsRandom)?;
        sign_in::set_password(tx, &token, hashed, now)?;
        // No phone has this authenticator: only the recovery codes work.
        let mut own = tx.sign_in(&staff)?.ok_or(ServiceError::NotFound(Entity::SignIn))?;
        own.totp = Some(sign_in::new_totp_secret(&mut OsRandom)?);
        tx.set_sign_in(&own)?;
        sign_in::new_recovery_codes(tx, &staff, &mut OsRandom)
    });
    let who = format!("{who}, {}", role.as_str());
    Ready { name, who, codes: codes.into_iter().take(CODES).collect() }
}
