//! "Show this to my adviser": exactly one thing leaves, and only because the person said so.

use promise_core::{
    AskAbout, ContactEdit, OpportunityEdit, OwnContactEdit, PocketPhone, PromiseError, Shown,
};
use promise_protocol::Change;
use serde_json::{Value, json};

use crate::common::{Pocket, contact, small_edition};

fn pocket() -> Pocket {
    let pocket = Pocket::showing(&small_edition());
    pocket.receive(vec![contact("ada", "Ada Obi")]);
    let phone = &pocket.phone;
    let note = |text: &str| Some(text.to_owned());
    let own = ContactEdit {
        note: note("canary contact note"),
        nickname: note("canary nickname"),
        ..ContactEdit::default()
    };
    phone.edit_contact("ada", own).unwrap();
    phone.mark_pledge("council-tax", "want_it", note("canary pledge note")).unwrap();
    let edit = OpportunityEdit { note: note("canary opportunity note"), ..Default::default() };
    phone.save_opportunity("barista", edit).unwrap();
    let friend =
        OwnContactEdit { display_name: note("canary friend"), ..OwnContactEdit::default() };
    phone.add_own_contact(friend).unwrap();
    pocket
}

/// Everything private, as the phone keeps it.
fn private(phone: &PocketPhone) -> Value {
    let mut export = phone.export().unwrap();
    let unsent = export["unsent"].as_array_mut().unwrap();
    unsent.retain(|row| row["collection"] != "ask");
    json!([export["unsent"], export["cell"]])
}

/// What was shown of the asks that were sent, and the text of all requests.
fn sent(pocket: &Pocket) -> (Vec<Change>, String) {
    let requests = pocket.server.requests();
    let asks = requests.iter().flat_map(|request| request.changes.clone());
    let asks = asks.filter(|change| change.collection == "ask").collect();
    (asks, serde_json::to_string(&requests).unwrap())
}

#[test]
fn only_the_one_thing_leaves_and_its_note_stays_as_it_is() {
    let notes = ["canary contact note", "canary pledge note", "canary opportunity note"];
    let cases = [
        (Shown::ContactNote("ada".into()), ("about_contact", "ada"), Some(notes[0])),
        (Shown::PledgeNote("council-tax".into()), ("about_pledge", "council-tax"), Some(notes[1])),
        (
            Shown::OpportunityNote("barista".into()),
            ("about_opportunity", "barista"),
            Some(notes[2]),
        ),
        (Shown::Opportunity("barista".into()), ("about_opportunity", "barista"), None),
        (Shown::Opportunity("cinema".into()), ("about_opportunity", "cinema"), None),
    ];
    for (what, (about, id), note) in cases {
        let pocket = pocket();
        let before = private(&pocket.phone);
        let ask = pocket.phone.show_to_adviser(&what, "Can you help with this?").unwrap();
        assert_eq!(private(&pocket.phone), before, "{what:?}");
        pocket.sync().unwrap();

        let (asks, all) = sent(&pocket);
        let [change] = &asks[..] else { panic!("one ask") };
        assert_eq!((&change.id, &change.fields[about]), (&ask, &json!(id)));
        assert_eq!(change.fields["text"], "Can you help with this?");
        assert_eq!(change.fields.get("shown"), note.map(|note| json!(note)).as_ref());
        let fields = if note.is_some() { 4 } else { 3 };
        assert_eq!(change.fields.len(), fields, "text, asked_at, what it is about, and the note");
        let canaries = all.matches("canary ").count();
        assert_eq!(canaries, usize::from(note.is_some()), "nothing else is readable: {what:?}");
        let shown = pocket.phone.asks().unwrap().remove(0);
        assert_eq!(shown.shown.as_deref(), note);
    }
}

#[test]
fn what_was_shown_is_a_copy() {
    let pocket = pocket();
    let phone = &pocket.phone;
    phone.show_to_adviser(&Shown::ContactNote("ada".into()), "See").unwrap();
    let edit = ContactEdit { note: Some("something else".into()), ..ContactEdit::default() };
    phone.edit_contact("ada", edit).unwrap();
    let ask = phone.asks().unwrap().remove(0);
    assert_eq!(ask.shown.as_deref(), Some("canary contact note"));
    phone.delete_ask(&ask.id).unwrap();
    assert!(phone.asks().unwrap().is_empty());
    assert_eq!(phone.contacts().unwrap()[0].note.as_deref(), Some("something else"));
}

#[test]
fn what_is_not_there_cannot_be_shown() {
    let pocket = pocket();
    let phone = &pocket.phone;
    pocket.receive(vec![contact("bea", "Bea Nowak")]);
    phone.save_opportunity("cinema", OpportunityEdit::default()).unwrap();
    phone.mark_pledge("setting-up-home", "want_it", None).unwrap();
    phone.unmark_pledge("council-tax").unwrap();
    let before = phone.export().unwrap();
    for gone in [
        Shown::ContactNote("bea".into()),
        Shown::ContactNote("nobody".into()),
        Shown::PledgeNote("setting-up-home".into()),
        Shown::PledgeNote("council-tax".into()),
        Shown::OpportunityNote("cinema".into()),
        Shown::OpportunityNote("warehouse".into()),
        Shown::Opportunity("gone".into()),
    ] {
        assert_eq!(phone.show_to_adviser(&gone, "See"), Err(PromiseError::NotFound), "{gone:?}");
    }
    let wordless = Err(PromiseError::Invalid { field: "text".into() });
    for words in ["", " \n"] {
        let what = Shown::ContactNote("ada".into());
        assert_eq!(phone.show_to_adviser(&what, words), wordless);
    }
    assert_eq!(phone.export().unwrap(), before);
}

#[test]
fn an_ask_can_be_about_an_opportunity() {
    let pocket = pocket();
    pocket.phone.write_ask("Is this for me?", AskAbout::Opportunity("cinema".into())).unwrap();
    let ask = pocket.phone.asks().unwrap().remove(0);
    assert_eq!((ask.about_opportunity.as_deref(), ask.shown), (Some("cinema"), None));
}
