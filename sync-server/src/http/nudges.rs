//! Nudges: notifies the phones that listen when their person or council has something new.
//!
//! The database notifies after a commit, by this process or another, such as the operator's command
//! line. Only then are revisions read and compared. A revoked phone receives no more nudges.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use promise_database::{Database, DatabaseError, Tx};
use promise_protocol::{
    Author,
    ids::{CouncilId, PersonId},
};
use promise_services::PhoneScope;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// What a phone is nudged for: something new for its person, or for everyone of its council.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Topic {
    Person(PersonId),
    Council(CouncilId),
}

/// A phone that listens. Its stream of nudges ends when this is dropped.
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
    /// Starts to watch the database, until the server stops.
    pub(super) fn start(database: &Database, stopping: CancellationToken) -> Self {
        let nudges = Self { listeners: Arc::default() };
        let watching = watch(database.clone(), Arc::clone(&nudges.listeners));
        tokio::spawn(async move { stopping.run_until_cancelled(watching).await });
        nudges
    }

    /// Returns a receiver that changes when there is something new for a phone, and that ends when
    /// the phone is revoked. A revocation before this call is not noticed: the caller checks again
    /// afterwards.
    pub(super) fn subscribe(&self, scope: &PhoneScope) -> watch::Receiver<()> {
        let mut listeners = self.listeners.lock().unwrap_or_else(PoisonError::into_inner);
        listeners.retain(|_, listener| listener.sender.receiver_count() > 0);
        let listener = listeners.entry(scope.device().clone()).or_insert_with(|| Listener {
            topics: [
                Topic::Person(scope.person().clone()),
                Topic::Council(scope.council().clone()),
            ],
            sender: watch::Sender::new(()),
        });
        listener.sender.subscribe()
    }
}

async fn watch(database: Database, listeners: Arc<Listeners>) {
    let mut changes = database.watch();
    let mut known = KnownNumbers::default();
    loop {
        // A database that is busy for a moment is read again after the next change.
        if let Ok(snapshot) = database.read(Snapshot::read).await {
            known.update(snapshot).send(&listeners);
        }
        if changes.changed().await.is_err() {
            return;
        }
    }
}

/// What the database holds at one moment.
struct Snapshot {
    /// A number for each topic, which rises when there is something new.
    numbers: Vec<(Topic, u64)>,
    /// Every phone that was ever revoked: few, and one may have started to listen just now.
    revoked: Vec<Author>,
}

impl Snapshot {
    fn read(tx: &mut dyn Tx) -> Result<Self, DatabaseError> {
        let people = tx.nudge_revs()?.into_iter().map(|(id, rev)| (Topic::Person(id), rev));
        let councils = tx.edition_numbers()?.into_iter();
        let councils = councils.map(|(id, number)| (Topic::Council(id), number));
        let revoked = tx.revoked_phones()?.into_iter().map(|phone| phone.author).collect();
        Ok(Self { numbers: people.chain(councils).collect(), revoked })
    }
}

/// The numbers of the last snapshot; `None` before the first.
#[derive(Default)]
struct KnownNumbers(Option<HashMap<Topic, u64>>);

impl KnownNumbers {
    /// Returns what is new since the last snapshot. In the first one nothing is.
    fn update(&mut self, snapshot: Snapshot) -> News {
        let is_first = self.0.is_none();
        let known = self.0.get_or_insert_default();
        let mut topics = Vec::new();
        for (topic, number) in snapshot.numbers {
            // A person who was added since has nothing new at 0.
            let last = known.insert(topic.clone(), number).unwrap_or(0);
            if last != number && !is_first {
                topics.push(topic);
            }
        }
        News { topics, revoked: snapshot.revoked }
    }
}

/// What is new since the last snapshot.
struct News {
    topics: Vec<Topic>,
    revoked: Vec<Author>,
}

impl News {
    /// Ends the streams of revoked phones and nudges the others that it concerns.
    fn send(&self, listeners: &Listeners) {
        let mut listeners = listeners.lock().unwrap_or_else(PoisonError::into_inner);
        for phone in &self.revoked {
            listeners.remove(phone);
        }
        for listener in listeners.values() {
            if listener.topics.iter().any(|topic| self.topics.contains(topic)) {
                let _ = listener.sender.send(());
            }
        }
    }
}
