//! What a phone receives, and how it reads it.

use std::{
    fs,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use chrono::{NaiveDate, NaiveTime, TimeDelta, Utc};
use promise_core::{
    AskAbout, ContactEdit, NumberOwner, OpportunityEdit, OpportunityFilter, OwnContactEdit, Topic,
};
use promise_ffi::{ChangeListener, ListenerError, PocketPhone, is_right_to_left, isolate};
use promise_protocol::{
    OpportunityId,
    access::{AccessRole, StaffAction},
    availability::Availability,
    cover::CoverDays,
    london,
    pack::{OpportunityKind, Picture},
    timescale::LimitState,
    values::{PhoneKind, PhoneNumber, Weekday},
};
use promise_tests::harness::{COUNCIL, TestServer};

use crate::{Scenario, world::OLD_NUMBER};

const NEW_NUMBER: &str = "+447700900456";

/// Counts the changes of contacts.
#[derive(Default)]
struct Watching(AtomicUsize);

impl ChangeListener for Watching {
    fn changed(&self, topics: Vec<Topic>) -> Result<(), ListenerError> {
        if topics.contains(&Topic::Contacts) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
        Ok(())
    }
}

fn watch(phone: &PocketPhone) -> Arc<Watching> {
    let watching = Arc::new(Watching::default());
    phone.set_listener(Some(watching.clone())).unwrap();
    watching
}

fn all() -> OpportunityFilter {
    OpportunityFilter { closed_too: true, ..OpportunityFilter::default() }
}

fn ids(phone: &PocketPhone, filter: OpportunityFilter) -> Vec<String> {
    phone.opportunities(filter).unwrap().into_iter().map(|listed| listed.opportunity.id).collect()
}

fn has_everything(phone: &PocketPhone) {
    let promise = phone.promise().unwrap().unwrap();
    assert_eq!(promise.title["en"], "Our promise to you");
    assert!(promise.chapters.iter().all(|chapter| !chapter.pledges.is_empty()));
    assert!(phone.directory().unwrap().lines.0.iter().any(|line| line.id == "999"));
    assert!(phone.opportunities(all()).unwrap().len() > 30);
    let contacts = phone.contacts().unwrap();
    assert_eq!((contacts.len(), contacts[0].role.as_str()), (1, "Personal adviser"));
    assert_eq!(contacts[0].phones[0].number, OLD_NUMBER);
    assert_eq!(contacts[0].working_pattern[0].opens, time(9, 0));
}

fn time(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).unwrap()
}

fn bus(phone: &PocketPhone) -> Picture {
    let chapters = phone.promise().unwrap().unwrap().chapters;
    let mut pledges = chapters.into_iter().flat_map(|chapter| chapter.pledges);
    let bus = pledges.find(|marked| marked.pledge.id == "bus-pass").unwrap();
    bus.pledge.picture.unwrap()
}

