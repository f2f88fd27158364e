//! Input of editors, and how the phone shows it.

use promise_tests::harness::TestPhone;

use super::{Desk, HOME, WORDS, get_page, save, send, to};
use crate::visitor::person;

/// The field with this text, and those that a pledge requires.
fn with<'a>(field: &'a str, typed: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![(field, typed), ("title-en", "Free gym"), ("text-en", "We pay.")]
}

#[test]
fn text_fields_round_trip_any_input() {
    let desk = Desk::with_draft();
    for (path, field) in [
        ("/title", "title-en"),
        ("/title", "intro-en"),
        ("/sections/money/words", "title-en"),
        ("/sections/money/words", "intro-en"),
        (WORDS, "title-en"),
        (WORDS, "text-en"),
        (WORDS, "easy_read-en"),
        ("/pledges/free-gym/part/how", "amount"),
        ("/pledges/free-gym/part/how", "how_to_get-en"),
        ("/pledges/free-gym/part/how", "ask_role"),
        ("/pledges/free-gym/part/how", "evidence"),
        ("/pledges/free-gym/part/law", "legal_ref"),
        ("/languages/ar/pledge/free-gym", "title-ar"),
        ("/languages/ar/pledge/free-gym", "text-ar"),
    ] {
        for (typed, kept) in [
            ("<script>alert(1)</script>", "<script>alert(1)</script>"),
            ("=HYPERLINK(\"x\")", "=HYPERLINK(\"x\")"),
            ("Jo\u{202e}oroko\u{0}\u{1b}[0m\u{7f}", "Jooroko[0m"),
            ("نور \u{2067}x\u{2069}\u{200e}", "نور \u{2067}x\u{2069}\u{200e}"),
            ("020\u{a0}7946", "020\u{a0}7946"),
            ("نور \u{2067}x", "نور x"),
            ("O'Brien & \"Co\"", "O'Brien & \"Co\""),
        ] {
            let saved = save(&desk.ed, path, &with(field, typed));
            assert_eq!(saved.status, 303, "{path} {field} {typed:?}: {}", saved.html);
            let shown = get_page(&desk.ed, path);
            assert!(!shown.html.contains("<script>alert"), "{path} {field}");
            assert!(shown.contains(kept), "{path} {field} {typed:?}");
            let others = ["", "/preview", "/preview?language=ar", "/changes", "/languages/ar"];
            for page in others.into_iter().filter(|_| typed.contains("script")) {
                assert!(!get_page(&desk.ed, page).html.contains("<script>alert"), "{page}");
            }
        }
        let long = "x".repeat(10_000);
        let refused = save(&desk.ed, path, &with(field, &long));
        assert!(refused.status == 422 && refused.contains("characters or fewer"), "{path} {field}");
        assert!(refused.contains(&long), "{path} {field}: what was typed is lost");
    }
    for path in ["/sections/new", "/sections/money/pledges/new"] {
        let long = "x".repeat(10_000);
        let refused = save(&desk.ed, path, &[("title-en", &long)]);
        assert!(refused.status == 422 && refused.contains(&long), "{path}");
        let refused = save(&desk.ed, path, &[("title-en", "\u{202e} \u{0}")]);
        assert!(refused.status == 422 && refused.contains("Enter a heading"), "{path}");
        let saved = save(&desk.ed, path, &[("title-en", "<b>=1+1</b>")]);
        assert!(to(&saved).contains("/b-1-1-b?"), "{saved:?}");
    }
}

/// A part, the input, the expected text, and the target of the error summary's link.
type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a str, &'a str);

