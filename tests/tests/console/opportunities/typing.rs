//! Forms: any input.

use promise_services::{StaffScope, publishing::drafts};

use super::{Desk, HOME, path, save, to};

/// The text fields of each part, with the fields that the part requires.
const TEXTS: [(&str, &[&str]); 5] = [
    ("words", &["title", "organisation", "summary", "body"]),
    ("when", &["hours"]),
    ("apply", &["how_to_apply", "contact_name"]),
    ("who", &["evidence"]),
    ("money", &["amount", "cost", "pay", "pay_type"]),
];

/// The fields of a part's form, without one of them.
fn base(part: &str) -> Vec<(&'static str, &'static str)> {
    if part == "words" { vec![("kind", "discount"), ("title", "A title")] } else { Vec::new() }
}

fn with<'a>(part: &str, field: &'a str, typed: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut fields: Vec<(&str, &str)> = base(part);
    fields.retain(|(name, _)| *name != field);
    fields.push((field, typed));
    fields
}

#[test]
fn text_fields_round_trip_any_input() {
    let desk = Desk::new();
    for (part, fields) in TEXTS {
        for field in fields {
            for (typed, kept) in [
                ("<script>alert(1)</script>", "<script>alert(1)</script>"),
                ("=HYPERLINK(\"x\")", "=HYPERLINK(\"x\")"),
                ("Jo\u{202e}oroko\u{0}\u{1b}[0m\u{7f}", "Jooroko[0m"),
                ("نور \u{2067}x\u{2069}\u{200e}", "نور \u{2067}x\u{2069}\u{200e}"),
                ("020\u{a0}7946", "020\u{a0}7946"),
                ("نور \u{2067}x", "نور x"),
                ("O'Brien & \"Co\"", "O'Brien & \"Co\""),
            ] {
                let saved = save(&desk.ed, &path(part), &with(part, field, typed));
                assert_eq!(saved.status, 303, "{field} {typed:?}: {}", saved.html);
                let shown = desk.get("/by-ref/d01");
                assert!(!shown.html.contains("<script>alert"), "{field}");
                assert!(shown.contains(kept), "{field} {typed:?}");
            }
            let long = "x".repeat(if *field == "body" { 20_001 } else { 10_000 });
            let page = save(&desk.ed, &path(part), &with(part, field, &long));
            assert!(page.status == 422 && page.contains("characters or fewer"), "{field}");
            assert!(page.contains(&long), "{field}: what was typed is lost");
        }
    }
    let body = "x".repeat(10_000);
    assert_eq!(save(&desk.ed, &path("words"), &with("words", "body", &body)).status, 303);
}

#[test]
fn invalid_field_has_its_error_and_form_keeps_input() {
    let desk = Desk::new();
    let cases: [(&str, &str, &str, &str, &str); 13] = [
        ("words", "title", "", "title", "Enter something for “Heading”"),
        ("words", "kind", "", "kind", "Enter something for “Kind”"),
        ("words", "kind", "=1+1", "kind", "is not a kind we know"),
        ("apply", "url", "www.example.org", "url", "Enter all of it, such as https://"),
        ("apply", "apply_url", "javascript:alert(1)", "apply_url", "is not a web address"),
        ("apply", "contact_email", "jo", "contact_email", "such as name@example.org"),
        ("apply", "contact_phone", "call me", "contact_phone", "such as 07700 900123"),
        ("when", "closes-day", "31", "closes-day", "is not a real day"),
        ("when", "closes-time", "noonish", "closes-time", "Enter a time, such as 14:30"),
        ("who", "age_min", "16+", "age_min", "Enter whole years"),
        ("money", "pay_min", "a lot", "pay_min", "is not a sum of money"),
        ("where", "place-1-postcode", "Hendon", "place-1-postcode", "is not a postcode"),
        ("where", "place-0-name", "A; B", "place-0-name", "without a semicolon"),
    ];
    for (part, field, typed, anchor, said) in cases {
        let page = save(&desk.ed, &path(part), &with(part, field, typed));
        assert_eq!(page.status, 422, "{field} {typed}");
        assert!(
            page.contains("There is a problem") && page.contains(said),
            "{field}: {}",
            page.html
        );
        assert!(page.html.contains(&format!("href=\"#{anchor}\"")), "{anchor}");
        assert!(page.html.contains(&format!("id=\"{anchor}\"")), "{anchor}");
        if field != "kind" {
            assert_eq!(page.field(field).as_deref(), Some(typed));
        }
    }
    let ages = [("age_min", "25"), ("age_max", "18")];
    assert!(
        save(&desk.ed, &path("who"), &ages).contains("must be after the one on which it begins")
    );
    let huge = "x".repeat(300_000);
    assert_eq!(save(&desk.ed, &path("words"), &with("words", "body", &huge)).status, 413);
}

