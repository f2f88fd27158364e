//! The log: filters, the check of its chain, and unusual access.

use std::time::Instant;

use chrono::Days;
use promise_database::AuditEntry;
use promise_server::config::Settings;
use promise_services::{
    StaffScope,
    audit::{self, AuditAction, Subject},
    calendar::today,
};
use promise_tests::harness::{COUNCIL, TestServer};

use super::{MINUTE, Office};
use crate::visitor::{Page, Visitor, person};

fn numbers(page: &Page) -> Vec<u64> {
    let rows = page.html.split("data-label=\"Number\">").skip(1);
    rows.map(|row| row.split('<').next().unwrap().parse().unwrap()).collect()
}

/// The parts of a day in the query.
fn day(name: &str, ahead: i64) -> String {
    let now = chrono::Utc::now().timestamp_millis();
    let day = today(now) + chrono::TimeDelta::days(ahead);
    day.format(&format!("{name}-day=%-d&{name}-month=%-m&{name}-year=%Y")).to_string()
}

#[test]
fn log_is_filtered_by_person_colleague_kind_and_day() {
    let office = Office::of("auditor");
    let bea = person(&office.server, "CL-0002");
    for person in [&office.ada, &bea, &bea] {
        office.visitor.get(&format!("/console/people/{person}"));
    }
    let all = office.visitor.get("/console/log");
    assert!(all.contains("Mo Ang (Auditor)") && all.contains("CL-0001"), "{}", all.html);
    let count = |query: &str| numbers(&office.visitor.get(&format!("/console/log?{query}"))).len();
    assert_eq!(count("person=CL-0002"), 2);
    assert_eq!(count(&format!("person={bea}")), 2, "by the random name too");
    assert_eq!(count("person=CL-0002&act=changed"), 0);
    assert_eq!(count("act=looked"), 3);
    assert_eq!(count(&format!("staff={}&act=looked", office.jo)), 0);
    assert_eq!(count(&format!("act=looked&{}&{}", day("from", 0), day("to", 0))), 3);
    assert_eq!(count(&format!("act=looked&{}", day("from", 1))), 0);
    assert_eq!(count(&format!("act=looked&{}", day("to", -1))), 0);
    office.server.run(&["person", "erase", "--person", &bea, "--yes"]);
    assert_eq!(count(&format!("person={bea}&act=erased")), 1, "also of somebody who was erased");

    let filtered = office.visitor.get("/console/log?person=CL-0001&act=looked");
    assert_eq!(filtered.field("person").as_deref(), Some("CL-0001"), "the form says what is shown");
    assert!(
        filtered.html.contains("value=\"looked\" selected") && filtered.contains("Show everything")
    );
}

#[test]
fn invalid_log_filter_is_refused_and_stays_in_the_council() {
    let office = Office::of("auditor");
    let server = &office.server;
    server.run(&["council", "add", "otherton", "Otherton Council"]);
    let line = ["person", "add", "--council", "otherton", "--reference", "OT-1"];
    let far = server.run(&line).trim().to_owned();
    for (query, says) in [
        ("person=CL-9999", "We know no young person by this"),
        (&*format!("person={far}"), "We know no young person by this"),
        ("person=OT-1", "We know no young person by this"),
        ("from-day=31&from-month=2&from-year=2027", "Enter a real date"),
        ("from-day=x", "Enter a real date"),
        (&*format!("{}&{}", day("from", 1), day("to", 0)), "must not be before the first"),
    ] {
        let page = office.visitor.get(&format!("/console/log?{query}"));
        assert!(page.status == 422 && page.contains(says), "{query}: {}", page.html);
        assert!(numbers(&page).is_empty());
    }
    for odd in ["staff=%00", "act=%3Cscript%3E", "act=' OR 1=1--", "before=0", "person=%F0%28"] {
        let page = office.visitor.get(&format!("/console/log?{odd}"));
        assert!(matches!(page.status, 200 | 422), "{odd}: {}", page.status);
        assert!(!page.html.contains("<script>"), "{odd}");
    }
    assert_eq!(office.visitor.get("/console/log?before=x").status, 400);
}

#[test]
fn log_pages_have_no_gap_and_keep_the_filter() {
    let office = Office::of("auditor");
    let ada = office.ada.clone();
    office.server.transact(|tx| {
        let person = tx.person(&ada.as_str().into())?.unwrap();
        for at in 0..120 {
            let act = if at % 2 == 0 { AuditAction::Viewed } else { AuditAction::Invited };
            audit::record(tx, &StaffScope::operator(), Subject::Person(&person), act, "", at)?;
        }
        Ok(())
    });
    let mut seen = Vec::new();
    let mut path = Some("/console/log?act=looked&person=CL-0001".to_owned());
    while let Some(next) = path {
        let page = office.visitor.get(&next);
        seen.extend(numbers(&page));
        let older = page.html.split("href=\"").find(|part| part.contains("Older entries"));
        path = older.map(|link| link.split('"').next().unwrap().replace("&#38;", "&"));
        assert!(path.as_ref().is_none_or(|path| path.contains("act=looked")));
    }
    assert_eq!(seen.len(), 60);
    assert!(seen.is_sorted_by(|a, b| a > b), "the newest first, and none twice");
}