#[test]
fn invalid_pledge_field_has_its_error_and_form_keeps_input() {
    let desk = Desk::with_draft();
    let day = |name: &'static str, [day, month, year]: [&'static str; 3]| {
        let names = match name {
            "valid_from" => ["valid_from-day", "valid_from-month", "valid_from-year"],
            _ => ["valid_to-day", "valid_to-month", "valid_to-year"],
        };
        [(names[0], day), (names[1], month), (names[2], year)]
    };
    let (first, last) =
        (day("valid_from", ["2", "1", "2027"]), day("valid_to", ["1", "1", "2027"]));
    let cases: [Case<'_>; 8] = [
        ("who", &[("age_min", "teen"), ("age_max", "25")], "Enter an age", "#age_min"),
        ("who", &[("age_min", "25"), ("age_max", "18")], "must be after the one", "#age_max"),
        ("who", &[("who", "everybody")], "Choose groups", "#who-0"),
        ("law", &[("source_url", "javascript:alert(1)")], "such as https://", "#source_url"),
        ("law", &[("outcome", "9")], "Choose an outcome", "#outcome-0"),
        ("law", &[("theme", "z")], "Choose a theme", "#theme-0"),
        (
            "days",
            &day("valid_to", ["31", "2", "2027"]),
            "“Last day” must be a real date",
            "#valid_to-day",
        ),
        ("days", &[first, last].concat(), "must not be before", "#valid_to-day"),
    ];
    for (part, fields, says, anchor) in cases {
        let page = save(&desk.ed, &format!("/pledges/free-gym/part/{part}"), fields);
        assert!(page.status == 422 && page.contains(says), "{part}: {}", page.html);
        assert!(page.html.contains(&format!("href=\"{anchor}\"")), "{part} {anchor}");
        let typed = fields.iter().filter(|(name, _)| !["who", "outcome", "theme"].contains(name));
        for (name, value) in typed {
            assert_eq!(page.field(name).as_deref(), Some(*value), "{part} {name}");
        }
    }
    for path in ["/pledges/free-gym/part/none", "/languages/en", "/languages/x_y", "/pledges/none"]
    {
        assert_eq!(desk.ed.get(&format!("{HOME}{path}")).status, 404, "{path}");
    }
    for path in ["/languages/ar/pledge/none", "/languages/ar/line/free-gym", "/sections/none/words"]
    {
        assert_eq!(desk.ed.get(&format!("{HOME}{path}")).status, 404, "{path}");
    }
}

#[test]
fn pledge_fields_reach_the_phone() {
    let desk = Desk::with_draft();
    let part = |part: &str, fields: &[(&str, &str)]| {
        let page = save(&desk.ed, &format!("/pledges/free-gym/part/{part}"), fields);
        assert_eq!(to(&page), "/console/promise/pledges/free-gym?done=saved");
    };
    part(
        "words",
        &[("title-en", "Gym"), ("text-en", "We pay."), ("easy_read-en", "Free gym.\nYou go.")],
    );
    part(
        "who",
        &[
            ("who", "relevant"),
            ("who", "former_relevant"),
            ("age_min", "16"),
            ("age_max", "25"),
            ("area", "own"),
        ],
    );
    part(
        "how",
        &[
            ("amount", "up to £300"),
            ("how_to_get-en", "Ask us."),
            ("ask_role", "Personal adviser"),
            ("evidence", "A letter"),
        ],
    );
    part(
        "law",
        &[
            ("theme", "a"),
            ("outcome", "4"),
            ("basis", "discretionary"),
            ("legal_ref", "s.23C"),
            ("source_url", "https://www.example.org/gym"),
        ],
    );
    let days = ["valid_from", "valid_to", "in_force_from", "checked_on"].iter().enumerate();
    let days: Vec<(String, String)> = days
        .flat_map(|(index, name)| {
            let parts = [("day", index + 1), ("month", 3), ("year", 2027)];
            parts.map(|(part, value)| (format!("{name}-{part}"), value.to_string()))
        })
        .collect();
    let days: Vec<(&str, &str)> = days.iter().map(|(name, day)| (&**name, &**day)).collect();
    part("days", &days);
    let page = get_page(&desk.ed, "/pledges/free-gym");
    for said in [
        "Relevant (16 or 17, left care)",
        "up to £300",
        "Our own choice",
        "Health",
        "Wednesday 3 March 2027",
    ] {
        assert!(page.contains(said), "{said}");
    }
    assert_eq!(save(&desk.ed, "/languages/ti/pledge/free-gym", &[("title-ti", "ጂም")]).status, 303);
    desk.submit();
    desk.publish();
    let phone = TestPhone::paired(&desk.server, &person(&desk.server, "CL-0001"));
    phone.sync().unwrap();
    let promise = phone.promise().read().unwrap().unwrap();
    let pledge = serde_json::to_value(&promise.chapters[0].pledges[0].pledge).unwrap();
    let wanted = serde_json::json!({
        "id": "free-gym", "section": "money", "title": {"en": "Gym", "ti": "ጂም"},
        "text": {"en": "We pay."}, "easy_read": {"en": "Free gym.\nYou go."}, "theme": "a",
        "outcome": 4, "basis": "discretionary", "legal_ref": "s.23C",
        "who": ["relevant", "former_relevant"], "age_min": 16, "age_max": 25,
        "amount": "up to £300", "how_to_get": {"en": "Ask us."}, "ask_role": "Personal adviser",
        "evidence": "A letter", "area": "own", "valid_from": "2027-03-01",
        "valid_to": "2027-03-02", "in_force_from": "2027-03-03",
        "source_url": "https://www.example.org/gym", "checked_on": "2027-03-04",
    });
    assert_eq!(pledge, wanted);
    // Every field but the heading can be cleared.
    for path in ["who", "how", "law", "days"] {
        part(path, &[]);
    }
    assert!(get_page(&desk.ed, "/changes").contains("up to £300"));
}

