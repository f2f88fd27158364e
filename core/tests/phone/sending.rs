//! What leaves the phone, and when it counts as sent.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use promise_core::{AskAbout, ContactEdit, OpportunityEdit};
use promise_protocol::{
    Change, MAX_CELLS_SENT, Stamp, SyncRequest, SyncResponse,
    schema::{self, check_sealed},
    vocabulary::{AppointmentAnswer, PledgeMark},
};
use serde_json::json;

use crate::common::{NOW, Pocket, change, contact, never_cancelled, small_edition};

#[test]
fn private_records_are_sent_sealed_and_under_another_id() {
    let pocket = Pocket::showing(&small_edition());
    pocket.receive(vec![contact("ada", "Ada Obi")]);
    let phone = &pocket.phone;
    let secret = || Some("secret".to_owned());
    phone
        .opportunities()
        .save(&"barista".into(), OpportunityEdit { note: secret(), ..Default::default() })
        .unwrap();
    phone.opportunities().unsave(&"barista".into()).unwrap();
    phone.promise().mark(&"council-tax".into(), PledgeMark::WantIt, secret()).unwrap();
    let own = ContactEdit {
        nickname: secret(),
        pinned: Some(true),
        hidden: Some(true),
        discreet: Some(true),
        note: secret(),
    };
    phone.contacts().edit(&"ada".into(), own).unwrap();
    phone.asks().write("not private", AskAbout::Contact("ada".into())).unwrap();
    phone.sync(&never_cancelled()).unwrap();
    let restored_at = pocket.server.requests().len();
    // A restored server receives everything again.
    pocket.server.next(|_| {
        Ok(SyncResponse { generation: Some("gen00002".into()), now: NOW, ..Default::default() })
    });
    phone.sync(&never_cancelled()).unwrap();

    let requests = pocket.server.requests();
    let text = serde_json::to_string(&requests).unwrap();
    for private in ["secret", "barista", "council-tax", "want_it"] {
        assert!(!text.contains(private), "{private}");
    }
    let sent = requests.iter().flat_map(|request| &request.changes);
    let sealed: Vec<_> = sent.filter(|change| schema::is_sealed(&change.collection)).collect();
    let collections: BTreeSet<_> = sealed.iter().map(|c| c.collection.as_str()).collect();
    assert_eq!(collections, ["contact_mark", "pledge_mark", "saved"].into());
    assert!(sealed.iter().all(|change| change.id.len() == 16));
    for value in sealed.iter().flat_map(|change| change.fields.values()) {
        assert_eq!(check_sealed(value), Ok(()), "{value}");
    }
    // What is resent is the same to the byte: a server sees no second value. Only the ids of what is
    // published are new, because the restore may have lost the edition.
    let (before, after) = requests.split_at(restored_at);
    let sealed = |requests: &[SyncRequest]| -> BTreeMap<(String, Stamp), Change> {
        let changes = requests.iter().flat_map(|request| request.changes.clone());
        let sealed = changes.filter(|change| schema::is_sealed(&change.collection));
        sealed.map(|change| ((change.id.clone(), change.stamp.clone()), change)).collect()
    };
    let (before, mut after) = (sealed(before), sealed(after));
    after.retain(|key, change| before.contains_key(key) || !change.fields.keys().eq([schema::OF]));
    assert_eq!(after, before);
    assert_eq!(phone.status().unwrap().unsent, 0);
}

#[test]
fn edit_waits_until_the_server_takes_it() {
    let pocket = Pocket::paired();
    pocket.phone.asks().write("Hello", AskAbout::Anything).unwrap();
    assert_eq!(pocket.phone.status().unwrap().unsent, 1);
    // Not taken, several times: nothing is lost.
    for _ in 0..3 {
        pocket
            .server
            .next(|_| Ok(SyncResponse { now: NOW, seen_request: Some(40), ..Default::default() }));
    }
    pocket.sync().unwrap();
    let requests = pocket.server.requests();
    assert_eq!(requests.len(), 4);
    assert!(requests.windows(2).all(|pair| pair[0].changes == pair[1].changes));
    assert!(requests[1].request > 40, "the counter jumps past what the server saw");
    assert_eq!(pocket.phone.status().unwrap().unsent, 0);
    assert_eq!(pocket.phone.asks().list().unwrap().len(), 1);
}

#[test]
fn edit_during_a_request_stays_unsent() {
    let pocket = Arc::new(Pocket::paired());
    pocket.receive(vec![change("appointment", "a1", 0, json!({"title": "Meet"}))]);
    pocket.phone.appointments().answer(&"a1".into(), AppointmentAnswer::Coming, None).unwrap();
    let in_the_call = pocket.clone();
    pocket.server.next(move |_| {
        in_the_call
            .phone
            .appointments()
            .answer(&"a1".into(), AppointmentAnswer::NotComing, None)
            .unwrap();
        Ok(SyncResponse { now: NOW, taken: true, ..Default::default() })
    });
    pocket.sync().unwrap();
    let requests = pocket.server.requests();
    let answers: Vec<_> =
        requests[1..].iter().map(|r| r.changes[0].fields["answer"].clone()).collect();
    assert_eq!(answers, [json!("coming"), json!("not_coming")]);
    assert_eq!(pocket.phone.status().unwrap().unsent, 0);
    assert_eq!(
        pocket.phone.appointments().list().unwrap()[0].answer,
        Some(AppointmentAnswer::NotComing)
    );
}

#[test]
fn many_edits_take_several_requests_and_none_is_split() {
    let pocket = Pocket::paired();
    for n in 0..(MAX_CELLS_SENT / 2 + 60) {
        pocket.phone.asks().write(&format!("Ask {n}"), AskAbout::Pledge("p".into())).unwrap();
    }
    pocket.sync().unwrap();
    let requests = pocket.server.requests();
    assert!(requests.len() >= 2);
    for request in &requests {
        assert!(request.changes.iter().all(|change| change.fields.len() == 3));
        assert!(request.changes.iter().map(|c| c.fields.len()).sum::<usize>() <= MAX_CELLS_SENT);
    }
    let sent: usize = requests.iter().map(|request| request.changes.len()).sum();
    assert_eq!((sent, pocket.phone.status().unwrap().unsent), (MAX_CELLS_SENT / 2 + 60, 0));
}
