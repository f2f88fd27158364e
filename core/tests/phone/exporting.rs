//! Exports: everything is in them, and no text that a person wrote can do harm.

use promise_core::{
    AskAbout, ContactEdit, OpportunityEdit, OwnContactEdit, ProfileEdit,
    export::{Labels, cards::CardVersion},
};
use promise_protocol::{
    Change, SyncResponse, Verdict,
    values::{PhoneKind, PhoneNumber},
    vocabulary::PledgeMark,
};
use serde_json::json;

use crate::{
    common::{NOW, Pocket, change, contact, key, small_edition},
    newer_data::make_newer,
};

/// A phone with one record of everything.
fn full(words: &str) -> Pocket {
    let mut published = small_edition();
    published.opportunity("barista").title = format!("{words} barista");
    published.opportunity("barista").url = Some(format!("javascript:{words}"));
    let pocket = Pocket::showing(&published);
    let text = |what: &str| format!("{words} {what}");
    pocket.receive(vec![
        change(
            "contact",
            "ada",
            0,
            json!({"display_name": text("Ada"), "role": text("adviser"),
            "email": text("a@b.c"), "about": text("about"), "languages": [text("en")],
            "phones": [{"number": text("0"), "kind": "mobile", "ext": "<4>"}],
            "verified_on": "2026-11-03"}),
        ),
        change(
            "appointment",
            "m1",
            0,
            json!({"title": text("meeting"), "place": text("place"),
            "starts_at": "2026-07-03T09:30:00Z", "minutes": 45, "with_contact": "ada"}),
        ),
    ]);
    let phone = &pocket.phone;
    let note = |what: &str| Some(text(what));
    let hidden = ContactEdit {
        hidden: Some(true),
        discreet: Some(true),
        note: note("hidden note"),
        ..Default::default()
    };
    phone.contacts().edit(&"ada".into(), hidden).unwrap();
    phone.promise().mark(&"council-tax".into(), PledgeMark::WantIt, note("pledge note")).unwrap();
    let remind = Some(promise_core::Reminder::On("2026-08-09".parse().unwrap()));
    let edit =
        OpportunityEdit { note: note("saved note"), remind_on: remind, ..Default::default() };
    phone.opportunities().save(&"barista".into(), edit).unwrap();
    let (ext, prefer, unknown) = (None, true, serde_json::Map::new());
    let number = PhoneNumber {
        number: "07700 900123".into(),
        kind: PhoneKind::Mobile,
        ext,
        prefer,
        unknown,
    };
    let friend = OwnContactEdit {
        display_name: note("friend"),
        note: note("friend note"),
        phones: Some(vec![number]),
        hidden: Some(true),
        ..Default::default()
    };
    phone.own_contacts().add(friend).unwrap();
    let born = Some("2008-02-29".parse().ok());
    phone.profile().edit(ProfileEdit { date_of_birth: born, ..Default::default() }).unwrap();
    let shown = promise_core::SharedItem::PledgeNote("council-tax".into());
    let ask = phone.asks().share_with_adviser(&shown, &text("ask")).unwrap();
    let answer = json!({"reply": text("reply"), "replied_by": text("Ada"), "status": "done"});
    pocket.receive(vec![change("ask", ask.as_str(), 1, answer)]);
    pocket
}

const ALL: [&str; 14] = [
    "Ada",
    "adviser",
    "about",
    "meeting",
    "place",
    "hidden note",
    "pledge note",
    "saved note",
    "friend",
    "friend note",
    "ask",
    "reply",
    "barista",
    "en",
];

#[test]
fn page_has_everything() {
    let pocket = full("my");
    let page =
        pocket.phone.export().include_discreet(true).page(&["en"], &Labels::default()).unwrap();
    for what in ALL {
        assert!(page.contains(&format!("my {what}")), "{what}");
    }
    for what in [
        "You hide them",
        "They do not show while your phone is locked",
        "You want it",
        "9 August 2026",
        "Checked on",
        "3 November 2026",
        "3 July 2026 at 10:30",
        "45 minutes",
        "29 February 2008",
        "Riverbridge Council",
        "Setting up home",
        "07700 900123",
        "href=\"tel:+447700900123\"",
        "lang=\"en\" dir=\"ltr\"",
    ] {
        assert!(page.contains(what), "{what}");
    }
}