#[test]
fn every_field_is_set_and_cleared() {
    let desk = Desk::new();
    let added = [
        ("kind", "job"),
        ("title", "Baker’s apprentice"),
        ("organisation", "Crumb & Co"),
        ("closes-day", "30"),
        ("closes-month", "6"),
        ("closes-year", "2027"),
        ("closes-time", "5pm"),
    ];
    let added = save(&desk.ed, "/new", &added);
    assert_eq!(to(&added), format!("{HOME}/by-ref/bakers-apprentice?done=opportunity-added"));
    let part = |part: &str, fields: &[(&str, &str)]| {
        let saved = save(&desk.ed, &format!("/by-ref/bakers-apprentice/part/{part}"), fields);
        assert_eq!(saved.status, 303, "{part}: {}", saved.html);
    };
    part(
        "where",
        &[
            ("place-0-name", "Hendon"),
            ("place-2-name", "Finchley"),
            ("place-2-postcode", "n31aa"),
            ("online", "y"),
        ],
    );
    part("apply", &[("contact_phone", "(020) 7946 0000"), ("url", "https://example.org/1")]);
    let who = [
        ("care_leavers_only", "y"),
        ("age_min", "16"),
        ("who", "former_relevant"),
        ("who", "relevant"),
        ("languages", "en"),
        ("languages", "ti"),
        ("outcome", "2"),
        ("councils", "riverbridge"),
    ];
    part("who", &who);
    let money = [("pay_min", "£12.21"), ("pay_unit", "hour"), ("amount", "£500")];
    part("money", &money);
    let mut held = desk.server.transact(|tx| {
        let scope = StaffScope::of_council("riverbridge".into());
        Ok(drafts::load(tx, &scope)?.content.opportunities.opportunities.0)
    });
    let it = serde_json::to_value(held.pop().unwrap()).unwrap();
    let wanted = serde_json::json!({
        "id": "bakers-apprentice", "kind": "job", "title": "Baker’s apprentice",
        "organisation": "Crumb & Co", "closes_at": "2027-06-30T16:00:00Z",
        "places": [{"name": "Hendon"}, {"name": "Finchley", "postcode": "N3 1AA"}], "online": true,
        "phone": "+442079460000", "url": "https://example.org/1", "care_leavers_only": true,
        "age_min": 16, "who": ["former_relevant", "relevant"], "languages": ["en", "ti"],
        "outcome": 2, "council_scope": ["riverbridge"], "amount": "£500",
        "pay": {"min": 1221, "unit": "hour"},
    });
    assert_eq!(it, wanted);
    for nothing in ["where", "apply", "who", "money", "when"] {
        part(nothing, &[]);
    }
    let shown = desk.get("/by-ref/bakers-apprentice");
    assert!(
        shown.contains("No closing date") && !shown.contains("Hendon") && !shown.contains("12.21")
    );
}

#[test]
fn phone_number_of_an_opportunity_keeps_its_extension_and_its_cost_is_confirmed() {
    let desk = Desk::new();
    let added = [
        ("kind", "job"),
        ("title", "Baker’s apprentice"),
        ("closes-day", "٣٠"),
        ("closes-month", "۶"),
        ("closes-year", "２０２７"),
    ];
    assert_eq!(save(&desk.ed, "/new", &added).status, 303);
    let path = "/by-ref/bakers-apprentice";
    assert!(desk.get(path).contains("30 June 2027"));
    let apply = |fields: &[(&str, &str)]| save(&desk.ed, &format!("{path}/part/apply"), fields);
    assert_eq!(apply(&[("contact_phone", "٠٢٠ ٧٩٤٦ ٠٠٠٠ x٤")]).status, 303);
    assert!(desk.get(path).contains("020 7946 0000 ext 4"));
    let question = apply(&[("contact_phone", "0901 234 5678")]);
    assert_eq!(question.status, 200);
    assert!(question.contains("This number costs extra") && question.contains("£3.60 a minute"));
    assert!(desk.get(path).contains("020 7946 0000 ext 4"), "nothing is saved yet");
    let confirmed = question.field("cost-confirmed").unwrap();
    let fields = [("contact_phone", "0901 234 5678"), ("cost-confirmed", &*confirmed)];
    let saved = apply(&fields);
    assert_eq!(saved.status, 303, "{}", saved.html);
    assert!(desk.get(path).contains("0901 234 5678 cost confirmed"));
}

#[test]
fn typed_pay_is_read_in_either_style_and_refused_if_ambiguous() {
    let desk = Desk::new();
    let saved = save(&desk.ed, &path("money"), &[("pay_min", "12,21"), ("pay_max", "1.234,50")]);
    assert_eq!(saved.status, 303, "{}", saved.html);
    let shown = desk.get("/by-ref/d01");
    assert!(shown.contains("£12.21") && shown.contains("£1,234.50"), "{}", shown.html);
    let refused = save(&desk.ed, &path("money"), &[("pay_min", "1.234")]);
    assert_eq!(refused.status, 422);
    assert!(refused.contains("“1.234” can be £1,234.00 or £1.234"), "{}", refused.html);
}
