//! Importing who looks after whom from the council's own systems, over HTTP.

use promise_services::calendar::today;
use promise_tests::harness::{TestPhone, TestServer};

use crate::visitor::{Page, Visitor, person};

const UPLOAD: &str = "/console/allocations";
const APPLY: &str = "/console/allocations/apply";
const MINUTE: i64 = 60_000;

const COLUMNS: &str = "invo_involvements_id,invo_person_id,invo_professional_id,\
    invo_professional_role_id,invo_involvement_start_date,invo_involvement_end_date";
const PROFESSIONALS: &str =
    "prof_professional_id,prof_staff_id,prof_professional_name\nj,17,O\nk,18,L\n";
const DIRECTORY: &str = "employeeId,mail,accountEnabled\n17,Jo@x.uk,true\n18,kim@x.uk,true\n";

/// A council with Ada (CL-0001), whose adviser is Jo, with Kim, and with a signed-in manager.
struct Office {
    server: TestServer,
    mo: Visitor,
    ada: String,
}

impl Office {
    fn new() -> Self {
        let server = TestServer::start();
        let jo = server.add_staff("jo@x.uk", &["--name", "Jo Okoro"]);
        server.add_staff("kim@x.uk", &["--name", "Kim Lee"]);
        let ada = person(&server, "CL-0001");
        server.assign(&ada, &jo);
        server.add_staff("m.ang", &["--name", "Mo Ang"]);
        let mo = Visitor::signed_up(&server, "m.ang", "manager");
        Self { server, mo, ada }
    }

    fn upload_files(&self, files: [&str; 3], roles: &str) -> Page {
        self.mo.get(UPLOAD);
        let names = ["involvements", "professionals", "directory"].into_iter();
        let files: Vec<(&str, &[u8])> =
            names.zip(files).map(|(name, text)| (name, text.as_bytes())).collect();
        self.mo.post_files(UPLOAD, &[("roles", roles)], &files)
    }

    fn upload(&self, rows: &[&str]) -> Page {
        let rows: Vec<String> = rows.iter().map(|row| format!("1,{row}\n")).collect();
        let involvements = format!("{COLUMNS}\n{}", rows.concat());
        self.upload_files([&involvements, PROFESSIONALS, DIRECTORY], "")
    }

    /// Sends the form of a page, with more fields.
    fn apply(&self, page: &Page, more: &[(&str, &str)]) -> Page {
        let more = more.iter().map(|(name, value)| (*name, (*value).to_owned()));
        let fields: Vec<(&str, String)> = hidden(page).into_iter().chain(more).collect();
        self.mo.post(APPLY, &fields)
    }
}

/// The hidden fields of a plan.
fn hidden(page: &Page) -> Vec<(&'static str, String)> {
    let mut fields = Vec::new();
    for input in page.html.split("<input type=\"hidden\" ").skip(1) {
        let input = input.split('>').next().unwrap();
        for name in ["change", "rows", "seen", "confirm-rows", "confirm-losses"] {
            if let Some(value) = input.strip_prefix(&format!("name=\"{name}\" value=\"")) {
                fields.push((name, value.trim_end_matches('"').to_owned()));
            }
        }
    }
    fields
}

fn day(days_ago: i64) -> String {
    let today = today(chrono::Utc::now().timestamp_millis());
    (today - chrono::TimeDelta::days(days_ago)).to_string()
}

/// Ada's adviser ended yesterday, and Kim follows.
fn moved() -> [String; 2] {
    [format!("CL-0001,j,PA,2020-01-01,{}", day(1)), format!("CL-0001,k,PA,{},", day(0))]
}

fn names(phone: &TestPhone) -> Vec<String> {
    phone.contacts().list().unwrap().into_iter().map(|it| it.display_name).collect()
}

#[test]
fn import_is_shown_in_words_and_reaches_the_phone_when_it_is_applied() {
    let office = Office::new();
    let phone = TestPhone::paired(&office.server, &office.ada);
    phone.sync().unwrap();
    let [ended, follows] = moved();
    let shown = office.upload(&[&ended, &follows, "CL-9999,j,PA,2020-01-01,"]);
    assert_eq!(shown.status, 200, "{}", shown.html);
    for text in [
        "3 rows",
        "1 row about somebody who is not here",
        "2 changes",
        "CL-0001: Jo Okoro is not their adviser any more.",
        "CL-0001: Kim Lee is their adviser from now on.",
    ] {
        assert!(shown.contains(text), "{text}: {}", shown.html);
    }
    phone.sync().unwrap();
    assert_eq!(names(&phone), ["Jo Okoro"], "nothing changes before it is applied");
    let done = office.apply(&shown, &[]);
    assert_eq!(done.to.as_deref(), Some("/console/people?done=allocated"), "{}", done.html);
    assert!(
        office.mo.get("/console/people?done=allocated").contains("Phones show the new advisers")
    );
    phone.sync().unwrap();
    assert_eq!(names(&phone), ["Kim Lee"]);
    let again = office.upload(&[&ended, &follows, "CL-9999,j,PA,2020-01-01,"]);
    assert!(again.contains("There is nothing to change.") && hidden(&again).is_empty());
}

