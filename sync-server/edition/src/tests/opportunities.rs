//! `opportunities.csv`: what spreadsheets do to it, and what is refused.

use promise_protocol::pack::Opportunity;
use serde_json::json;

use super::{DIRECTORY, HEADER, PROMISE, issues, read, read_bytes, sheet};

const VITAL: [(&str, &str); 3] = [("ref", "A1"), ("kind", "job"), ("title", "Baker")];

fn with(columns: &[(&'static str, &'static str)]) -> String {
    let others = VITAL.iter().filter(|(name, _)| columns.iter().all(|(other, _)| other != name));
    sheet(&others.chain(columns).copied().collect::<Vec<_>>())
}

fn row(columns: &[(&'static str, &'static str)]) -> Opportunity {
    let content = read(PROMISE, &with(columns), DIRECTORY).unwrap();
    content.opportunities.opportunities.0[0].clone()
}

#[test]
fn every_column_fills_its_field() {
    let opportunity = row(&[
        ("ref", "Job/Baker 07"),
        ("kind", "Work experience"),
        ("organisation", "Crumb & Co"),
        ("summary", "Bake\r\nbread."),
        ("how_to_apply", "Ring us"),
        ("url", "https://example.org/1"),
        ("contact_name", "Ana"),
        ("contact_email", "ana@example.org"),
        ("contact_phone", "7700900123"),
        ("postcode", "qb11aa; QB2 2BB"),
        ("area", "Millside"),
        ("national", "Y"),
        ("online", "no"),
        ("starts", "2027-01-04"),
        ("ends", "5/1/2027"),
        ("closes", "31/12/2026"),
        ("amount", "£50"),
        ("cost", "Free"),
        ("age_min", "16"),
        ("age_max", "25"),
        ("care_leavers_only", "yes"),
        ("evidence", "A letter"),
        ("outcome", "2"),
        ("languages", "en; ar"),
        ("body", "More."),
        ("apply_url", "https://example.org/2"),
        ("hours", "Two days"),
        ("pay", "£12 an hour"),
    ]);
    assert_eq!(
        serde_json::to_value(opportunity).unwrap(),
        json!({
            "id": "job-baker-07", "kind": "work_experience", "title": "Baker",
            "organisation": "Crumb & Co", "summary": "Bake\nbread.", "how_to_apply": "Ring us",
            "url": "https://example.org/1", "contact_name": "Ana", "email": "ana@example.org",
            "phone": "+447700900123", "national": true, "starts": "2027-01-04",
            "places": [{"name": "Millside", "postcode": "QB1 1AA"}, {"postcode": "QB2 2BB"}],
            "ends": "2027-01-05", "closes_at": "2026-12-31T23:59:59Z", "amount": "£50",
            "cost": "Free", "age_min": 16, "age_max": 25, "care_leavers_only": true,
            "evidence": "A letter", "outcome": 2, "languages": ["en", "ar"], "body": "More.",
            "apply_url": "https://example.org/2", "hours": "Two days",
            "pay": {"text": "£12 an hour"},
        })
    );
}

#[test]
fn ongoing_has_no_closing_date() {
    assert_eq!(row(&[("closes", "Ongoing")]).closes_at, None);
    assert_eq!(row(&[]).closes_at, None);
}

#[test]
fn each_issue_has_its_sentence() {
    let cases = [
        ("kind", "jobb", "kind \"jobb\" is not known; write one of discount, financial_support,"),
        ("kind", "", "there is no kind"),
        ("title", " ", "there is no title"),
        ("ref", "§", "ref \"§\" cannot be a name; use up to 64 letters, digits and dashes"),
        ("url", "javascript:alert(1)", "url \"javascript:alert(1)\" is not a web address"),
        ("contact_email", "ana", "contact_email \"ana\" is not an e-mail address"),
        ("contact_phone", "4.4E+11", "phone number \"4.4E+11\" has letters in it"),
        ("postcode", "Millside", "postcode \"Millside\" is not one; write it like SW1A 1AA"),
        ("national", "maybe", "national \"maybe\" is neither y nor n"),
        ("starts", "12/31/2026", "starting date \"12/31/2026\" is not a day; write 2026-12-31"),
        (
            "closes",
            "soon",
            "closing date \"soon\" is not a day; write 2026-12-31 or 31/12/2026, or",
        ),
        ("outcome", "0", "outcome \"0\" is not one of the five; write a number from 1 to 5"),
        ("age_min", "16+", "age_min \"16+\" is not an age; write whole years, such as 18"),
        (
            "languages",
            "Arabic",
            "\"Arabic\" is not a language; write its code, such as en, ar or ti",
        ),
        (
            "amount",
            "Â£50",
            "amount \"Â£50\" holds damaged characters; save the file as \"CSV UTF-8\"",
        ),
        ("summary", "=HYPERLINK(\"x\")", "summary \"=HYPERLINK(\"x\")\" begins as a formula does"),
        ("cost", "@SUM(A1)", "cost \"@SUM(A1)\" begins as a formula does"),
        ("evidence", "- a letter", "evidence \"- a letter\" begins as a formula does"),
    ];
    for (column, typed, what) in cases {
        let found = issues(PROMISE, &with(&[(column, typed)]), DIRECTORY);
        assert_eq!(found.len(), 1, "{found:#?}");
        assert!(found[0].starts_with(&format!("opportunities.csv:2: {what}")), "{found:#?}");
    }
}

