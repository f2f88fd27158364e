//! Which phones are to be nudged: those whose person or council has something new.
//!
//! The database says when something was committed, in this process or another: what an operator
//! types on the command line is noticed too. Only then are revisions compared. A revoked phone
//! receives no more nudges.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use promise_database::{Database, DatabaseError, Tx};
use promise_protocol::Author;
use tokio::sync::watch;

use promise_services::PhoneScope;
use tokio_util::sync::CancellationToken;

/// What phones listen for: something new for a person, or for everybody of a council.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Topic {
    Person(String),
    Council(String),
}

/// A phone that listens. What it listens to ends when this is dropped.
struct Listener {
    topics: [Topic; 2],
    sender: watch::Sender<()>,
}

type Listeners = Mutex<HashMap<Author, Listener>>;

/// Nudges phones. Cheap to clone.
#[derive(Clone)]
pub(super) struct Nudges {
    listeners: Arc<Listeners>,
}

impl Nudges {
    /// Starts watching the database, until `stopping`.
    pub(super) fn start(database: &Database, stopping: CancellationToken) -> Self {
        let nudges = Self { listeners: Arc::default() };
        let watching = watch(database.clone(), Arc::clone(&nudges.listeners));
        tokio::spawn(async move { stopping.run_until_cancelled(watching).await });
        nudges
    }

    /// Changes each time there is something new for this phone's person, and ends when the phone
    /// is taken off. One that was taken off before this is called is not noticed: ask again after.
    pub(super) fn of(&self, scope: &PhoneScope) -> watch::Receiver<()> {
        let mut listeners = self.listeners.lock().unwrap_or_else(PoisonError::into_inner);
        listeners.retain(|_, listener| listener.sender.receiver_count() > 0);
        let listener = listeners.entry(scope.device().clone()).or_insert_with(|| Listener {
            topics: [
                Topic::Person(scope.person().to_owned()),
                Topic::Council(scope.council().to_owned()),
            ],
            sender: watch::Sender::new(()),
        });
        listener.sender.subscribe()
    }
}

async fn watch(database: Database, listeners: Arc<Listeners>) {
    let mut changes = database.watch();
    let mut seen = Seen::default();
    loop {
        // A database that is busy for a moment is read again after the next change.
        if let Ok(read) = database.read(read).await {
            nudge(&listeners, &seen.compare(read));
        }
        if changes.changed().await.is_err() {
            return;
        }
    }
}

fn nudge(listeners: &Listeners, news: &News) {
    let mut listeners = listeners.lock().unwrap_or_else(PoisonError::into_inner);
    for phone in &news.revoked {
        listeners.remove(phone);
    }
    for listener in listeners.values() {
        if listener.topics.iter().any(|topic| news.topics.contains(topic)) {
            let _ = listener.sender.send(());
        }
    }
}

/// What a look finds.
#[derive(Default)]
struct News {
    topics: Vec<Topic>,
    /// Every phone that was ever taken off: few, and one may have begun to listen just now.
    revoked: Vec<Author>,
}

/// The numbers that rise when there is something new, and the revoked phones.
type Numbers = (Vec<(String, u64)>, Vec<(String, u64)>, Vec<Author>);

fn read(tx: &mut dyn Tx) -> Result<Numbers, DatabaseError> {
    let revoked = tx.revoked_phones()?.into_iter().map(|phone| phone.author).collect();
    Ok((tx.nudge_revs()?, tx.edition_numbers()?, revoked))
}

/// What was read last.
#[derive(Default)]
struct Seen {
    numbers: Option<HashMap<Topic, u64>>,
}

impl Seen {
    /// Returns what is new since the last call. The first call finds nothing new.
    fn compare(&mut self, (revisions, editions, revoked): Numbers) -> News {
        let is_first = self.numbers.is_none();
        let numbers = self.numbers.get_or_insert_default();
        let revisions = revisions.into_iter().map(|(id, rev)| (Topic::Person(id), rev));
        let editions = editions.into_iter().map(|(id, number)| (Topic::Council(id), number));
        let mut topics = Vec::new();
        for (topic, number) in revisions.chain(editions) {
            // A person who was added a moment ago has nothing new at 0.
            let known = numbers.insert(topic.clone(), number).unwrap_or(0);
            if known != number && !is_first {
                topics.push(topic);
            }
        }
        News { topics, revoked }
    }
}