pub const SCENARIOS: &[Scenario] = &[
    ("first-sync", |world| {
        let phone = world.carried("promise.db");
        has_everything(&phone);
        let status = phone.status().unwrap();
        assert!(status.last_sync.is_some());
        assert_eq!(status.unsent, 0);
    }),
    ("read-offline", |world| {
        drop(world.carried("promise.db"));
        world.server.stop();
        has_everything(&world.open("promise.db"));
    }),
    ("visits-and-reviews", |world| {
        let phone = world.carried("promise.db");
        assert!(phone.timescales().unwrap().is_empty());
        let today = london::day(Utc::now());
        let day = |offset: i64| (today + TimeDelta::days(offset)).to_string();
        let visit = ["--person", &world.person, "--timescale", "adviser-visit"];
        let record = |days: &[&str]| {
            world.server.run(&[&["timescale", "record"][..], &visit, days].concat());
        };
        record(&["--last", &day(-57)]);
        phone.sync(None).unwrap();
        drop(phone);
        let phone = world.open("promise.db");
        let visit = phone.timescales().unwrap().remove(0);
        assert_eq!(visit.days.last.map(|last| last.to_string()), Some(day(-57)));
        let promise = visit.days.promise.unwrap();
        assert_eq!((promise.by.to_string(), promise.state), (day(-1), LimitState::Overdue));
        assert_eq!(visit.days.law.map(|limit| limit.state), Some(LimitState::Soon));
        record(&["--last", &day(0), "--next", &day(30)]);
        phone.sync(None).unwrap();
        let days = phone.timescales().unwrap().remove(0).days;
        assert_eq!(days.next.map(|next| next.to_string()), Some(day(30)));
        let limits = [days.promise, days.law].map(|limit| limit.unwrap().state);
        assert_eq!(limits, [LimitState::Later; 2]);
    }),
    ("adviser-changes-a-number", |world| {
        let phone = world.carried("promise.db");
        let watching = watch(&phone);
        let number = "07700 900456:mobile:prefer";
        world.server.run(&["contact", "set", "--staff", &world.adviser, "--phone", number]);
        phone.sync(None).unwrap();
        assert_eq!(watching.0.load(Ordering::SeqCst), 1);
        assert_eq!(phone.contacts().unwrap()[0].phones[0].number, NEW_NUMBER);
    }),
    ("changed-number-until-seen", |world| {
        let phone = world.carried("promise.db");
        assert_eq!(phone.number_changes().unwrap(), []);
        let (adviser, number) = (world.adviser.clone(), "07700 900456:mobile");
        world.server.run(&["contact", "set", "--staff", &adviser, "--phone", number]);
        phone.sync(None).unwrap();
        drop(phone);
        let phone = world.open("promise.db");
        let changes = phone.number_changes().unwrap();
        let [change] = &changes[..] else { panic!("{changes:?}") };
        assert_eq!(
            change.owner,
            NumberOwner::Contact { id: phone.contacts().unwrap()[0].id.clone() }
        );
        assert_eq!(change.new[0].number, NEW_NUMBER);
        assert_eq!(change.replaced[0].number, OLD_NUMBER);
        phone.mark_numbers_seen(change.owner.clone()).unwrap();
        assert_eq!(phone.number_changes().unwrap(), []);
    }),
    ("details-checked", |world| {
        let phone = world.carried("promise.db");
        assert_eq!(phone.contacts().unwrap()[0].verified_on, None);
        let adviser = world.adviser.clone();
        let today = || london::day(Utc::now());
        let before = today();
        world.server.run(&["contact", "check", "--staff", &adviser]);
        phone.sync(None).unwrap();
        drop(phone);
        let phone = world.open("promise.db");
        let checked = phone.contacts().unwrap()[0].verified_on.unwrap();
        assert!((before..=today()).contains(&checked), "{checked}");
        let number = "07700 900456:mobile";
        world.server.run(&["contact", "set", "--staff", &adviser, "--phone", number]);
        phone.sync(None).unwrap();
        assert_eq!(phone.contacts().unwrap()[0].verified_on, None);
    }),
    ("contact-from-the-address-book", |world| {
        let phone = world.carried("promise.db");
        let surgery = |phone: &PocketPhone| {
            let contacts = phone.contacts().unwrap();
            assert_eq!(contacts.len(), 2);
            contacts.into_iter().find(|contact| contact.display_name == "Surgery").unwrap()
        };
        let card = ["--name", "Surgery", "--phone", "020 7946 0001"];
        let add = [&["address-book", "add", "--council", COUNCIL], &card[..]].concat();
        let entry = world.server.run(&add).trim().to_owned();
        let of = ["--entry", &entry, "--person", &world.person];
        world.server.run(&[&["address-book", "give"], &of[..]].concat());
        phone.sync(None).unwrap();
        let given = surgery(&phone);
        assert_eq!((&*given.phones[0].number, &given.end_note), ("+442079460001", &None));
        let tomorrow = london::day(Utc::now()).succ_opt().unwrap();
        let (day, why) = (tomorrow.to_string(), "You moved. Your adviser helps.");
        let end = ["--last-day", &day, "--why", why];
        world.server.run(&[&["address-book", "end"], &of[..], &end[..]].concat());
        phone.sync(None).unwrap();
        drop(phone);
        let ended = surgery(&world.open("promise.db"));
        assert_eq!((ended.valid_to, ended.end_note.as_deref()), (Some(tomorrow), Some(why)));
        assert!(!ended.phones.is_empty(), "it still helps");
    }),
    ("nothing-changes-nothing-is-told", |world| {
        let phone = world.carried("promise.db");
        let watching = watch(&phone);
        phone.sync(None).unwrap();
        assert_eq!(watching.0.load(Ordering::SeqCst), 0);
    }),
    ("cover-of-cover", |world| {
        let phone = world.carried("promise.db");
        world.server.add_staff("b.osei", &["--name", "Bo Osei"]);
        world.server.add_staff("c.ray", &["--name", "Cy Ray"]);
        let leave = |staff: &str, [from, to]: [&str; 2], cover: &str| {
            let days = ["--staff", staff, "--from", from, "--to", to, "--cover", cover, "--yes"];
            world.server.run(&[&["contact", "leave"], &days[..]].concat());
        };
        leave("b.osei", ["2099-12-07", "2099-12-21"], "c.ray");
        leave(&world.adviser, ["2099-12-01", "2099-12-14"], "b.osei");
        phone.sync(None).unwrap();
        let contacts = phone.contacts().unwrap();
        let of = |name: &str| contacts.iter().find(|it| it.display_name == name).unwrap();
        let day = |day| NaiveDate::from_ymd_opt(2099, 12, day).unwrap();
        let id = |name: &str| Some(of(name).id.as_str().to_owned());
        let days = |from, to, name| CoverDays { from: day(from), to: day(to), cover: id(name) };
        let expected = [days(1, 6, "Bo Osei"), days(7, 14, "Cy Ray")];
        assert_eq!(of("Jo Okoro").cover_days, expected);
    }),
    ("who-looked", |world| {
        let phone = world.carried("promise.db");
        let looked = phone.access_log().unwrap().into_iter().map(|entry| entry.looked);
        assert_eq!(looked.sum::<u32>(), 0, "the operator only set things up");
        world.asks_at_the_council();
        let number = "07700 900456:mobile";
        world.server.run(&["contact", "set", "--staff", &world.adviser, "--phone", number]);
        phone.sync(None).unwrap();
        phone.sync(None).unwrap();
        world.server.stop();
        let log = phone.access_log().unwrap();
        let of = |role| log.iter().find(|entry| entry.role == role).unwrap();
        let paired = [StaffAction::PairedPhone, StaffAction::StartedPairing];
        assert_eq!(of(AccessRole::OwnPhone).did, paired);
        let entry = of(AccessRole::Operator);
        assert_eq!((entry.looked, &entry.by, log.len()), (1, &None, 2));
        let invited = [StaffAction::ConfirmedPairing, StaffAction::InvitedPhone];
        assert_eq!(entry.did, [&[StaffAction::ChangedContact], &invited[..]].concat());
        let days_ago = Utc::now().date_naive() - entry.day;
        assert!(days_ago.num_days().abs() <= 1, "{}", entry.day);
    }),
    ("pictures", |world| {
        world.server.publish(&TestServer::folder_with_pictures());
        let frugal = world.paired_at(&world.server.url(), "second.db");
        frugal.set_pictures_with_sync(false).unwrap();
        assert_eq!(frugal.sync(None).unwrap().pictures, 0);
        let state = frugal.pictures_state().unwrap();
        assert_eq!((state.total, state.missing, state.with_sync), (2, 2, false));
        assert!((100..80_000).contains(&state.missing_bytes));
        assert_eq!(frugal.fetch_pictures(None), Ok(2));

        let phone = world.paired_at(&world.server.url(), "promise.db");
        assert_eq!(phone.sync(None).unwrap().pictures, 2);
        world.server.stop();
        assert_eq!(phone.pictures_state().unwrap().missing, 0);
        let bus = bus(&phone);
        let bytes = phone.picture(bus.hash.clone()).unwrap().unwrap();
        assert_eq!((bytes.len(), &bytes[8..12]), (bus.bytes as usize, &b"WEBP"[..]));
        assert_eq!((bus.width, bus.height, bus.alt["en"].as_str()), (960, 640, "A red bus"));
        assert_eq!(phone.picture("0".repeat(64)), Ok(None));
    }),
    ("search", |world| {
        let phone = world.carried("promise.db");
        let found = phone.search("prescr".into()).unwrap();
        assert!(found.iter().any(|found| found.id == "prescriptions"));
        assert!(!phone.search("okoro".into()).unwrap().is_empty());
        let id = phone.contacts().unwrap()[0].id.clone();
        let hide = ContactEdit { hidden: Some(true), ..ContactEdit::default() };
        phone.edit_contact(id, hide).unwrap();
        assert!(phone.search("okoro".into()).unwrap().is_empty());
    }),
    ("search-spellings", |world| {
        let phone = world.carried("promise.db");
        let number = PhoneNumber {
            number: "07700 900789".into(),
            kind: PhoneKind::Mobile,
            ext: None,
            prefer: false,
            unknown: serde_json::Map::new(),
        };
        let named = |name: &str, phones| OwnContactEdit {
            display_name: Some(name.into()),
            phones: Some(phones),
            ..OwnContactEdit::default()
        };
        phone.add_own_contact(named("Zoë", Vec::new())).unwrap();
        let id = phone.add_own_contact(named("Đức O’Brien-Müller", vec![number])).unwrap();
        phone.add_own_contact(named("Émile", Vec::new())).unwrap();
        for typed in ["duc obrien", "MUELLER", "o'brien", "+44 7700 9007", "٠٧٧٠٠٩٠٠٧٨٩"]
        {
            let found = phone.search(typed.into()).unwrap();
            assert_eq!(found.len(), 1, "{typed}");
            assert_eq!(found[0].id, id.as_str(), "{typed}");
        }
        let found = phone.search("muell".into()).unwrap();
        assert_eq!(found[0].title, "Đức O’Brien-\u{2}Müller\u{3}");
        let names: Vec<String> =
            phone.own_contacts().unwrap().into_iter().map(|it| it.display_name).collect();
        assert_eq!(names, ["Đức O’Brien-Müller", "Émile", "Zoë"]);
    }),
    ("numbers-in-other-direction", |world| {
        let isolated = |text: &str, language: Option<&str>| {
            isolate(text.into(), language.map(str::to_owned)).unwrap()
        };
        assert_eq!(isolated("نور 020 7946 0101", None), "نور \u{2066}020 7946 0101\u{2069}");
        assert_eq!(isolated("020 7946 0101", Some("ku-Arab")), "\u{2066}020 7946 0101\u{2069}");
        assert_eq!(isolated("Ring 020 7946 0101", Some("en")), "Ring 020 7946 0101");
        assert_eq!(is_right_to_left("haz".into()), Ok(true));
        assert_eq!(is_right_to_left("sd-Deva".into()), Ok(false));
        let phone = world.carried("promise.db");
        phone.write_ask("Ring 020\u{202e} 7946".into(), AskAbout::Anything).unwrap();
        assert_eq!(phone.asks().unwrap()[0].text, "Ring 020 7946");
    }),
    ("filter", |world| {
        let phone = world.carried("promise.db");
        let kinds = vec![OpportunityKind::Discount];
        let discounts = ids(&phone, OpportunityFilter { kinds, ..all() });
        assert!(discounts.iter().all(|id| id.starts_with('d')) && discounts.len() == 4);
        let closes_by = NaiveDate::from_ymd_opt(2027, 1, 31);
        let soon = ids(&phone, OpportunityFilter { closes_by, ..all() });
        assert!(soon.contains(&"p01".into()) && !soon.contains(&"t02".into()));
    }),
    ("opportunity-closes", |world| {
        let phone = world.carried("promise.db");
        let p01 = OpportunityId::from("p01");
        phone.save_opportunity(p01.clone(), OpportunityEdit::default()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        for file in ["promise.toml", "opportunities.csv", "directory.toml"] {
            let text = fs::read_to_string(TestServer::council_folder().join(file)).unwrap();
            fs::write(folder.path().join(file), text.replace("2027-01-15", "2020-01-15")).unwrap();
        }
        world.server.publish(folder.path());
        phone.sync(None).unwrap();
        assert!(!ids(&phone, OpportunityFilter::default()).contains(&"p01".into()));
        let saved = OpportunityFilter { saved_only: true, ..OpportunityFilter::default() };
        let saved = phone.opportunities(saved).unwrap();
        let seen = saved.iter().map(|listed| (listed.id(), listed.availability));
        assert_eq!(seen.collect::<Vec<_>>(), [(p01, Availability::Closed)]);
        let listed = phone.opportunities(all()).unwrap();
        let d01 = listed.iter().find(|listed| listed.opportunity.id == "d01").unwrap();
        assert_eq!(d01.availability, Availability::Open);
    }),
    ("days-and-moments", |world| {
        let phone = world.carried("promise.db");
        let listed = phone.opportunities(all()).unwrap();
        let p01 = listed.iter().find(|listed| listed.opportunity.id == "p01").unwrap();
        let closes = p01.opportunity.closes_at.unwrap().to_rfc3339();
        assert_eq!(closes, "2027-01-15T23:59:59+00:00");
        let contact = &phone.contacts().unwrap()[0];
        let opening = &contact.working_pattern[0];
        assert_eq!(
            opening.days,
            [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri]
        );
        assert_eq!((opening.closes, contact.phones[0].kind), (time(17, 0), PhoneKind::Mobile));
    }),
];
