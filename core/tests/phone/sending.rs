//! What leaves the phone, and when it counts as sent.

use std::sync::Arc;

use promise_core::{About, ContactEdit, OpportunityEdit};
use promise_protocol::{MAX_CELLS_SENT, SyncResponse};
use serde_json::json;

use crate::common::{NOW, Pocket, change, contact, small_edition};

#[test]
fn what_is_private_never_leaves_the_phone() {
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
    phone.write_ask("not secret", About::Contact("ada".into())).unwrap();
    phone.sync().unwrap();
    // A restored server is handed back everything, and that is not everything.
    pocket.server.next(|_| {
        Ok(SyncResponse { generation: Some("gen00002".into()), now: NOW, ..Default::default() })
    });
    phone.sync().unwrap();

    let requests = pocket.server.requests();
    let sent: Vec<_> = requests.iter().flat_map(|request| &request.changes).collect();
    assert!(sent.iter().any(|change| change.collection == "ask"));
    assert!(!serde_json::to_string(&requests).unwrap().contains("\"secret"));
    assert!(
        sent.iter()
            .all(|change| change.collection != "saved" && change.collection != "pledge_mark")
    );
    assert!(phone.status().unwrap().private > 0);
    assert_eq!(phone.status().unwrap().unsent, 0);
}

#[test]
fn one_edit_counts_as_one_and_waits_until_it_is_taken() {
    let pocket = Pocket::paired();
    pocket.phone.write_ask("Hello", About::Anything).unwrap();
    assert_eq!(pocket.phone.status().unwrap().unsent, 1);
    // Not taken, and again not: nothing is forgotten.
    for _ in 0..3 {
        pocket
            .server
            .next(|_| Ok(SyncResponse { now: NOW, seen_request: Some(40), ..Default::default() }));
    }
    pocket.phone.sync().unwrap();
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
    pocket.phone.sync().unwrap();
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
        pocket.phone.write_ask(&format!("Ask {n}"), About::Pledge("p".into())).unwrap();
    }
    pocket.phone.sync().unwrap();
    let requests = pocket.server.requests();
    assert!(requests.len() >= 2);
    for request in &requests {
        assert!(request.changes.iter().all(|change| change.fields.len() == 3));
        assert!(request.changes.iter().map(|c| c.fields.len()).sum::<usize>() <= MAX_CELLS_SENT);
    }
    let sent: usize = requests.iter().map(|request| request.changes.len()).sum();
    assert_eq!((sent, pocket.phone.status().unwrap().unsent), (MAX_CELLS_SENT / 2 + 60, 0));
}
