//! Search: finds what has all the words, and nothing that is hidden.

use promise_core::{ContactEdit, OpportunityFilter, OwnContactEdit, store::SearchResult};
use promise_protocol::{phone_number, values::PhoneNumber};
use serde_json::json;

use crate::common::{Pocket, Published, change, contact, line, opportunity, small_edition};

fn edition() -> Published {
    let mut published = small_edition();
    let more = &mut published.opportunities.opportunities.0;
    more.push(opportunity(
        "resume",
        "Résumé help",
        "workshop",
        "Write your CV with Zoë in Ħal Qormi.",
    ));
    more.push(opportunity("andor", "And or not", "event", "NEAR the title: words*"));
    published.directory.lines.0.push(line("night", "Night line", "After hours and at weekends."));
    published
}

fn pocket() -> Pocket {
    let pocket = Pocket::showing(&edition());
    let people = change(
        "contact",
        "ada",
        0,
        json!({"display_name": "Ada Obi", "role": "Personal adviser",
        "team": "Leaving care", "about": "Housing and money"}),
    );
    pocket.receive(vec![people, contact("bea", "Bea Nowak")]);
    pocket
}

fn ids(found: &[SearchResult]) -> Vec<&str> {
    let mut ids: Vec<&str> = found.iter().map(|found| found.id.as_str()).collect();
    ids.sort_unstable();
    ids
}

#[test]
fn search_finds_what_has_all_the_words() {
    let cases: &[(&str, &[&str])] = &[
        // Pledges, opportunities, contacts, lines.
        ("council tax", &["council-tax"]),
        ("flat", &["setting-up-home"]),
        ("warehouse", &["warehouse"]),
        ("ada", &["ada"]),
        ("leaving care housing", &["ada"]),
        ("weekends", &["night"]),
        ("line", &["duty", "night"]),
        // Diacritics, either way, composed or not; and any case.
        ("cafe", &["barista"]),
        ("café", &["barista"]),
        ("CAFE\u{301}", &["barista"]),
        ("re\u{301}sume\u{301} help", &["resume"]),
        ("resume", &["resume"]),
        ("zoe", &["resume"]),
        // The last word may be unfinished, the others not.
        ("bari", &["barista"]),
        ("barista cour", &["barista"]),
        ("bari course", &[]),
        // Syntax of FTS5.
        ("\"", &[]),
        ("AND", &["ada", "andor", "night"]),
        ("and OR", &["andor"]),
        ("title:words", &["andor"]),
        ("words*", &["andor"]),
        ("(near)", &["andor"]),
        ("NEAR(title, 2)", &[]),
        ("-warehouse", &["warehouse"]),
        ("ada^ {obi}", &["ada"]),
        ("'; DROP TABLE search; --", &[]),
        ("", &[]),
        ("   ", &[]),
        ("…", &[]),
        ("\0", &[]),
    ];
    let pocket = pocket();
    for (typed, expected) in cases {
        let found = pocket.phone.search(typed).unwrap();
        assert_eq!(ids(&found), *expected, "{typed:?}");
    }
}

#[test]
fn match_is_marked_and_headings_rank_higher() {
    let pocket = pocket();
    let found = pocket.phone.search("latte").unwrap();
    assert!(found[0].snippet.contains("\u{2}latte\u{3}"), "{found:?}");
    let found = pocket.phone.search("job").unwrap();
    assert_eq!(found[0].title, "Warehouse \u{2}job\u{3}");
}

#[test]
fn long_search_is_bounded() {
    let pocket = pocket();
    assert!(pocket.phone.search(&"word ".repeat(10_000)).unwrap().is_empty());
    assert!(pocket.phone.search(&"w".repeat(100_000)).unwrap().is_empty());
}

#[test]
fn hidden_and_deleted_contacts_are_not_found() {
    let pocket = pocket();
    let hide = |hidden| ContactEdit { hidden: Some(hidden), ..ContactEdit::default() };
    pocket.phone.contacts().edit(&"ada".into(), hide(true)).unwrap();
    assert!(pocket.phone.search("ada").unwrap().is_empty());
    assert_eq!(pocket.phone.contacts().list().unwrap().len(), 1);
    assert_eq!(pocket.phone.contacts().list_hidden().unwrap().len(), 1);
    // Still hidden when their details change.
    pocket.receive(vec![change("contact", "ada", 9, json!({"display_name": "Ada Okafor"}))]);
    assert!(pocket.phone.search("okafor").unwrap().is_empty());
    pocket.phone.contacts().edit(&"ada".into(), hide(false)).unwrap();
    assert_eq!(ids(&pocket.phone.search("okafor").unwrap()), ["ada"]);
    assert!(pocket.phone.search("obi").unwrap().is_empty());

    pocket.receive(vec![change("contact", "ada", 10, json!({"deleted": true}))]);
    assert!(pocket.phone.search("okafor").unwrap().is_empty());
}