#[test]
fn page_has_what_is_new_and_when_the_phone_reminds() {
    let pocket = Pocket::showing(&small_edition());
    let remind_on = "2026-08-09".parse().ok().map(promise_core::Reminder::On);
    let edit = OpportunityEdit { remind_on, ..OpportunityEdit::default() };
    pocket.phone.opportunities().save(&"barista".into(), edit).unwrap();
    pocket.receive(vec![contact("ada", "Ada Obi")]);
    let review = json!({"title": "Plan review", "starts_at": "2026-05-10T13:00:00Z"});
    let number = json!({"phones": [{"number": "+447700900456", "kind": "mobile"}]});
    pocket.receive(vec![
        change("appointment", "m1", 1, review),
        change("contact", "ada", 1, number),
        change("timescale", "visit", 1, json!({"next_on": "2026-05-20"})),
    ]);
    let mut published = small_edition();
    let visits = json!([{"id": "visit", "display_name": {"en": "Visits"}, "promise": "8 weeks"}]);
    published.directory.timescales = serde_json::from_value(visits).unwrap();
    published.promise.pledges.0.retain(|pledge| pledge.id != "council-tax");
    published.opportunity("barista").title = "Another course".into();
    published.directory.lines.0[0].phones[0].number = "+442079460999".into();
    pocket.server.publish(&published, 2);
    pocket.sync().unwrap();
    let page = pocket.phone.export().page(&["en"], &Labels::default()).unwrap();
    let (_, news) = page.split_once("<h2 id=\"news\">").unwrap();
    let (news, _) = news.split_once("</section>").unwrap();
    for what in [
        "What is new for you",
        "A new phone number",
        "Ada Obi",
        "Duty line",
        "020 7946 0999",
        "A new meeting",
        "10 May 2026 at 14:00",
        "A visit or review is planned",
        "20 May 2026",
        "Not promised any more",
        "Council tax",
        "Something you saved changed",
        "Another course",
    ] {
        assert!(news.contains(what), "{what}");
    }
    let (_, reminders) = page.split_once("<h2 id=\"reminders\">").unwrap();
    let (reminders, _) = reminders.split_once("</section>").unwrap();
    for what in [
        "9 May 2026 at 18:00",
        "10 May 2026 at 12:00",
        "A visit or review is planned for the next day",
        "19 May 2026 at 18:00",
        "Visits",
        "9 August 2026 at 10:00",
    ] {
        assert!(reminders.contains(what), "{what}");
    }
    assert_eq!(reminders.matches("Plan review").count(), 2);
    assert!(reminders.contains("A day you chose") && reminders.contains("Another course"));
}

#[test]
fn page_shows_what_was_before_beside_what_is_new() {
    let mut published = small_edition();
    published.opportunity("barista").closes_at = "2026-07-01T11:00:00Z".parse().ok();
    let pocket = Pocket::showing(&published);
    pocket.phone.opportunities().save(&"barista".into(), OpportunityEdit::default()).unwrap();
    let review = |at: &str| json!({"title": "Plan review", "starts_at": at});
    pocket.receive(vec![
        contact("ada", "Ada Obi"),
        contact("bea", "Bea"),
        change("appointment", "m1", 1, review("2026-05-10T13:00:00Z")),
    ]);
    let made = pocket.phone.news(&["en"]).unwrap().appointments.remove(0);
    pocket.phone.mark_news_seen(&made.news_id).unwrap();
    let number = json!({"phones": [{"number": "+447700900456", "kind": "mobile"}]});
    pocket.receive(vec![
        change("contact", "ada", 2, number),
        change("contact", "bea", 2, json!({"phones": []})),
        change("appointment", "m1", 2, review("2026-05-12T09:00:00Z")),
    ]);
    published.opportunity("barista").closes_at = "2026-06-20T11:00:00Z".parse().ok();
    pocket.server.publish(&published, 2);
    pocket.sync().unwrap();
    let page = pocket.phone.export().page(&["en"], &Labels::default()).unwrap();
    let (_, news) = page.split_once("<h2 id=\"news\">").unwrap();
    let (news, _) = news.split_once("</section>").unwrap();
    let before = "<bdi>Before</bdi>: <bdi";
    for (now, was) in [
        ("href=\"tel:+447700900456\"", format!("{before} dir=\"ltr\">07700 900123</bdi>")),
        (
            "A phone number that is not right any more",
            format!("{before} dir=\"ltr\">07700 900123</bdi>"),
        ),
        ("12 May 2026 at 10:00", format!("{before}>10 May 2026 at 14:00</bdi>")),
        ("20 June 2026", format!("{before}>1 July 2026</bdi>")),
    ] {
        assert!(news.contains(now) && news.contains(&was), "{now} {was}: {news}");
    }
    assert_eq!(news.matches(before).count(), 4);
    assert!(!news.contains("tel:+447700900123"), "the number before is no link");
}

