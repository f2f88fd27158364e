//! Whom to ring right now.

use chrono::{DateTime, Utc};
use promise_core::{ContactEdit, LaterEntry, RingNow, RingPlace, RingWho, WhyNotNow, WhyNow};
use promise_ffi::PocketPhone;
use promise_protocol::pack::ClosedDays;

use crate::{Scenario, world::World};

const PIN: &str = "4826";

/// The lines that are open at any time, in the order of the directory.
const ALWAYS: [&str; 5] = ["999", "nhs-111", "samaritans", "childline", "refuge"];

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("a moment")
}

fn ring_now(phone: &PocketPhone, moment: &str) -> RingNow {
    phone.ring_now(at(moment)).unwrap()
}

/// The name of a contact, or the id of a line.
fn named(who: &RingWho) -> &str {
    match who {
        RingWho::Contact { name, .. } => name,
        RingWho::Line { id, .. } => id,
        RingWho::EmergencyServices => "built in",
    }
}

fn rung(answer: &RingNow) -> Vec<&str> {
    answer.ring.iter().map(|entry| named(&entry.who)).collect()
}

fn later<'a>(answer: &'a RingNow, name: &str) -> &'a LaterEntry {
    answer.later.iter().find(|entry| named(&entry.who) == name).expect("they answer later")
}

/// Adds a colleague with a number and hours.
fn add_colleague(world: &World, handle: &str, name: &str) {
    let card = ["--name", name, "--phone", "07700 900456:mobile", "--hours", "mon-fri 09:00-17:00"];
    world.server.add_staff(handle, &card);
}

fn add_leave(world: &World, staff: &str, [from, to]: [&str; 2], cover: &str) {
    let days = ["--staff", staff, "--from", from, "--to", to, "--cover", cover, "--yes"];
    world.server.run(&[&["contact", "leave"], &days[..]].concat());
}

pub const SCENARIOS: &[Scenario] = &[
    ("ring-now", |world| {
        drop(world.carried("promise.db"));
        world.server.stop();
        let phone = world.open("promise.db");
        let tuesday = ring_now(&phone, "2027-02-02T14:00:00Z");
        assert_eq!(rung(&tuesday), [&["Jo Okoro", "duty"], &ALWAYS[..]].concat());
        let five = at("2027-02-02T17:00:00Z");
        assert_eq!(tuesday.ring[0].why, WhyNow::Working { until: five });
        assert_eq!(tuesday.ring[0].numbers[0].number, "+447700900123");
        let duty = &tuesday.ring[1];
        assert_eq!((duty.place, duty.texts.len()), (RingPlace::DutyLine, 1));
        assert_eq!(tuesday.next_change, Some(five));
        let friday = ring_now(&phone, "2027-02-05T18:30:00Z");
        assert_eq!(rung(&friday), [&["emergency-team"], &ALWAYS[..]].concat());
        let monday = at("2027-02-08T08:45:00Z");
        assert_eq!(friday.ring[0].why, WhyNow::Open { until: monday });
        assert_eq!(later(&friday, "Jo Okoro").next, Some(at("2027-02-08T09:00:00Z")));
        let christmas = ring_now(&phone, "2026-12-25T03:00:00Z");
        assert_eq!(rung(&christmas), rung(&friday));
        let closed = WhyNotNow::ClosedDay { name: "Christmas Day".to_owned() };
        assert_eq!(later(&christmas, "duty").why, closed);
        assert_eq!(later(&christmas, "duty").next, Some(at("2026-12-29T08:45:00Z")));
        let doubled = ring_now(&phone, "2027-10-31T00:30:00Z");
        assert_eq!(doubled, ring_now(&phone, "2027-10-31T01:30:00Z"));
        assert_eq!(doubled.next_change, Some(at("2027-11-01T08:45:00Z")));
        let elapsed = Utc::now() - phone.council_time().unwrap();
        assert!(elapsed.num_minutes() == 0, "{elapsed}");
    }),
    ("ring-now-cover", |world| {
        let phone = world.carried("promise.db");
        add_colleague(world, "b.osei", "Bo Osei");
        add_colleague(world, "c.ray", "Cy Ray");
        add_leave(world, "b.osei", ["2099-12-07", "2099-12-21"], "c.ray");
        add_leave(world, &world.adviser, ["2099-12-01", "2099-12-14"], "b.osei");
        phone.sync(None).unwrap();
        let adviser =
            phone.contacts().unwrap().into_iter().find(|it| it.display_name == "Jo Okoro");
        let adviser = adviser.unwrap().id;
        for (moment, name, until) in [
            ("2099-12-02T10:00:00Z", "Bo Osei", "2099-12-06"),
            ("2099-12-08T10:00:00Z", "Cy Ray", "2099-12-14"),
        ] {
            let answer = ring_now(&phone, moment);
            let first = &answer.ring[0];
            assert_eq!((named(&first.who), first.place), (name, RingPlace::Cover));
            let WhyNow::Covers { contact, last_day, .. } = &first.why else { panic!("{first:?}") };
            assert_eq!((contact, last_day.to_string().as_str()), (&adviser, until));
            let jo = later(&answer, "Jo Okoro");
            assert!(matches!(&jo.why, WhyNotNow::OnLeave { cover: Some(_), .. }), "{jo:?}");
            assert_eq!(jo.next, Some(at("2099-12-15T09:00:00Z")));
        }
    }),
    ("ring-now-closed-day", |world| {
        let phone = world.carried("promise.db");
        let christmas = || ring_now(&phone, "2026-12-25T10:00:00Z");
        assert_eq!(rung(&christmas())[0], "emergency-team");
        let rule = ["--staff", &world.adviser, "--on-closed-days", "as_usual"];
        world.server.run(&[&["contact", "set"], &rule[..]].concat());
        phone.sync(None).unwrap();
        let contact = phone.contacts().unwrap().remove(0);
        assert_eq!(contact.on_closed_days, Some(ClosedDays::AsUsual));
        let answer = christmas();
        assert_eq!(rung(&answer), [&["Jo Okoro", "emergency-team"], &ALWAYS[..]].concat());
        assert_eq!(answer.ring[0].why, WhyNow::Working { until: at("2026-12-25T17:00:00Z") });
    }),
    ("ring-now-locked", |world| {
        let phone = world.carried("promise.db");
        let adviser = phone.contacts().unwrap().remove(0).id;
        let discreet = ContactEdit { discreet: Some(true), ..ContactEdit::default() };
        phone.edit_contact(adviser, discreet).unwrap();
        phone.set_pin(PIN.into()).unwrap();
        let tuesday = || ring_now(&phone, "2027-02-02T14:00:00Z");
        assert_eq!(rung(&tuesday())[0], "Jo Okoro");
        phone.lock().unwrap();
        assert_eq!(rung(&tuesday()), [&["duty"], &ALWAYS[..]].concat());
        phone.unlock(PIN.into()).unwrap();
        assert_eq!(rung(&tuesday())[0], "Jo Okoro");
    }),
];