#[test]
fn signed_numbers_are_no_formulas() {
    assert_eq!(row(&[("contact_phone", "+44 7700 900123")]).phone.unwrap(), "+447700900123");
    assert_eq!(row(&[("amount", "-5")]).amount.unwrap(), "-5");
}

#[test]
fn values_out_of_order_or_too_long_are_refused() {
    let ages = with(&[("age_min", "25"), ("age_max", "18")]);
    assert!(issues(PROMISE, &ages, DIRECTORY)[0].contains("age_min 25 is not below age_max 18"));
    let days = with(&[("starts", "2027-01-02"), ("ends", "2027-01-01")]);
    assert!(
        issues(PROMISE, &days, DIRECTORY)[0].contains("starts 2027-01-02 is after ends 2027-01-01")
    );
    let long = sheet(&[VITAL[0], VITAL[1], ("title", &"x".repeat(201))]);
    assert_eq!(
        issues(PROMISE, &long, DIRECTORY),
        ["opportunities.csv:2: title is longer than 200 characters"]
    );
}

#[test]
fn duplicate_reference_is_reported_and_every_row_read() {
    let file = format!(
        "{HEADER}\n{}\n\n{}\n{}\n{}\n",
        "A 1,job,Baker", "a-1,job,\"Second\nbaker\"", ",jobb,Third", ",job,Fourth"
    );
    assert_eq!(
        issues(PROMISE, &file, DIRECTORY)
            .iter()
            .map(|s| s.split(';').next().unwrap())
            .collect::<Vec<_>>(),
        [
            "opportunities.csv:4: ref \"a-1\" is used twice",
            "opportunities.csv:6: there is no ref",
            "opportunities.csv:6: kind \"jobb\" is not known",
            "opportunities.csv:7: there is no ref",
        ]
    );
}

#[test]
fn excel_csv_reads_as_typed() {
    // Semicolons, Windows line ends, Windows-1252 with £ and é.
    let header = HEADER.replace(',', ";");
    let mut file = format!("{header}\r\nA1;job;").into_bytes();
    file.extend(b"Caf\xe9 for \xa35;\"Crumb; Co\"\r\n");
    let content = read_bytes([PROMISE.into(), file, DIRECTORY.into()]).unwrap();
    let opportunity = &content.opportunities.opportunities.0[0];
    assert_eq!(opportunity.title, "Café for £5");
    assert_eq!(opportunity.organisation, "Crumb; Co");
}

#[test]
fn digits_of_every_script_are_digits_of_a_row() {
    let read = row(&[
        ("contact_phone", "٠٢٠ ٧٩٤٦ ٠٠٠٠ ext ٤"),
        ("starts", "٠٤/٠١/٢٠٢٧"),
        ("closes", "۲۰۲۷-۰۶-۳۰ ۱۷:۰۰"),
        ("age_min", "１６"),
        ("outcome", "٢"),
    ]);
    assert_eq!(read.phone.as_deref(), Some("+442079460000"));
    assert_eq!(read.phone_ext.as_deref(), Some("4"));
    assert_eq!(read.starts.unwrap().to_string(), "2027-01-04");
    assert_eq!(read.closes_at.unwrap().to_rfc3339(), "2027-06-30T16:00:00+00:00");
    assert_eq!((read.age_min, read.outcome), (Some(16), Some(2)));
}

#[test]
fn pay_with_a_decimal_comma_is_not_multiplied() {
    let pay = row(&[("pay_min", "12,21"), ("pay_max", "1.234,50"), ("pay_unit", "hour")]).pay;
    let pay = pay.unwrap();
    assert_eq!((pay.min, pay.max), (Some(1221), Some(123_450)));
}

#[test]
fn ambiguous_pay_is_refused_with_both_readings() {
    let found = issues(PROMISE, &with(&[("pay_min", "1,2,3")]), DIRECTORY);
    assert_eq!(
        found,
        ["opportunities.csv:2: pay_min \"1,2,3\" can be £123.00 or £12.30; write it with a point \
          and two digits of pence, such as 1200.50"]
    );
}