#[test]
fn sections_and_pledges_are_reordered() {
    let desk = Desk::with_draft();
    for title in ["Laptop", "Bus pass"] {
        save(&desk.ed, "/sections/money/pledges/new", &[("title-en", title), ("text-en", "x")]);
    }
    save(&desk.ed, "/sections/new", &[("title-en", "Work")]);
    let step = |path: &str, to: &str| {
        desk.ed.get("/console/account");
        let moved = desk.ed.post(&format!("{HOME}{path}/move"), &[("to", to.to_owned())]);
        assert_eq!(moved.status, 303, "{}", moved.html);
    };
    step("/pledges/bus-pass", "up");
    step("/pledges/free-gym", "up");
    step("/sections/money", "down");
    assert_eq!(save(&desk.ed, "/pledges/laptop/section", &[("section", "work")]).status, 303);
    let wrong = save(&desk.ed, "/pledges/laptop/section", &[("section", "nowhere")]);
    assert!(wrong.status == 422 && wrong.contains("Choose a section"));
    desk.submit();
    desk.publish();
    let phone = TestPhone::paired(&desk.server, &person(&desk.server, "CL-0001"));
    phone.sync().unwrap();
    let promise = phone.promise().read().unwrap().unwrap();
    let order: Vec<(String, Vec<String>)> = promise
        .chapters
        .iter()
        .map(|it| {
            let ids = it.pledges.iter().map(|it| it.pledge.id.clone()).collect();
            (it.section.id.clone(), ids)
        })
        .collect();
    let own = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
    assert_eq!(order[0], ("work".into(), own(&["laptop"])));
    assert_eq!(order[1], ("money".into(), own(&["free-gym", "bus-pass"])));
}

#[test]
fn preview_marks_untranslated_texts() {
    let desk = Desk::with_draft();
    let begun = desk.ed.get(&format!("{HOME}/languages?language=ar"));
    assert_eq!(to(&begun), "/console/promise/languages/ar");
    assert!(get_page(&desk.ed, "/languages?language=<script>").contains("Choose a language"));
    let path = "/languages/ar/pledge/free-gym";
    let form = get_page(&desk.ed, path);
    assert!(
        form.contains("We pay for a gym near you.")
            && form.html.contains("lang=\"ar\" dir=\"rtl\"")
    );
    assert_eq!(save(&desk.ed, path, &[("title-ar", "نادي رياضي"), ("text-ar", "")]).status, 303);
    assert!(get_page(&desk.ed, "/languages").contains("1 of 5 texts"));
    let preview = get_page(&desk.ed, "/preview?language=ar");
    assert!(preview.contains("نادي رياضي") && preview.contains("in English"));
    assert!(preview.html.contains("<h3 lang=\"ar\" dir=\"rtl\">نادي رياضي"), "{}", preview.html);
    assert!(!get_page(&desk.ed, "/preview").contains("in English"));
    let arabic = [("title-ar", "نادي رياضي"), ("text-ar", "اتصل على 020 7946 0101 الآن")];
    assert_eq!(save(&desk.ed, path, &arabic).status, 303);
    let preview = get_page(&desk.ed, "/preview?language=ar");
    assert!(preview.html.contains("اتصل على <bdi dir=\"ltr\">020 7946 0101</bdi> الآن"));
    assert!(get_page(&desk.ed, "/preview?easy=yes").contains("No Easy Read yet"));
    let words =
        [("title-en", "Free gym"), ("text-en", "Long"), ("easy_read-en", "You go.\nWe pay.")];
    save(&desk.ed, WORDS, &words);
    let easy = get_page(&desk.ed, "/preview?easy=yes");
    assert!(
        easy.contains("You go.\nWe pay.")
            && !easy.contains("No Easy Read yet")
            && !easy.contains("Long")
    );
}

#[test]
fn translation_is_kept_after_its_english_text_is_removed() {
    let desk = Desk::with_draft();
    let path = "/languages/ar/pledge/free-gym";
    let form = get_page(&desk.ed, path);
    assert_eq!(save(&desk.pat, WORDS, &[("title-en", "Free gym")]).status, 303);
    assert!(!get_page(&desk.ed, path).html.contains("text-ar"), "there is no English to translate");
    assert_eq!(send(&desk.ed, &form, path, &[("text-ar", "نص")]).status, 303);
    assert!(get_page(&desk.ed, path).contains("نص"));
}
