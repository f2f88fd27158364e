//! The listener: notified once of each change, with its topics.

use std::sync::{Arc, Mutex};

use promise_core::{
    AskAbout, ChangeListener, ContactEdit, OpportunityEdit, PocketPhone, PromiseError, Topic,
};
use promise_protocol::{SyncResponse, vocabulary::PledgeMark};

use crate::common::{Pocket, contact, small_edition};

/// Records the topics it receives, and reads the phone meanwhile.
struct Recorder {
    pocket: Arc<Pocket>,
    received: Mutex<Vec<Vec<Topic>>>,
    syncs_again: bool,
}

impl ChangeListener for Recorder {
    fn changed(&self, topics: &[Topic]) {
        read(&self.pocket.phone);
        let first = {
            let mut received = self.received.lock().unwrap();
            received.push(topics.to_vec());
            received.len() == 1
        };
        if first && self.syncs_again {
            self.pocket.sync().unwrap();
        }
    }
}

fn read(phone: &PocketPhone) {
    phone.contacts().list().unwrap();
    phone.promise().read().unwrap();
    phone.status().unwrap();
}

fn listened(syncs_again: bool) -> (Arc<Pocket>, Arc<Recorder>) {
    let pocket = Arc::new(Pocket::paired());
    let recorder =
        Arc::new(Recorder { pocket: pocket.clone(), received: Mutex::default(), syncs_again });
    pocket.phone.set_listener(Some(recorder.clone()));
    (pocket, recorder)
}

#[test]
fn listener_receives_each_change_once() {
    let (pocket, recorder) = listened(false);
    let received = || std::mem::take(&mut *recorder.received.lock().unwrap());
    pocket.server.publish(&small_edition(), 1);
    pocket.receive(vec![contact("ada", "Ada Obi")]);
    assert_eq!(received(), [[Topic::Contacts, Topic::Status]]);
    pocket.sync().unwrap();
    let all = [Topic::Promise, Topic::Opportunities, Topic::Pictures, Topic::Status];
    assert_eq!(received(), [all]);
    pocket.sync().unwrap();
    assert_eq!(received(), [[Topic::Status]]);
    pocket.phone.promise().mark(&"council-tax".into(), PledgeMark::WantIt, None).unwrap();
    pocket.phone.opportunities().save(&"barista".into(), OpportunityEdit::default()).unwrap();
    pocket
        .phone
        .contacts()
        .edit(&"ada".into(), ContactEdit { pinned: Some(true), ..Default::default() })
        .unwrap();
    pocket.phone.asks().write("Hello", AskAbout::Anything).unwrap();
    let topics = [Topic::Promise, Topic::Opportunities, Topic::Contacts, Topic::Asks];
    assert_eq!(received(), topics.map(|topic| [topic, Topic::Status]));
    pocket.phone.promise().mark(&"gone".into(), PledgeMark::WantIt, None).unwrap_err();
    assert_eq!(received(), [[]; 0], "nothing changed");
}

#[test]
fn sending_own_edits_changes_only_the_status() {
    let (pocket, recorder) = listened(false);
    pocket.phone.asks().write("Hello", AskAbout::Anything).unwrap();
    let synced = pocket.sync().unwrap();
    assert!(synced.changed.is_empty(), "{synced:?}");
    assert_eq!(recorder.received.lock().unwrap().last().unwrap(), &[Topic::Status]);
}

#[test]
fn failed_sync_notifies_every_topic() {
    let (pocket, recorder) = listened(false);
    pocket.server.next_takes(SyncResponse {
        changes: vec![contact("ada", "Ada")],
        more: true,
        ..Default::default()
    });
    pocket.server.next(|_| Err(promise_core::sync::TransportError::Broken));
    assert_eq!(pocket.sync(), Err(PromiseError::Offline));
    let received = recorder.received.lock().unwrap();
    assert_eq!(received.len(), 1);
    assert!(received[0].contains(&Topic::Contacts) && received[0].contains(&Topic::Status));
}

#[test]
fn listener_may_sync_again_and_be_removed() {
    let (pocket, recorder) = listened(true);
    let (done, is_done) = std::sync::mpsc::channel();
    let syncing = pocket.clone();
    std::thread::spawn(move || done.send(syncing.sync()));
    let synced = is_done.recv_timeout(std::time::Duration::from_secs(20));
    assert!(synced.expect("a listener that syncs does not wait for itself").is_ok());
    assert_eq!(recorder.received.lock().unwrap().len(), 2);
    pocket.phone.set_listener(None);
    pocket.sync().unwrap();
    assert_eq!(recorder.received.lock().unwrap().len(), 2);
}
