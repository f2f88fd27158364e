//! What is new for the person, what they are reminded of, and appointments for a calendar.

use std::fs;

use chrono::{DateTime, Utc};
use promise_core::{
    AppointmentNewsKind, AskAbout, DayChange, News, OpportunityEdit, PlannedReminder,
    REMINDER_TEXT, Reminder, ReminderAbout, WordChange,
};
use promise_ffi::PocketPhone;
use promise_tests::harness::TestServer;

use crate::{Scenario, world::World};

/// Publishes the example council with another word.
fn publish_with(world: &World, word: &str, other: &str) {
    let folder = tempfile::tempdir().unwrap();
    for file in ["promise.toml", "opportunities.csv", "directory.toml"] {
        let text = fs::read_to_string(TestServer::council_folder().join(file)).unwrap();
        fs::write(folder.path().join(file), text.replace(word, other)).unwrap();
    }
    world.server.publish(folder.path());
}

/// Runs a command about an appointment of the person.
fn appointment(world: &World, command: &str, rest: &[&str]) -> String {
    let line = ["appointment", command, "--person", &world.person];
    world.server.run(&[&line[..], rest].concat()).trim().to_owned()
}

/// Plans the next visit of the person for a day.
fn plan_visit(world: &World, day: &str) {
    let visit = ["--person", &world.person, "--timescale", "adviser-visit", "--next", day];
    world.server.run(&[&["timescale", "record"][..], &visit].concat());
}

fn news(phone: &PocketPhone) -> News {
    phone.news(vec!["en".into()]).unwrap()
}

fn reminders(phone: &PocketPhone) -> Vec<PlannedReminder> {
    let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
    phone.reminders(at("2099-06-01T00:00:00Z"), at("2099-08-01T00:00:00Z")).unwrap()
}

fn moments(reminders: &[PlannedReminder]) -> Vec<String> {
    reminders.iter().map(|reminder| reminder.at.to_rfc3339()).collect()
}

/// The value of the only property with this name.
fn value(file: &str, name: &str) -> String {
    let mut lines = file.lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    let value = lines.next().unwrap().to_owned();
    assert_eq!(lines.next(), None, "{name}");
    value
}

