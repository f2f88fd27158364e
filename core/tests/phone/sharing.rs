//! Sharing with the adviser: exactly one thing leaves the phone, and only because the person chose it.

use promise_core::{
    AskAbout, ContactEdit, OpportunityEdit, OwnContactEdit, PocketPhone, PromiseError, SharedItem,
};
use promise_protocol::{Change, vocabulary::PledgeMark};
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
    phone.contacts().edit(&"ada".into(), own).unwrap();
    phone
        .promise()
        .mark(&"council-tax".into(), PledgeMark::WantIt, note("canary pledge note"))
        .unwrap();
    let edit = OpportunityEdit { note: note("canary opportunity note"), ..Default::default() };
    phone.opportunities().save(&"barista".into(), edit).unwrap();
    let friend =
        OwnContactEdit { display_name: note("canary friend"), ..OwnContactEdit::default() };
    phone.own_contacts().add(friend).unwrap();
    pocket
}

/// Everything private, as the phone stores it.
fn private(phone: &PocketPhone) -> Value {
    let mut export = phone.export().json().unwrap();
    let unsent = export["unsent"].as_array_mut().unwrap();
    unsent.retain(|row| row["collection"] != "ask");
    json!([export["unsent"], export["cell"]])
}

/// The asks that were sent, and the text of all requests.
fn sent(pocket: &Pocket) -> (Vec<Change>, String) {
    let requests = pocket.server.requests();
    let asks = requests.iter().flat_map(|request| request.changes.clone());
    let asks = asks.filter(|change| change.collection == "ask").collect();
    (asks, serde_json::to_string(&requests).unwrap())
}

#[test]
fn sharing_sends_one_item_and_leaves_its_note_private() {
    let notes = ["canary contact note", "canary pledge note", "canary opportunity note"];
    let cases = [
        (SharedItem::ContactNote("ada".into()), ("about_contact", "ada"), Some(notes[0])),
        (
            SharedItem::PledgeNote("council-tax".into()),
            ("about_pledge", "council-tax"),
            Some(notes[1]),
        ),
        (
            SharedItem::OpportunityNote("barista".into()),
            ("about_opportunity", "barista"),
            Some(notes[2]),
        ),
        (SharedItem::Opportunity("barista".into()), ("about_opportunity", "barista"), None),
        (SharedItem::Opportunity("cinema".into()), ("about_opportunity", "cinema"), None),
    ];
    for (what, (about, id), note) in cases {
        let pocket = pocket();
        let before = private(&pocket.phone);
        let ask = pocket.phone.asks().share_with_adviser(&what, "Can you help with this?").unwrap();
        assert_eq!(private(&pocket.phone), before, "{what:?}");
        pocket.sync().unwrap();

        let (asks, all) = sent(&pocket);
        let [change] = &asks[..] else { panic!("one ask") };
        assert_eq!((change.id.as_str(), &change.fields[about]), (ask.as_str(), &json!(id)));
        assert_eq!(change.fields["text"], "Can you help with this?");
        assert_eq!(change.fields.get("shown"), note.map(|note| json!(note)).as_ref());
        let fields = if note.is_some() { 4 } else { 3 };
        assert_eq!(change.fields.len(), fields, "text, asked_at, what it is about, and the note");
        let canaries = all.matches("canary ").count();
        assert_eq!(canaries, usize::from(note.is_some()), "nothing else is readable: {what:?}");
        let shared = pocket.phone.asks().list().unwrap().remove(0);
        assert_eq!(shared.shared_note.as_deref(), note);
    }
}

#[test]
fn shared_note_is_a_copy() {
    let pocket = pocket();
    let phone = &pocket.phone;
    phone.asks().share_with_adviser(&SharedItem::ContactNote("ada".into()), "See").unwrap();
    let edit = ContactEdit { note: Some("something else".into()), ..ContactEdit::default() };
    phone.contacts().edit(&"ada".into(), edit).unwrap();
    let ask = phone.asks().list().unwrap().remove(0);
    assert_eq!(ask.shared_note.as_deref(), Some("canary contact note"));
    phone.asks().delete(&ask.id).unwrap();
    assert!(phone.asks().list().unwrap().is_empty());
    assert_eq!(phone.contacts().list().unwrap()[0].note.as_deref(), Some("something else"));
}

#[test]
fn missing_item_cannot_be_shared() {
    let pocket = pocket();
    let phone = &pocket.phone;
    pocket.receive(vec![contact("bea", "Bea Nowak")]);
    phone.opportunities().save(&"cinema".into(), OpportunityEdit::default()).unwrap();
    phone.promise().mark(&"setting-up-home".into(), PledgeMark::WantIt, None).unwrap();
    phone.promise().unmark(&"council-tax".into()).unwrap();
    let before = phone.export().json().unwrap();
    for gone in [
        SharedItem::ContactNote("bea".into()),
        SharedItem::ContactNote("nobody".into()),
        SharedItem::PledgeNote("setting-up-home".into()),
        SharedItem::PledgeNote("council-tax".into()),
        SharedItem::OpportunityNote("cinema".into()),
        SharedItem::OpportunityNote("warehouse".into()),
        SharedItem::Opportunity("gone".into()),
    ] {
        assert_eq!(
            phone.asks().share_with_adviser(&gone, "See"),
            Err(PromiseError::NotFound),
            "{gone:?}"
        );
    }
    let wordless = Err(PromiseError::Invalid { field: "text".into() });
    for words in ["", " \n"] {
        let what = SharedItem::ContactNote("ada".into());
        assert_eq!(phone.asks().share_with_adviser(&what, words), wordless);
    }
    assert_eq!(phone.export().json().unwrap(), before);
}

#[test]
fn ask_can_be_about_an_opportunity() {
    let pocket = pocket();
    pocket.phone.asks().write("Is this for me?", AskAbout::Opportunity("cinema".into())).unwrap();
    let ask = pocket.phone.asks().list().unwrap().remove(0);
    assert_eq!((ask.about_opportunity, ask.shared_note), (Some("cinema".into()), None));
}
