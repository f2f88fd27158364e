//! The record of the person's phones, as they see it.

use std::sync::{Arc, Mutex};

use promise_core::{ChangeListener, DeviceRecord, PromiseError, Topic, export::Labels};
use promise_protocol::{
    Author, Change, Reading, SyncResponse,
    phone_record::{DeviceState, Inviter},
};
use serde_json::{Value, json};

use crate::common::{NOW, Pocket, author, change};

/// The record of a phone that was paired so many milliseconds after this one.
fn phone(id: &str, after: i64, mut more: Value) -> Change {
    let paired_at = chrono::DateTime::from_timestamp_millis(NOW + after).unwrap();
    let mut fields =
        json!({"paired_at": paired_at, "inviter": "staff", "by": "Sam", "state": "full"});
    fields.as_object_mut().unwrap().append(more.as_object_mut().unwrap());
    change("phone", id, after, fields)
}

fn records(pocket: &Pocket) -> Vec<DeviceRecord> {
    pocket.phone.devices().records().unwrap()
}

fn new(pocket: &Pocket) -> Vec<String> {
    records(pocket).into_iter().filter(|it| it.is_new).map(|it| it.id).collect()
}

/// A phone that has its own record, that of a phone from before, and that of one that was added.
fn pocket() -> Pocket {
    let pocket = Pocket::paired();
    pocket.receive(vec![
        phone("p0000000c", 9, json!({})),
        phone(author().as_str(), 0, json!({"inviter": "operator", "by": null})),
        phone("p0000000b", -9, json!({"inviter": "phone", "by": "p0000000d"})),
    ]);
    pocket
}

#[test]
fn phones_are_listed_with_how_they_came() {
    let pocket = pocket().reopen();
    let [before, this, added] = &records(&pocket)[..] else { panic!("{:?}", records(&pocket)) };
    let by = |device: &DeviceRecord| (device.inviter.clone(), device.invited_by.clone());
    assert_eq!(by(before), (Inviter::Phone, Some("p0000000d".into())));
    assert_eq!(by(this), (Inviter::Operator, None));
    assert_eq!(by(added), (Inviter::Staff, Some("Sam".into())));
    assert_eq!([before.is_this, this.is_this, added.is_this], [false, true, false]);
    assert_eq!(added.paired_at.unwrap().timestamp_millis(), NOW + 9);
    assert_eq!(added.state, DeviceState::Full);
}

#[test]
fn phone_that_was_added_is_new_until_it_was_seen() {
    let pocket = pocket();
    assert_eq!(new(&pocket), ["p0000000c"]);
    assert_eq!(pocket.phone.devices().mark_seen("p0000000f"), Err(PromiseError::NotFound));
    pocket.phone.devices().mark_seen("p0000000c").unwrap();
    let pocket = pocket.reopen();
    assert!(new(&pocket).is_empty());
    pocket.server.forget_requests();
    pocket.sync().unwrap();
    assert!(pocket.server.requests().iter().all(|it| it.changes.is_empty()), "it is not synced");
    // Another one that nobody has seen, and that is out of use before they could.
    pocket.receive(vec![phone("p0000000e", 20, json!({}))]);
    assert_eq!(new(&pocket), ["p0000000e"]);
    pocket.receive(vec![phone("p0000000e", 30, json!({"state": "revoked"}))]);
    assert!(new(&pocket).is_empty());
}

/// A phone of a thief cannot take itself out of the record of the others, nor hide what it may do.
#[test]
fn phone_cannot_change_the_record() {
    let pocket = pocket();
    let thief: Author = "p0000000c".parse().unwrap();
    for fields in [json!({"deleted": true}), json!({"state": "revoked"}), json!({"by": "Jo"})] {
        let mut forged = phone("p0000000c", 50, fields);
        forged.signature = None;
        forged.stamp.author = thief.clone();
        forged.stamp.reading = Reading::at_millis(NOW + 50);
        pocket.receive(vec![forged]);
        let added = records(&pocket).pop().unwrap();
        assert_eq!((added.id.as_str(), added.is_new), ("p0000000c", true));
        assert_eq!((added.invited_by.as_deref(), &added.state), (Some("Sam"), &DeviceState::Full));
    }
}

#[test]
fn phone_that_is_paired_again_keeps_what_is_new() {
    let pocket = pocket().at_server("https://riverbridge.example");
    assert_eq!(new(&pocket), ["p0000000c"]);
}

#[test]
fn words_of_a_newer_version_are_shown() {
    let pocket = pocket();
    pocket.receive(vec![phone("p0000000c", 50, json!({"state": "half_open", "inviter": "robot"}))]);
    let added = records(&pocket).pop().unwrap();
    assert_eq!(added.inviter, Inviter::Other("robot".into()));
    assert!(added.is_new, "what is not known to be out of use is shown");
    let page = pocket.phone.export().page(&["en"], &Labels::default()).unwrap();
    assert!(page.contains("robot") && page.contains("half open"));
}

#[test]
fn exports_have_the_phones() {
    let pocket = pocket();
    pocket.receive(vec![phone("p0000000b", 60, json!({"state": "revoked"}))]);
    assert!(pocket.phone.export().json().unwrap().to_string().contains("p0000000c"));
    let page = pocket.phone.export().page(&["en"], &Labels::default()).unwrap();
    for text in ["Your phones", "By a code from Sam", "This phone", "Taken off"] {
        assert!(page.contains(text), "{text}\n{page}");
    }
}

/// How many requests proposed a step to another key.
fn proposals(pocket: &Pocket) -> usize {
    let requests = pocket.server.requests();
    requests.iter().filter(|request| !request.key_steps.is_empty()).count()
}

/// A phone that is paired again beside others proposes its key before its record says that it is limited.
#[test]
fn limited_phone_keeps_its_key_step_back_until_it_is_confirmed() {
    let pocket = Pocket::unpaired();
    pocket.pair("https://riverbridge.example", "K7QF-3MZD-9X01").unwrap();
    let record = phone(author().as_str(), 0, json!({"state": "limited"}));
    pocket.server.next(move |request| {
        let (taken, changes) = (!request.changes.is_empty(), vec![record]);
        Ok(SyncResponse { now: NOW, taken, changes, ..SyncResponse::default() })
    });
    pocket.sync().unwrap();
    assert_eq!(proposals(&pocket), 1, "it does not know yet");
    pocket.sync().unwrap();
    assert_eq!(proposals(&pocket), 1);
    let status = pocket.phone.status().unwrap();
    assert_eq!((status.unsent, status.refused.len()), (0, 0));
    assert_eq!(pocket.phone.recovery().change(), Err(PromiseError::LimitedPhone));
    pocket.receive(vec![phone(author().as_str(), 10, json!({"state": "full"}))]);
    pocket.sync().unwrap();
    assert_eq!(proposals(&pocket), 2);
}

struct Topics(Mutex<Vec<Topic>>);

impl ChangeListener for Topics {
    fn changed(&self, topics: &[Topic]) {
        self.0.lock().unwrap().extend(topics);
    }
}

#[test]
fn listener_receives_an_added_phone() {
    let pocket = Pocket::paired();
    let topics = Arc::new(Topics(Mutex::default()));
    pocket.phone.set_listener(Some(topics.clone()));
    pocket.receive(vec![phone("p0000000c", 9, json!({}))]);
    assert!(topics.0.lock().unwrap().contains(&Topic::Devices));
    topics.0.lock().unwrap().clear();
    pocket.phone.devices().mark_seen("p0000000c").unwrap();
    assert_eq!(*topics.0.lock().unwrap(), [Topic::Devices]);
}