pub const SCENARIOS: &[Scenario] = &[
    ("news-until-seen", |world| {
        let phone = world.carried("promise.db");
        assert!(news(&phone).is_empty());
        phone.save_opportunity("p01".into(), OpportunityEdit::default()).unwrap();
        let ask = phone.write_ask("Can we meet?".into(), AskAbout::Anything).unwrap();
        phone.sync(None).unwrap();
        let adviser = world.adviser.clone();
        let number = "07700 900456:mobile:prefer";
        world.server.run(&["contact", "set", "--staff", &adviser, "--phone", number]);
        let answer = ["ask", "reply", "--person", &world.person, "--ask", ask.as_str()];
        world.server.run(&[&answer[..], &["--status", "done", "--text", "Yes"]].concat());
        appointment(world, "add", &["--title", "Plan review", "--at", "2099-06-30T14:00:00+01:00"]);
        plan_visit(world, "2099-07-10");
        publish_with(world, "Find your voice", "Find your song");
        phone.sync(None).unwrap();
        drop(phone);
        world.server.stop();
        let phone = world.open("promise.db");
        let found = news(&phone);
        assert_eq!((found.numbers.len(), found.pledges.len()), (1, 0));
        assert!(found.next_change.is_some_and(|change| change > Utc::now()));
        assert_eq!(found.answers[0].ask.reply.as_deref(), Some("Yes"));
        let made = &found.appointments[0];
        assert_eq!(made.what, AppointmentNewsKind::Added);
        assert_eq!(made.appointment.starts_at, "2099-06-30T13:00:00Z".parse().ok());
        let visit = &found.timescales[0];
        assert_eq!(visit.timescale.id, "adviser-visit");
        let planned = DayChange { before: None, now: "2099-07-10".parse().ok() };
        assert_eq!(visit.planned, planned);
        let runs = &found.opportunities[0].change.texts[0].runs;
        let runs: Vec<_> = runs.iter().map(|run| (run.change, run.words.as_str())).collect();
        let expected = [
            (WordChange::Same, "Find your "),
            (WordChange::Removed, "voice"),
            (WordChange::Added, "song"),
        ];
        assert_eq!(runs, expected);
        let changed = &found.opportunities[0];
        let seen = [&found.answers[0].news_id, &made.news_id, &visit.news_id, &changed.news_id];
        for id in seen {
            phone.mark_news_seen(id.clone()).unwrap();
        }
        phone.mark_numbers_seen(found.numbers[0].owner.clone()).unwrap();
        assert!(news(&phone).is_empty());
    }),
    ("reminders", |world| {
        let phone = world.carried("promise.db");
        let at = ["--title", "Plan review", "--at", "2099-06-30T14:00:00+01:00"];
        let id = appointment(world, "add", &at);
        let remind_on = "2099-06-15".parse().ok().map(Reminder::On);
        let chosen = OpportunityEdit { remind_on, ..OpportunityEdit::default() };
        phone.save_opportunity("p01".into(), chosen).unwrap();
        plan_visit(world, "2099-06-20");
        phone.sync(None).unwrap();
        let first = reminders(&phone);
        let expected = [
            "2099-06-15T09:00:00+00:00",
            "2099-06-19T17:00:00+00:00",
            "2099-06-29T17:00:00+00:00",
            "2099-06-30T11:00:00+00:00",
        ];
        assert_eq!(moments(&first), expected);
        assert!(first.iter().all(|reminder| reminder.text == REMINDER_TEXT));
        assert_eq!(first[0].about, Some(ReminderAbout::ChosenDay { id: "p01".into() }));
        let visit = ReminderAbout::Timescale { id: "adviser-visit".into() };
        assert_eq!(first[1].about, Some(visit));
        assert_eq!(first[2].about, Some(ReminderAbout::Appointment { id: id.as_str().into() }));
        let moved = ["--appointment", &id, "--at", "2099-07-01T10:00:00+01:00"];
        appointment(world, "change", &moved);
        phone.sync(None).unwrap();
        let second = reminders(&phone);
        assert_eq!(
            moments(&second)[2..],
            ["2099-06-30T17:00:00+00:00", "2099-07-01T07:00:00+00:00"]
        );
        assert!(first.iter().zip(&second).all(|(before, now)| before.id == now.id));
        appointment(world, "cancel", &["--appointment", &id]);
        phone.sync(None).unwrap();
        assert_eq!(reminders(&phone), first[..2]);
    }),
    ("calendar", |world| {
        let phone = world.carried("promise.db");
        let details =
            ["--title", "Plan review", "--minutes", "45", "--place", "Room 2; Civic Centre"];
        let at = ["--at", "2099-06-30T14:00:00+01:00"];
        let id = appointment(world, "add", &[&details[..], &at].concat());
        phone.sync(None).unwrap();
        let made = phone.export_calendar().unwrap();
        assert_eq!(value(&made, "DTSTART"), "20990630T130000Z");
        assert_eq!(value(&made, "DTEND"), "20990630T134500Z");
        assert_eq!(value(&made, "LOCATION"), r"Room 2\; Civic Centre");
        let moved = ["--appointment", &id, "--at", "2099-07-01T10:00:00+01:00"];
        appointment(world, "change", &moved);
        phone.sync(None).unwrap();
        let moved = phone.export_calendar().unwrap();
        appointment(world, "cancel", &["--appointment", &id]);
        phone.sync(None).unwrap();
        let cancelled = phone.export_calendar().unwrap();
        let of = |file: &str| (value(file, "STATUS"), value(file, "DTSTART"));
        assert_eq!(of(&moved), ("CONFIRMED".to_owned(), "20990701T090000Z".to_owned()));
        assert_eq!(of(&cancelled), ("CANCELLED".to_owned(), "20990701T090000Z".to_owned()));
        let sequence = |file: &str| value(file, "SEQUENCE").parse::<u32>().unwrap();
        assert!(sequence(&made) < sequence(&moved) && sequence(&moved) < sequence(&cancelled));
        for file in [&moved, &cancelled] {
            assert_eq!(value(file, "UID"), value(&made, "UID"));
        }
    }),
];
