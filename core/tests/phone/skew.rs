//! Skew: a phone whose clock was far ahead brings its own edits back to the server's time.

use promise_core::AskAbout;
use promise_protocol::{Reading, SyncRequest, SyncResponse};

use crate::common::{NOW, Pocket};

fn texts(request: &SyncRequest) -> Vec<&str> {
    request.changes.iter().filter_map(|change| change.fields["text"].as_str()).collect()
}

#[test]
fn edits_too_far_ahead_are_restamped_in_order() {
    let pocket = Pocket::paired();
    let ask = |words: &str| pocket.phone.asks().write(words, AskAbout::Pledge("p".into())).unwrap();
    ask("in time");
    pocket.clock.turn(40 * 365 * 86_400_000);
    ask("first of 2066");
    ask("second of 2066");
    pocket.clock.turn(1000);
    ask("third of 2066");
    pocket.server.next(|_| Ok(SyncResponse { now: NOW, skew: true, ..Default::default() }));
    pocket.server.set_now(NOW + 1);
    pocket.sync().unwrap();

    let requests = pocket.server.requests();
    let (before, after) = (&requests[0], &requests[1]);
    assert_eq!(texts(after), ["in time", "first of 2066", "second of 2066", "third of 2066"]);
    assert_eq!(after.changes[0], before.changes[0], "what was in time keeps its stamp");
    let limit = Reading::latest_acceptable(NOW);
    assert_eq!(after.changes[1].stamp.reading, limit);
    for (change, later) in after.changes.iter().zip(&after.changes[1..]) {
        assert!(change.stamp < later.stamp);
    }
    for (old, new) in before.changes.iter().zip(&after.changes) {
        assert_eq!(old.fields, new.fields);
        assert_eq!(old.stamp.author, new.stamp.author);
        assert!(!new.stamp.reading.is_too_far_ahead(NOW + 1));
    }
    assert_eq!(pocket.phone.status().unwrap().unsent, 0);
}

#[test]
fn new_edits_after_a_skew_follow_the_servers_clock() {
    let pocket = Pocket::paired();
    pocket.clock.turn(40 * 365 * 86_400_000);
    pocket.phone.asks().write("From 2066", AskAbout::Anything).unwrap();
    pocket.server.next(|_| Ok(SyncResponse { now: NOW, skew: true, ..Default::default() }));
    pocket.sync().unwrap();
    pocket.phone.asks().write("Later", AskAbout::Anything).unwrap();
    pocket.sync().unwrap();
    let requests = pocket.server.requests();
    let stamp = &requests.last().unwrap().changes[0].stamp;
    assert!(*stamp > requests[1].changes[0].stamp);
    assert!(!stamp.reading.is_too_far_ahead(NOW + 1));
}
