//! Who is to be nudged: phones whose person or council has something new.
//!
//! One thread looks at the database about once a second, and at once when this process wrote.
//! SQLite tells when *any* process wrote, so what an operator types on the command line is seen
//! too. Only then are revisions compared, and phones that were taken off hear no more.

use std::{
    collections::HashMap,
    path::Path,
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel},
    },
    time::Duration,
};

use promise_protocol::Author;
use tokio::sync::watch;

use crate::{
    service::PhoneScope,
    store::{StoreError, sqlite::SqliteStore},
};

const INTERVAL: Duration = Duration::from_secs(1);

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

/// Nudges phones. Cheap to clone; the thread ends with the last one.
#[derive(Clone)]
pub struct Nudges {
    listeners: Arc<Listeners>,
    wake: SyncSender<()>,
}

impl Nudges {
    /// Starts looking at the database at `path`, which must exist.
    pub fn start(path: &Path) -> Result<Self, StoreError> {
        let store = SqliteStore::open_to_read(path)?;
        let (wake, woken) = sync_channel(1);
        let nudges = Self { listeners: Arc::default(), wake };
        let listeners = Arc::clone(&nudges.listeners);
        std::thread::Builder::new()
            .name("nudges".into())
            .spawn(move || watch(store, &woken, &listeners))
            .map_err(|source| StoreError::File { doing: "start the nudging thread", source })?;
        Ok(nudges)
    }

    /// Looks now rather than within a second.
    pub fn wake(&self) {
        // A full channel means that it is about to look.
        let _ = self.wake.try_send(());
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

fn watch(mut store: SqliteStore, woken: &Receiver<()>, listeners: &Listeners) {
    let mut seen = Seen::default();
    loop {
        // A database that is busy for a moment is looked at again.
        if let Ok(news) = seen.look(&mut store) {
            nudge(listeners, &news);
        }
        if woken.recv_timeout(INTERVAL) == Err(RecvTimeoutError::Disconnected) {
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

/// What the thread saw last.
#[derive(Default)]
struct Seen {
    version: Option<i64>,
    numbers: HashMap<Topic, u64>,
}

impl Seen {
    /// What is new since the last look. The first look finds nothing new.
    fn look(&mut self, store: &mut SqliteStore) -> Result<News, StoreError> {
        let version = Some(store.data_version()?);
        if version == self.version {
            return Ok(News::default());
        }
        let is_first = self.version.is_none();
        let (revisions, editions, revoked) = store
            .read(|tx| Ok::<_, StoreError>((tx.news()?, tx.edition_numbers()?, tx.revoked()?)))?;
        self.version = version;
        let revisions = revisions.into_iter().map(|(id, rev)| (Topic::Person(id), rev));
        let editions = editions.into_iter().map(|(id, number)| (Topic::Council(id), number));
        let mut topics = Vec::new();
        for (topic, number) in revisions.chain(editions) {
            // Who was added a moment ago has nothing new at 0.
            let known = self.numbers.insert(topic.clone(), number).unwrap_or(0);
            if known != number && !is_first {
                topics.push(topic);
            }
        }
        Ok(News { topics, revoked: revoked.into_iter().map(|phone| phone.author).collect() })
    }
}
