//! Exports: the log and the caseload as tables, and everything held about a person.

use promise_core::AskAbout;
use promise_services::{
    StaffScope,
    audit::{self, AuditAction, Subject as Of},
};
use promise_tests::harness::TestPhone;

use super::{MINUTE, Office};
use crate::visitor::{Page, Visitor, person};

/// A period around today.
fn period() -> Vec<(&'static str, String)> {
    let part = |day: i64, format: &str| {
        let day = chrono::Utc::now() + chrono::TimeDelta::days(day);
        day.format(format).to_string()
    };
    vec![
        ("from-day", part(-1, "%-d")),
        ("from-month", part(-1, "%-m")),
        ("from-year", part(-1, "%Y")),
        ("to-day", part(1, "%-d")),
        ("to-month", part(1, "%-m")),
        ("to-year", part(1, "%Y")),
    ]
}

fn is_a_file(page: &Page, kind: &str, name: &str) {
    assert_eq!(page.status, 200, "{}", page.html);
    assert_eq!(page.headers["content-type"], kind);
    assert_eq!(page.headers["cache-control"], "no-store");
    let disposition = &page.headers["content-disposition"];
    assert!(disposition.starts_with(&format!("attachment; filename=\"{name}")), "{disposition}");
    assert_eq!(page.headers["x-content-type-options"], "nosniff");
}

/// Returns the rows of a table, by column.
fn rows(page: &Page) -> Vec<std::collections::BTreeMap<String, String>> {
    let text = page.html.strip_prefix('\u{feff}').expect("the mark by which Excel knows UTF-8");
    assert!(text.lines().count() > 0 && text.contains("\r\n"));
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let head = reader.headers().unwrap().clone();
    let rows = reader.records().map(|row| {
        let row = row.unwrap();
        head.iter().map(str::to_owned).zip(row.iter().map(str::to_owned)).collect()
    });
    rows.collect()
}

#[test]
fn exported_log_is_complete_and_the_export_is_logged() {
    let office = Office::of("auditor");
    let evil = office.server.add_staff("evil", &["--name", "=cmd|' /C calc'!A0"]);
    let ada = office.ada.clone();
    let now = chrono::Utc::now().timestamp_millis();
    office.server.transact(|tx| {
        let person = tx.person(&ada.as_str().into())?.unwrap();
        for _ in 0..2500 {
            audit::record(
                tx,
                &StaffScope::operator(),
                Of::Person(&person),
                AuditAction::Viewed,
                "",
                now,
            )?;
        }
        Ok(())
    });
    let visitor = Visitor::signed_up(&office.server, "evil", "auditor");
    visitor.get(&format!("/console/people/{ada}"));
    visitor.get("/console/export");
    let file = visitor.post("/console/export/log", &period());
    is_a_file(&file, "text/csv; charset=utf-8", "log-20");
    let table = rows(&file);
    let whole: Vec<u64> = table.iter().map(|row| row["number"].parse().unwrap()).collect();
    let wanted: Vec<u64> = (1..=u64::try_from(whole.len()).unwrap()).collect();
    assert_eq!(whole, wanted, "every entry once, in order, over several reads");
    assert!(whole.len() > 2500);
    let looked = table.iter().rfind(|row| row["act"] == "looked").unwrap();
    assert_eq!(looked["by"], "'=cmd|' /C calc'!A0", "no formula");
    assert_eq!((looked["by_id"].as_str(), looked["reference"].as_str()), (&*evil, "CL-0001"));
    assert!(table.iter().all(|row| row["hash"].len() == 64));
    let noted = visitor.get("/console/log?act=exported");
    assert!(noted.contains("Downloaded a copy") && noted.contains("log 20"), "{}", noted.html);
}

#[test]
fn invalid_export_period_is_refused_and_not_logged() {
    let office = Office::of("manager");
    for (from, to, says) in [
        (["31", "2", "2026"], ["1", "3", "2026"], "Enter a real date"),
        (["2", "3", "2026"], ["1", "3", "2026"], "must not be before the first"),
        (["", "", ""], ["", "", ""], "Enter a real date"),
    ] {
        let fields: Vec<(&str, &str)> =
            ["from-day", "from-month", "from-year", "to-day", "to-month", "to-year"]
                .into_iter()
                .zip(from.into_iter().chain(to))
                .collect();
        let page = office.send("/console/export", "/console/export/log", &fields);
        assert!(page.status == 422 && page.contains(says), "{}", page.html);
        assert_eq!(page.field("from-day").as_deref(), Some(from[0]));
    }
    let log = office.server.run(&["audit", "list", "--council", "riverbridge"]);
    assert!(!log.contains("exported"));
    office.visitor.get("/console/export");
    is_a_file(
        &office.visitor.post("/console/export/log", &period()),
        "text/csv; charset=utf-8",
        "log-20",
    );
    assert_eq!(office.visitor.get("/console/log").status, 403, "a manager takes it, as a table");
}

#[test]
fn exported_caseload_escapes_formulas() {
    let office = Office::of("manager");
    person(&office.server, "@SUM(1)");
    let phone = TestPhone::paired(&office.server, &office.ada);
    phone.asks().write("Can we meet?", AskAbout::Anything).unwrap();
    phone.sync().unwrap();
    let file = office.send("/console/export", "/console/export/people", &[]);
    is_a_file(&file, "text/csv; charset=utf-8", "caseload-20");
    let table = rows(&file);
    let of = |reference: &str| table.iter().find(|row| row["reference"] == reference).unwrap();
    let adas = of("CL-0001");
    assert_eq!(
        (&*adas["advisers"], &*adas["phones"], &*adas["asks_waiting"]),
        ("Jo Okoro", "1", "1")
    );
    assert_eq!(of("'@SUM(1)")["advisers"], "");
    let log = office.server.run(&["audit", "list", "--council", "riverbridge"]);
    assert!(log.lines().any(|line| line.contains("exported") && line.contains("caseload")));
}

#[test]
fn subject_access_export_has_everything_as_page_and_json() {
    let office = Office::of("manager");
    let phone = TestPhone::paired(&office.server, &office.ada);
    phone.asks().write("Can we meet?", AskAbout::Anything).unwrap();
    phone.sync().unwrap();
    let path = format!("/console/people/{}/export", office.ada);
    office.server.clock.set(11 * MINUTE);
    let asked = office.send(&path, &path, &[("kind", "json")]);
    assert!(asked.status == 401 && asked.contains("Type your password again"), "{}", asked.html);
    assert!(!asked.contains("Can we meet?"));
    office.server.clock.set(0);

    let name = format!("everything-{}-20", office.ada);
    let json = office.send(&path, &path, &[("kind", "json")]);
    is_a_file(&json, "application/json", &name);
    let data: serde_json::Value = serde_json::from_str(&json.html).unwrap();
    assert_eq!(data["reference"], "CL-0001");
    assert!(json.html.contains("Can we meet?") && json.html.contains("Jo Okoro"));
    let html = office.send(&path, &path, &[("kind", "html")]);
    is_a_file(&html, "text/html; charset=utf-8", &name);
    for says in ["Can we meet?", "Jo Okoro", "by the young person", "Downloaded a copy"] {
        assert!(html.contains(says), "{says}: {}", html.html);
    }
    assert!(!html.html.contains("<script") && !html.html.contains("http://"), "it stands alone");
    let log = office.server.run(&["audit", "list", "--council", "riverbridge"]);
    let noted = |line: &&str| line.contains("exported") && line.contains(&office.ada);
    assert_eq!(log.lines().filter(noted).count(), 2);
}