#[test]
fn nickname_and_note_of_a_contact_are_found() {
    let pocket = pocket();
    let own = ContactEdit {
        nickname: Some("Auntie".into()),
        note: Some("likes tea".into()),
        ..Default::default()
    };
    pocket.phone.contacts().edit(&"bea".into(), own).unwrap();
    assert_eq!(ids(&pocket.phone.search("auntie").unwrap()), ["bea"]);
    assert_eq!(ids(&pocket.phone.search("tea").unwrap()), ["bea"]);
}

#[test]
fn changed_opportunity_is_found_by_its_new_words_only() {
    let pocket = pocket();
    let mut published = edition();
    published.opportunity("warehouse").title = "Bakery job".into();
    published.opportunity("warehouse").summary = "Knead dough.".into();
    published.opportunities.opportunities.0.retain(|opportunity| opportunity.id != "cinema");
    pocket.server.publish(&published, 2);
    pocket.sync().unwrap();
    for (typed, expected) in [
        ("warehouse", vec![]),
        ("boxes", vec![]),
        ("bakery", vec!["warehouse"]),
        ("cinema", vec![]),
        ("latte", vec!["barista"]),
    ] {
        assert_eq!(ids(&pocket.phone.search(typed).unwrap()), expected, "{typed}");
    }
}

fn own_contact(name: &str, numbers: &[&str]) -> OwnContactEdit {
    let number = |typed: &&str| -> PhoneNumber {
        phone_number::parse(typed).unwrap().into_value(None, false)
    };
    OwnContactEdit {
        display_name: Some(name.into()),
        phones: Some(numbers.iter().map(number).collect()),
        ..OwnContactEdit::default()
    }
}

#[test]
fn search_finds_contacts_by_number_in_any_spelling() {
    let pocket = pocket();
    let own = own_contact("Jürgen Müller", &["020 7946 0101 x4", "+1 202 555 0143"]);
    let id = pocket.phone.own_contacts().add(own).unwrap().into_string();
    for typed in
        ["020 7946 01", "+44 (0)20 7946 0101", "00442079460101", "0012025550143", "juergen"]
    {
        assert_eq!(ids(&pocket.phone.search(typed).unwrap()), [id.as_str()], "{typed}");
    }
    for typed in ["07700 900123", "+447700900123", "٠٧٧٠٠ ٩٠٠١٢٣", "7700 9001"] {
        let found = pocket.phone.search(typed).unwrap();
        assert_eq!(ids(&found), ["bea"], "{typed}");
        assert_eq!(found[0].snippet, "Personal adviser \u{2}07700 900123\u{3}", "{typed}");
    }
    assert!(pocket.phone.search("07700 900124").unwrap().is_empty());
    // Another number replaces it, also for search.
    let changed = OwnContactEdit { display_name: None, ..own_contact("", &["0808 157 0000"]) };
    pocket.phone.own_contacts().edit(&id.as_str().into(), changed).unwrap();
    assert!(pocket.phone.search("020 7946 0101").unwrap().is_empty());
    assert_eq!(ids(&pocket.phone.search("08081570000").unwrap()), [id.as_str()]);
}

#[test]
fn contacts_are_listed_in_the_order_of_the_language() {
    let pocket = Pocket::showing(&edition());
    let names = ["Zoë", "Łukasz", "Émile", "Đức", "Emily", "Luz", "Emil", "Dua", "Dud"];
    for name in names {
        pocket.phone.own_contacts().add(own_contact(name, &[])).unwrap();
    }
    let listed = pocket.phone.own_contacts().list().unwrap();
    let listed: Vec<&str> = listed.iter().map(|contact| contact.display_name.as_str()).collect();
    let sorted = ["Dua", "Đức", "Dud", "Emil", "Émile", "Emily", "Łukasz", "Luz", "Zoë"];
    assert_eq!(listed, sorted);
    let staff = names.iter().enumerate();
    pocket.receive(staff.map(|(index, name)| contact(&format!("c{index}"), name)).collect());
    let listed = pocket.phone.contacts().list().unwrap();
    let listed: Vec<&str> = listed.iter().map(|contact| contact.display_name.as_str()).collect();
    assert_eq!(listed, sorted);
}

#[test]
fn opportunities_are_listed_in_the_order_of_the_language() {
    let mut published = small_edition();
    let titles = ["Zoo job", "École visit", "Earn 10", "Earn 2", "Edge"];
    let titled = |(index, title): (usize, &&str)| {
        opportunity(&format!("o{index}"), title, "job", "A summary.")
    };
    published.opportunities.opportunities.0 = titles.iter().enumerate().map(titled).collect();
    let pocket = Pocket::showing(&published);
    let listed = pocket.phone.opportunities().list(&OpportunityFilter::default()).unwrap();
    let listed: Vec<&str> = listed.iter().map(|it| it.opportunity.title.as_str()).collect();
    assert_eq!(listed, ["Earn 2", "Earn 10", "École visit", "Edge", "Zoo job"]);
}