#[test]
fn discreet_contacts_are_exported_only_when_asked_for() {
    let pocket = full("my");
    let cover = json!([{"from": "2026-07-01", "to": "2026-07-31", "cover": "ada"}]);
    pocket.receive(vec![change(
        "contact",
        "bea",
        1,
        json!({"display_name": "my Bea", "leave": cover, "replaced_by": "ada"}),
    )]);
    let number = json!({"phones": [{"number": "+447700900456", "kind": "mobile"}]});
    pocket.receive(vec![change("contact", "ada", 9, number)]);
    let export = || pocket.phone.export();
    let page = export().page(&["en"], &Labels::default()).unwrap();
    assert!(page.contains("my Bea"));
    for gone in
        ["my adviser", "my hidden note", "my a@b.c", "900456", "After that", "They do not show"]
    {
        assert!(!page.contains(gone), "{gone}");
    }
    let cards = export().cards(CardVersion::V4).unwrap();
    assert!(cards.contains("FN:my Bea") && !cards.contains("my Ada"));
    let page = export().include_discreet(true).page(&["en"], &Labels::default()).unwrap();
    assert!(page.contains("my adviser") && page.contains("900456") && page.contains("After that"));
    assert!(export().include_discreet(true).cards(CardVersion::V4).unwrap().contains("FN:my Ada"));
}

#[test]
fn texts_are_escaped_on_the_page() {
    let evil = "</style></title><script>alert('&\"');</script><img src=x onerror=x>";
    let pocket = full(evil);
    let page =
        pocket.phone.export().include_discreet(true).page(&["en"], &Labels::default()).unwrap();
    for harm in ["<script", "<img", "href=\"javascript", "\" onerror"] {
        assert!(!page.contains(harm), "{harm}");
    }
    assert_eq!(page.matches("</style>").count(), 1);
    assert_eq!(page.matches("</title>").count(), 1);
    let labels = Labels { title: evil.into(), language: evil.into(), ..Labels::default() };
    let page = pocket.phone.export().include_discreet(true).page(&[evil], &labels).unwrap();
    assert!(!page.contains("<script") && !page.contains("<img"));
}

#[test]
fn cards_include_hidden_contacts() {
    let pocket = full("my");
    for (version, number) in [(CardVersion::V3, ":+44"), (CardVersion::V4, ":tel:+44")] {
        let cards = pocket.phone.export().include_discreet(true).cards(version).unwrap();
        assert_eq!(cards.matches("BEGIN:VCARD\r\n").count(), 2);
        for line in
            ["FN:my Ada", "FN:my friend", "NOTE:my friend note", "NOTE:my hidden note\\nmy about"]
        {
            assert!(cards.contains(&format!("{line}\r\n")), "{line}");
        }
        assert!(cards.contains(&format!("{number}7700900123\r\n")));
        assert_eq!(
            cards,
            pocket.phone.export().include_discreet(true).cards(version).unwrap(),
            "the same each time"
        );
    }
}

#[test]
fn json_has_everything_private() {
    let pocket = full("my");
    let export = pocket.phone.export().json().unwrap().to_string();
    for what in ALL.iter().filter(|what| **what != "barista") {
        assert!(export.contains(&format!("my {what}")), "{what}");
    }
    assert!(export.contains("2008-02-29") && export.contains("+447700900123"));
    assert!(!export.contains(&pocket.server.token()), "no secrets");
}

#[test]
fn empty_phone_exports_a_page_and_no_cards() {
    let pocket = Pocket::unpaired();
    let page = pocket.phone.export().include_discreet(true).page(&[], &Labels::default()).unwrap();
    assert_eq!(page.matches("Nothing here yet.").count(), 9);
    assert_eq!(pocket.phone.export().include_discreet(true).cards(CardVersion::V3).unwrap(), "");
}

#[test]
fn notes_on_deleted_records_are_exported() {
    let pocket = full("my");
    let mut published = small_edition();
    published.promise.pledges.0.retain(|pledge| pledge.id != "council-tax");
    published.opportunities.opportunities.0.clear();
    pocket.server.publish(&published, 2);
    pocket.receive(vec![change("contact", "ada", 9, json!({"deleted": true}))]);
    pocket.sync().unwrap();
    let page =
        pocket.phone.export().include_discreet(true).page(&["en"], &Labels::default()).unwrap();
    for what in ["hidden note", "pledge note", "saved note", "barista"] {
        assert!(page.contains(&format!("my {what}")), "{what}");
    }
    assert!(page.contains("Notes about things that are not here any more"));
}

