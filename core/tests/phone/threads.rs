//! Calls from many threads at once.

use std::thread;

use promise_core::{AskAbout, ContactEdit, OpportunityEdit, OpportunityFilter};
use promise_protocol::vocabulary::PledgeMark;
use serde_json::json;

use crate::common::{Pocket, change, contact, never_cancelled, small_edition};

const ROUNDS: usize = 15;

#[test]
fn eight_threads_read_and_write_while_two_sync() {
    let pocket = Pocket::showing(&small_edition());
    pocket.receive(vec![
        contact("ada", "Ada Obi"),
        change("appointment", "a1", 0, json!({"title": "Meet"})),
    ]);
    let (phone, server) = (&pocket.phone, &pocket.server);
    thread::scope(|scope| {
        for number in 0..4 {
            scope.spawn(move || {
                for round in 0..ROUNDS {
                    phone.asks().write(&format!("{number} {round}"), AskAbout::Anything).unwrap();
                    phone
                        .promise()
                        .mark(&"council-tax".into(), PledgeMark::WantIt, Some(format!("{number}")))
                        .unwrap();
                    phone
                        .opportunities()
                        .save(&"barista".into(), OpportunityEdit::default())
                        .unwrap();
                    phone
                        .contacts()
                        .edit(
                            &"ada".into(),
                            ContactEdit { pinned: Some(round % 2 == 0), ..Default::default() },
                        )
                        .unwrap();
                }
            });
            scope.spawn(move || {
                for _ in 0..ROUNDS {
                    assert_eq!(phone.contacts().list().unwrap().len(), 1);
                    assert!(phone.promise().read().unwrap().is_some());
                    assert!(!phone.search("barista").unwrap().is_empty());
                    assert_eq!(
                        phone.opportunities().list(&OpportunityFilter::default()).unwrap().len(),
                        3
                    );
                    phone.status().unwrap();
                }
            });
        }
        for _ in 0..2 {
            scope.spawn(|| (0..ROUNDS).for_each(|_| drop(phone.sync(&never_cancelled()).unwrap())));
        }
    });
    phone.sync(&never_cancelled()).unwrap();
    assert_eq!(phone.status().unwrap().unsent, 0);
    assert_eq!(phone.asks().list().unwrap().len(), 4 * ROUNDS);
    let requests = server.requests();
    assert!(requests.windows(2).all(|pair| pair[0].request < pair[1].request), "one in flight");
    let sent = requests.iter().flat_map(|request| &request.changes);
    let asks = sent.filter(|change| change.collection == "ask").count();
    assert_eq!(asks, 4 * ROUNDS, "each edit was sent once");
}
