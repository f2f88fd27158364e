//! The app lock: what is readable in each state, and what is never told.

mod leaving;
mod news;
mod opening;
mod quiet;
mod tries;
mod view;

use promise_core::{
    AskAbout, ContactEdit, OpportunityEdit, OwnContactEdit, ProfileEdit, PromiseError,
};
use promise_protocol::{
    Change, SyncResponse, Verdict,
    values::{PhoneKind, PhoneNumber},
    vocabulary::{AppointmentAnswer, PledgeMark},
};
use serde_json::json;

use crate::common::{NOW, Pocket, author, change, contact, small_edition};

const PIN: &str = "4826";
const QUIET: &str = "7391";

/// A word that is in everything private, and in nothing else.
const SECRET: &str = "zugzwang";

/// A phone that shows the edition and two contacts that are not discreet: one of the council's, whom a
/// discreet colleague covers, and one of the person's own. It has a PIN.
fn plain() -> Pocket {
    let pocket = Pocket::showing(&small_edition());
    pocket.receive(vec![contact("ada", "Ada Obi"), this_phone()]);
    pocket.phone.own_contacts().add(own("Sam", false)).unwrap();
    pocket.sync().unwrap();
    pocket.phone.app_lock().set_pin(PIN).unwrap();
    pocket
}

/// The record of this phone, as of one that came alone.
fn this_phone() -> Change {
    let fields =
        json!({"paired_at": "2026-05-03T09:00:00.000Z", "inviter": "staff", "state": "full"});
    change("phone", author().as_str(), 0, fields)
}

/// The same with everything that must not be read while the lock is on.
fn with_secrets() -> Pocket {
    let pocket = plain();
    let phone = &pocket.phone;
    let leave = json!([{"from": "2026-05-01", "to": "2026-05-09", "cover": "bea"}]);
    let replaced = json!({"leave": leave, "replaced_by": "bea"});
    pocket.receive(vec![
        change("contact", "ada", 1, replaced),
        change("contact", "bea", 1, json!({"display_name": SECRET, "discreet": true})),
        contact("cem", SECRET),
        contact("dot", SECRET),
        change("appointment", "m1", 1, json!({"title": SECRET, "place": SECRET})),
        change("access", "2026-05-04.jo.s0000000a", 1, json!({"by": SECRET, "role": "adviser"})),
        change("phone", author().as_str(), 1, json!({"inviter": "phone", "by": "p0000000b"})),
        change(
            "phone",
            "p0000000c",
            1,
            json!({"inviter": "staff", "by": SECRET, "state": "limited"}),
        ),
    ]);
    let number = json!({"phones": [{"number": "+447700900789", "kind": "mobile"}]});
    pocket.receive(vec![change("contact", "cem", 2, number)]);
    let discreet = ContactEdit { discreet: Some(true), ..ContactEdit::default() };
    phone.contacts().edit(&"cem".into(), discreet).unwrap();
    let hidden = ContactEdit { hidden: Some(true), ..ContactEdit::default() };
    phone.contacts().edit(&"dot".into(), hidden).unwrap();
    let note = Some(SECRET.to_owned());
    let written = ContactEdit {
        nickname: note.clone(),
        note: note.clone(),
        pinned: Some(true),
        ..ContactEdit::default()
    };
    phone.contacts().edit(&"ada".into(), written).unwrap();
    let sam = phone.own_contacts().list().unwrap().remove(0).id;
    let written =
        OwnContactEdit { note: note.clone(), pinned: Some(true), ..OwnContactEdit::default() };
    phone.own_contacts().edit(&sam, written).unwrap();
    phone.own_contacts().add(own(SECRET, true)).unwrap();
    let hidden = OwnContactEdit { hidden: Some(true), ..own(SECRET, false) };
    phone.own_contacts().add(hidden).unwrap();
    let saved = OpportunityEdit { note: note.clone(), ..OpportunityEdit::default() };
    phone.opportunities().save(&"barista".into(), saved).unwrap();
    phone.promise().mark(&"council-tax".into(), PledgeMark::WantIt, note.clone()).unwrap();
    phone.appointments().answer(&"m1".into(), AppointmentAnswer::Coming, note).unwrap();
    let born = ProfileEdit { date_of_birth: Some("2006-02-28".parse().ok()), ..Default::default() };
    phone.profile().edit(born).unwrap();
    phone.asks().write(SECRET, AskAbout::Contact("bea".into())).unwrap();
    refuse(&pocket);
    phone.asks().write(&format!("{SECRET} again"), AskAbout::Anything).unwrap();
    pocket
}

/// Lets the server refuse what waits.
fn refuse(pocket: &Pocket) {
    pocket.server.next(|request| {
        let refused = request.changes.iter().find(|change| change.collection == "ask").unwrap();
        let Change { collection, id, stamp, .. } = refused.clone();
        let verdict =
            Verdict { collection, id, field: "text".into(), stamp, reason: "too_long".into() };
        let verdicts = vec![verdict];
        Ok(SyncResponse { now: NOW, taken: true, verdicts, ..SyncResponse::default() })
    });
    assert_eq!(pocket.sync().unwrap().refused, 1);
}

fn own(name: &str, discreet: bool) -> OwnContactEdit {
    let phone = PhoneNumber {
        number: "07700 900456".into(),
        kind: PhoneKind::Mobile,
        ext: None,
        prefer: false,
        unknown: serde_json::Map::new(),
    };
    OwnContactEdit {
        display_name: Some(name.to_owned()),
        phones: Some(vec![phone]),
        discreet: Some(discreet),
        ..OwnContactEdit::default()
    }
}

fn too_many(wait_seconds: u32) -> Result<(), PromiseError> {
    Err(PromiseError::TooManyTries { wait_seconds })
}
