//! What leaves the phone, and when it counts as sent.

use std::{collections::BTreeSet, sync::Arc};

use promise_core::{AskAbout, ContactEdit, OpportunityEdit};
use promise_protocol::{
    MAX_CELLS_SENT, SyncResponse,
    schema::{self, check_sealed},
};
use serde_json::json;

use crate::common::{NOW, Pocket, change, contact, never_cancelled, small_edition};

#[test]
fn what_is_private_leaves_the_phone_sealed_and_under_another_name() {
    let pocket = Pocket::showing(&small_edition());
    pocket.receive(vec![contact("ada", "Ada Obi")]);
    let phone = &pocket.phone;
    let secret = || Some("secret".to_owned());
    phone
        .save_opportunity("barista", OpportunityEdit { note: secret(), ..Default::default() })
        .unwrap();
    phone.unsave_opportunity("barista").unwrap();
    phone.mark_pledge("council-tax", "want_it", secret()).unwrap();
    let own =
        ContactEdit { nickname: secret(), pinned: Some(true), hidden: Some(true), note: secret() };
    phone.edit_contact("ada", own).unwrap();
    phone.write_ask("not private", AskAbout::Contact("ada".into())).unwrap();
    phone.sync(&never_cancelled()).unwrap();
    // A restored server is handed everything back.
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
    // What is handed back is the same to the byte: a server sees no second value.
    let of = |request: usize| {
        let changes = requests[request].changes.iter();
        let mut sealed: Vec<_> = changes.filter(|c| schema::is_sealed(&c.collection)).collect();
        sealed.sort_by_key(|change| (&change.id, &change.stamp));
        sealed
    };
    assert_eq!(of(requests.len() - 1).len(), of(requests.len() - 3).len());
    assert_eq!(of(requests.len() - 1), of(requests.len() - 3));
    assert_eq!(phone.status().unwrap().unsent, 0);
}

#[test]
fn one_edit_counts_as_one_and_waits_until_it_is_taken() {
    let pocket = Pocket::paired();
    pocket.phone.write_ask("Hello", AskAbout::Anything).unwrap();
    assert_eq!(pocket.phone.status().unwrap().unsent, 1);
    // Not taken, and again not: nothing is forgotten.
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
    assert_eq!(pocket.phone.asks().unwrap().len(), 1);
}

#[test]
fn an_edit_that_is_edited_again_while_it_travels_stays_unsent() {
    let pocket = Arc::new(Pocket::paired());
    pocket.receive(vec![change("appointment", "a1", 0, json!({"title": "Meet"}))]);
    pocket.phone.answer_appointment("a1", "coming", None).unwrap();
    let in_the_call = pocket.clone();
    pocket.server.next(move |_| {
        in_the_call.phone.answer_appointment("a1", "not_coming", None).unwrap();
        Ok(SyncResponse { now: NOW, taken: true, ..Default::default() })
    });
    pocket.sync().unwrap();
    let requests = pocket.server.requests();
    let answers: Vec<_> =
        requests[1..].iter().map(|r| r.changes[0].fields["answer"].clone()).collect();
    assert_eq!(answers, [json!("coming"), json!("not_coming")]);
    assert_eq!(pocket.phone.status().unwrap().unsent, 0);
    assert_eq!(pocket.phone.appointments().unwrap()[0].answer.as_deref(), Some("not_coming"));
}

#[test]
fn many_edits_go_in_several_requests_and_none_is_cut() {
    let pocket = Pocket::paired();
    for n in 0..(MAX_CELLS_SENT / 2 + 60) {
        pocket.phone.write_ask(&format!("Ask {n}"), AskAbout::Pledge("p".into())).unwrap();
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