#[test]
fn person_without_an_adviser_is_counted_and_found_in_the_list() {
    let office = Office::new();
    let all = office.mo.get("/console/people");
    assert!(all.contains("Without an adviser (0)"), "{}", all.html);
    let [ended, _] = moved();
    let shown = office.upload(&[&ended]);
    assert!(shown.contains("1 young person without an adviser"), "{}", shown.html);
    assert!(shown.contains("CL-0001 would have nobody: everything about them is over"));
    assert_eq!(office.apply(&shown, &[]).status, 303);
    let bea = person(&office.server, "CL-0002");
    office.server.assign(&bea, "kim@x.uk");
    let all = office.mo.get("/console/people");
    assert!(all.contains("Without an adviser (1)"), "{}", all.html);
    assert!(all.contains("1 young person has no adviser today."), "{}", all.html);
    let found = office.mo.get("/console/people?show=no-adviser");
    assert!(found.contains("CL-0001") && !found.contains("CL-0002"), "{}", found.html);
    office.server.add_staff("a.li", &["--name", "Al Li"]);
    let adviser = Visitor::signed_up(&office.server, "a.li", "adviser");
    assert!(!adviser.get("/console/people").contains("Without an adviser"));
}

#[test]
fn missing_adviser_ends_only_if_it_is_ticked() {
    let office = Office::new();
    let shown = office.upload(&["CL-9999,j,PA,2020-01-01,"]);
    assert!(shown.contains("Not in the files") && shown.contains("CL-0001: Jo Okoro"));
    assert_eq!(office.apply(&shown, &[]).status, 303);
    assert!(office.mo.get("/console/people").contains("Without an adviser (0)"));
    let shown = office.upload(&["CL-9999,j,PA,2020-01-01,"]);
    let (_, rest) = shown.html.split_once("id=\"missing-0\" name=\"change\" value=\"").unwrap();
    let ticked = rest.split('"').next().unwrap();
    assert_eq!(office.apply(&shown, &[("change", ticked)]).status, 303);
    assert!(office.mo.get("/console/people").contains("Without an adviser (1)"));
}

#[test]
fn unusable_file_is_refused_with_what_to_do() {
    let office = Office::new();
    let good = format!("{COLUMNS}\n1,CL-0001,k,PA,2020-01-01,\n");
    let month_first = format!("{COLUMNS}\n1,CL-0001,k,PA,2020-01-01,11/30/2026\n");
    let other_role = good.replace("PA", "KAPAD");
    let cases: [([&str; 3], &str); 6] = [
        (["", PROFESSIONALS, DIRECTORY], "Choose this file"),
        (
            [&good, DIRECTORY, PROFESSIONALS],
            "These columns are missing: prof_professional_id, prof_staff_id",
        ),
        ([COLUMNS, PROFESSIONALS, DIRECTORY], "There are no rows in this file"),
        (["PK\u{3}\u{4}", PROFESSIONALS, DIRECTORY], "damaged"),
        ([&month_first, PROFESSIONALS, DIRECTORY], "A day in row 2 has its month first"),
        ([&other_role, PROFESSIONALS, DIRECTORY], "The roles in the file are: KAPAD"),
    ];
    for (files, text) in cases {
        let refused = office.upload_files(files, "");
        assert_eq!(refused.status, 422, "{text}");
        assert!(refused.contains(text), "{text}: {}", refused.html);
        assert!(hidden(&refused).is_empty(), "{text}");
    }
    let named = office.upload_files([&other_role, PROFESSIONALS, DIRECTORY], "IRO\nkapad\n");
    assert!(named.status == 200 && named.contains("Kim Lee is their adviser"), "{}", named.html);
    let broken = office.upload(&["CL-0001,j,PA,soon,", "CL-0001,x,PA,2020-01-01,"]);
    for text in [
        "Involvements, row 2, CL-0001: The first day is not a real day.",
        "Involvements, row 3, CL-0001: The worker is not in the file of professionals.",
        "1 adviser who may not be theirs any more",
    ] {
        assert!(broken.contains(text), "{text}: {}", broken.html);
    }
}

#[test]
fn file_that_shrank_is_applied_after_its_rows_were_typed() {
    let office = Office::new();
    let [ended, follows] = moved();
    let many = [vec!["CL-0001,j,PA,2020-01-01,"], vec!["CL-9999,j,PA,2020-01-01,"; 9]].concat();
    // Nothing changes, and there is nothing to apply. The command line keeps the number of rows.
    office.server.transact(|tx| {
        let rows = many.len();
        Ok(tx.set_allocation_import(&promise_database::AllocationImport {
            council: promise_tests::harness::COUNCIL.into(),
            at: 0,
            rows,
        })?)
    });
    let shown = office.upload(&[&ended, &follows]);
    assert!(shown.contains("10 rows last time"), "{}", shown.html);
    let asked = office.apply(&shown, &[]);
    assert!(
        asked.status == 422 && asked.contains("Last time there were 10 rows"),
        "{}",
        asked.html
    );
    let wrong = office.apply(&asked, &[("confirm-rows", "10")]);
    assert!(wrong.status == 422 && wrong.contains("not the number above"), "{}", wrong.html);
    let done = office.apply(&wrong, &[("confirm-rows", "2")]);
    assert_eq!(done.status, 303, "{}", done.html);
}

#[test]
fn change_after_the_plan_asks_for_the_files_again() {
    let office = Office::new();
    let [ended, follows] = moved();
    let shown = office.upload(&[&ended, &follows]);
    office.server.assign(&office.ada, "kim@x.uk");
    let refused = office.apply(&shown, &[]);
    assert!(
        refused.status == 409 && refused.contains("Choose the files again"),
        "{}",
        refused.html
    );
    let forged = office.apply(&shown, &[("change", "end all")]);
    assert_eq!(forged.status, 404, "{}", forged.html);
}

#[test]
fn applying_asks_for_the_password_and_keeps_the_changes() {
    let office = Office::new();
    let [ended, follows] = moved();
    let shown = office.upload(&[&ended, &follows]);
    office.server.clock.set(11 * MINUTE);
    let asked = office.apply(&shown, &[]);
    assert!(asked.status == 401 && asked.contains("Type your password again"), "{}", asked.html);
    assert_eq!(asked.html.matches("name=\"carried.change\"").count(), 2, "{}", asked.html);
}