#[test]
fn refused_texts_are_exported() {
    let pocket = Pocket::paired();
    pocket.phone.asks().write("my ask", AskAbout::Anything).unwrap();
    pocket.server.next(|request| {
        let Change { collection, id, stamp, .. } = request.changes[0].clone();
        let (field, reason) = ("text".into(), "too_long".into());
        let verdicts = vec![Verdict { collection, id, field, stamp, reason }];
        Ok(SyncResponse { now: NOW, taken: true, verdicts, ..SyncResponse::default() })
    });
    pocket.sync().unwrap();
    let page =
        pocket.phone.export().include_discreet(true).page(&["en"], &Labels::default()).unwrap();
    assert!(page.contains("did not take") && page.contains("my ask"));
}

#[test]
fn data_from_a_newer_version_is_exported() {
    let pocket = full("my");
    let path = pocket.path();
    let Pocket { phone, folder, .. } = pocket;
    drop(phone);
    make_newer(&path);
    let phone = promise_core::PocketPhone::open(&path, key()).unwrap();
    assert!(
        phone
            .export()
            .include_discreet(true)
            .page(&["en"], &Labels::default())
            .unwrap()
            .contains("my friend note")
    );
    assert!(
        phone
            .export()
            .include_discreet(true)
            .cards(CardVersion::V4)
            .unwrap()
            .contains("FN:my friend\r\n")
    );
    drop(folder);
}

#[test]
fn translated_page_has_its_own_labels_and_direction() {
    let mut published = small_edition();
    published.promise.title.insert("ar".into(), "وعدنا لك".into());
    let pocket = Pocket::showing(&published);
    pocket.receive(vec![contact("ada", "Ada Obi")]);
    let labels = Labels {
        language: "ar".into(),
        right_to_left: true,
        people: "أشخاص يساعدونك".into(),
        ..Labels::default()
    };
    let page = pocket.phone.export().include_discreet(true).page(&["ar"], &labels).unwrap();
    assert!(page.contains("<html lang=\"ar\" dir=\"rtl\">"));
    assert!(page.contains("<bdi lang=\"ar\">وعدنا لك</bdi>"));
    assert!(page.contains("<bdi lang=\"en\">Council tax</bdi>"), "what is not translated says so");
    assert!(page.contains("<bdi dir=\"ltr\">07700 900123</bdi>"));
    assert!(page.contains("أشخاص يساعدونك"));
}

#[test]
fn text_only_number_is_not_exported_as_one_to_ring() {
    let pocket = Pocket::paired();
    // As older versions stored it, with a kind that is wrong.
    let phones = serde_json::json!([
        {"number": "85258", "kind": "mobile"},
        {"number": "+447700900123", "kind": "text"},
        {"number": "+447700900456", "kind": "whatsapp"},
        {"number": "1800103001234567", "kind": "landline"},
        {"number": "+449012345678", "kind": "landline"},
        {"number": "+442079460000", "kind": "landline", "ext": "4"},
    ]);
    let shout = serde_json::json!({"role": "Line", "display_name": "Shout", "phones": phones});
    pocket.receive(vec![change("contact", "shout", 1, shout)]);
    let page =
        pocket.phone.export().include_discreet(true).page(&["en"], &Labels::default()).unwrap();
    for link in
        ["sms:85258", "sms:+447700900123", "tel:1800103001234567", "tel:+442079460000;ext=4"]
    {
        assert!(page.contains(&format!("href=\"{link}\"")), "{link}");
    }
    for link in ["tel:85258", "tel:+447700900123", "tel:+447700900456"] {
        assert!(!page.contains(&format!("href=\"{link}")), "{link}");
    }
    assert!(page.contains("18001 0300 123 4567") && page.contains("costs extra"));
    let third = pocket.phone.export().include_discreet(true).cards(CardVersion::V3).unwrap();
    assert!(third.contains("TEL;TYPE=CELL:85258\r\n"), "{third}");
    assert!(third.contains("TEL;TYPE=VOICE:+442079460000\\,4\r\n"), "{third}");
    let fourth = pocket.phone.export().include_discreet(true).cards(CardVersion::V4).unwrap();
    assert!(fourth.contains("TEL;TYPE=\"text,cell\":85258\r\n"), "{fourth}");
    assert!(fourth.contains("tel:+442079460000;ext=4\r\n"), "{fourth}");
    let dialled = |cards: &str| -> Vec<String> {
        let values = cards
            .lines()
            .filter(|line| line.starts_with("TEL"))
            .filter_map(|line| line.rsplit_once(':'));
        values.map(|(_, value)| value.replace(";ext=", "")).collect()
    };
    for value in dialled(&third).into_iter().chain(dialled(&fourth)) {
        assert!(!value.contains(char::is_alphabetic), "{value}");
    }
}