#[test]
fn chain_check_is_logged_and_finds_the_break() {
    let office = Office::of("auditor");
    let path = "/console/log/check";
    assert!(office.visitor.get("/console/log").contains("The log was not checked yet"));
    assert!(office.visitor.get(path).contains("The log was not checked yet"));
    let before = office.server.run(&["audit", "verify", "--council", COUNCIL]);
    assert_eq!(office.send(path, path, &[]).to.as_deref(), Some(path));
    let page = office.visitor.get(path);
    assert!(page.contains("The log is whole") && page.contains("by Mo Ang"), "{}", page.html);
    let hash = before.lines().find_map(|line| line.strip_prefix("Newest hash: ")).unwrap();
    assert!(page.contains(hash), "what the command line says of the same entries");
    assert!(office.visitor.get("/console/log").contains("The log is whole"));

    // An attacker with the database file changes an entry.
    let file = rusqlite::Connection::open(office.server.database()).unwrap();
    file.execute_batch(
        "DROP TRIGGER audit_is_not_changed; UPDATE audit SET action = 'kept' WHERE number = 2;",
    )
    .unwrap();
    office.send(path, path, &[]);
    let page = office.visitor.get(path);
    assert!(page.contains("entry 2 is not what was written"), "{}", page.html);
    let list = office.visitor.get("/console/log");
    assert!(list.contains("The log was tampered with"), "{}", list.html);
    let near = page.html.split("/console/log?before=").nth(1).unwrap();
    let near =
        office.visitor.get(&format!("/console/log?before={}", near.split('"').next().unwrap()));
    assert!(numbers(&near).contains(&2));
}

#[test]
fn unusual_access_is_shown_to_managers_and_auditors() {
    let folder = tempfile::tempdir().unwrap();
    let settings =
        Settings { unusual_access: 3, ..Settings::in_folder(folder.path().join("data")) };
    let server = TestServer::with(settings);
    server.run(&["council", "add", COUNCIL, "Riverbridge Council"]);
    let office = Office::on(server, "auditor");
    let jo = Visitor::signed_up(&office.server, "j.okoro", "manager");
    for number in 2..=3 {
        let person = person(&office.server, &format!("CL-000{number}"));
        office.server.assign(&person, &office.jo);
        for _ in 0..3 {
            jo.get(&format!("/console/people/{person}"));
        }
    }
    assert!(!jo.get("/console/team").contains("Jo Okoro: "), "two people, however often");
    jo.get(&format!("/console/people/{}", office.ada));
    for (who, path) in [(&jo, "/console/team"), (&office.visitor, "/console/log")] {
        assert!(who.get(path).contains("Jo Okoro: 3 young people on "), "{path}");
    }
    let page = office.visitor.get("/console/log");
    let link = page.html.split("<li><a href=\"").find(|part| part.contains("Jo Okoro: 3")).unwrap();
    let link = link.split('"').next().unwrap().replace("&#38;", "&");
    assert_eq!(numbers(&office.visitor.get(&link)).len(), 7, "and leads to the entries");
    assert!(!jo.get("/console/team").html.contains("/console/log"), "a manager has no log");
    office.server.clock.set(8 * 24 * 60 * MINUTE);
    let auditor = Visitor::signed_in_again(&office.server, &office.visitor, "me");
    assert!(!auditor.get("/console/log").contains("Jo Okoro: 3"), "a week later it is over");
}

/// Load time of a page of a log with 100,000 entries, as after years of use.
#[test]
fn long_log_is_listed_and_checked_within_limit() {
    let office = Office::of("auditor");
    let ada = office.ada.clone();
    let now = chrono::Utc::now().timestamp_millis();
    office.server.transact(|tx| {
        let person = tx.person(&ada.as_str().into())?.unwrap();
        let first = today(now).checked_sub_days(Days::new(700)).unwrap();
        let begun = first.and_hms_opt(9, 0, 0).unwrap().and_utc().timestamp_millis();
        for number in 0..100_000 {
            let about = if number % 50 == 0 {
                Subject::Person(&person)
            } else {
                Subject::Council(&COUNCIL.into())
            };
            let act = if number % 1000 == 0 { AuditAction::Erased } else { AuditAction::SignedIn };
            audit::record(tx, &StaffScope::operator(), about, act, "", begun + number * 600_000)?;
        }
        Ok(())
    });
    for path in [
        "/console/log",
        "/console/log?before=50000",
        "/console/log?person=CL-0001",
        "/console/log?act=erased",
        "/console/log?act=nothing",
        &format!("/console/log?staff={}", office.jo),
        &format!("/console/log?{}&{}", day("from", -400), day("to", -399)),
    ] {
        office.visitor.get(path);
        let begun = Instant::now();
        assert_eq!(office.visitor.get(path).status, 200);
        let took = begun.elapsed();
        println!("{path}: {} ms", took.as_millis());
    }
    let begun = Instant::now();
    office.send("/console/log/check", "/console/log/check", &[]);
    println!("check: {} ms", begun.elapsed().as_millis());
    let last: Option<AuditEntry> = office.server.transact(|tx| Ok(tx.last_check(&COUNCIL.into())?));
    assert!(last.unwrap().detail.starts_with("whole 1000"));
}
