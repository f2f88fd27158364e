//! The pages that import who looks after whom: see [`super::accessibility`].

use std::{fs, path::Path};

use promise_services::calendar::today;
use promise_tests::harness::TestServer;

use super::{
    accessibility::{axe, check_page},
    driver::Browser,
};
use crate::visitor::person;

const COLUMNS: &str = "invo_person_id,invo_professional_id,invo_professional_role_id,\
    invo_involvement_start_date,invo_involvement_end_date";
const PROFESSIONALS: &str = "prof_professional_id,prof_staff_id\nj,1\nk,2\na,3\n";
const DIRECTORY: &str = "employeeId,mail,accountEnabled\n1,jo@x.uk,true\n2,kim@x.uk,true\n\
    3,alexandra.papadimitriou-whittingham@x.uk,true\n4,lee@x.uk,false\n";

/// A council with five young people of Jo's, with Kim, who is on leave while Jo covers, and with two more.
fn council() -> TestServer {
    let server = TestServer::start();
    let jo = server.add_staff("jo@x.uk", &["--name", "Jo Okoro"]);
    let kim = server.add_staff("kim@x.uk", &["--name", "Kim Lee"]);
    let long = "Alexandra Papadimitriou-Whittingham";
    server.add_staff("alexandra.papadimitriou-whittingham@x.uk", &["--name", long]);
    server.add_staff("lee@x.uk", &["--name", "Lee Left"]);
    server.add_staff("m.ang", &["--name", "Mo Ang"]);
    for number in 1..=5 {
        let person = person(&server, &format!("CL-{number:04}"));
        server.assign(&person, &jo);
    }
    let rambling = "CL-0100 with a rather long reference of the council";
    person(&server, rambling);
    let now = chrono::Utc::now().timestamp_millis();
    server.transact(|tx| {
        let (first, last) = (today(now), today(now) + chrono::TimeDelta::days(5));
        let leave = serde_json::json!([{"from": first, "to": last, "cover": jo}]);
        let scope = promise_services::StaffScope::operator();
        let edit = promise_services::cards::CardEdit::new([("leave".to_owned(), leave)].into())?;
        let random = &mut promise_services::OsRandom;
        let staff = promise_protocol::ids::StaffId::from(kim.as_str());
        promise_services::cards::update(tx, &scope, &staff, edit, now, random)
    });
    server
}

/// Chooses the three files in the form, and sends it.
fn upload(browser: &Browser, folder: &Path, rows: &[String]) {
    browser.go("/console/allocations");
    let involvements = format!("{COLUMNS}\n{}\n", rows.join("\n"));
    let files = [
        ("involvements", involvements.as_str()),
        ("professionals", PROFESSIONALS),
        ("directory", DIRECTORY),
    ];
    for (name, text) in files {
        let file = folder.join(format!("{name}.csv"));
        fs::write(&file, text).unwrap();
        let field = browser.find(&format!("#{name}"));
        browser.run(field.send_keys(file.to_str().unwrap())).unwrap();
    }
    browser.press("main form .button");
}

#[test]
fn pages_of_an_import_of_allocations() {
    let folder = tempfile::tempdir().unwrap();
    let (server, axe) = (council(), axe());
    let browser = Browser::signed_up(&server, "m.ang", "manager", true);
    browser.go("/console/allocations");
    check_page(&browser, "allocations", &axe);
    browser.press("main form .button");
    check_page(&browser, "allocations-error", &axe);

    let today = today(chrono::Utc::now().timestamp_millis());
    let yesterday = today - chrono::TimeDelta::days(1);
    let rows = [
        format!("CL-0001,j,PA,2020-01-01,{yesterday}"),
        format!("CL-0001,k,PA,{today},"),
        format!("CL-0002,j,PA,2020-01-01,{yesterday}"),
        format!("CL-0003,j,PA,2020-01-01,{yesterday}"),
        "CL-0003,unknown,PA,2020-01-01,".to_owned(),
        "CL-0004,j,PA,2020-01-01,".to_owned(),
        format!("CL-0100 with a rather long reference of the council,a,PA,{today},"),
        "CL-9999,j,PA,2020-01-01,".to_owned(),
    ];
    upload(&browser, folder.path(), &rows);
    for section in ["changes", "covers", "without", "leavers", "held", "refused", "missing-hint"] {
        browser.find(&format!("#{section}"));
    }
    browser.press("#missing-0");
    check_page(&browser, "allocations-plan", &axe);
    browser.press("#apply.button");
    browser.wait_for_text("Phones show the new advisers");

    let settled = [
        format!("CL-0001,k,PA,{today},"),
        "CL-0003,j,PA,2020-01-01,".to_owned(),
        "CL-0004,j,PA,2020-01-01,".to_owned(),
        format!("CL-0100 with a rather long reference of the council,a,PA,{today},"),
    ];
    upload(&browser, folder.path(), &settled);
    browser.wait_for_text("There is nothing to change");
    check_page(&browser, "allocations-nothing", &axe);
    upload(&browser, folder.path(), &[format!("CL-0002,a,PA,{today},")]);
    browser.press("#apply.button");
    check_page(&browser, "allocations-confirm", &axe);
    browser.fill("confirm-rows", "3");
    browser.press("main form .button");
    check_page(&browser, "allocations-confirm-error", &axe);
    browser.fill("confirm-rows", "1");
    browser.press("main form .button");
    browser.wait_for_text("Phones show the new advisers");
}
