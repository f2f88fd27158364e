//! Who is to be nudged: phones whose person or council has something new.
//!
//! One thread looks at the database about once a second, and at once when this process wrote.
//! SQLite tells when *any* process wrote, so what an operator types on the command line is seen
//! too. Only then are revisions compared.

use std::{
    collections::HashMap,
    path::Path,
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel},
    },
    time::Duration,
};

use tokio::sync::watch;

use crate::store::{StoreError, sqlite::SqliteStore};

const INTERVAL: Duration = Duration::from_secs(1);

/// What phones listen for: something new for a person, or for everybody of a council.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Topic {
    Person(String),
    Council(String),
}

type Listeners = Mutex<HashMap<String, (Topic, watch::Sender<()>)>>;

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

    /// Changes each time there is something new for this person.
    pub(super) fn of(&self, person: &str, council: &str) -> watch::Receiver<()> {
        let mut listeners = self.listeners.lock().unwrap_or_else(PoisonError::into_inner);
        listeners.retain(|_, (_, sender)| sender.receiver_count() > 0);
        let place = listeners.entry(person.to_owned());
        let council = || (Topic::Council(council.to_owned()), watch::Sender::new(()));
        place.or_insert_with(council).1.subscribe()
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

fn nudge(listeners: &Listeners, news: &[Topic]) {
    let listeners = listeners.lock().unwrap_or_else(PoisonError::into_inner);
    for (person, (council, sender)) in listeners.iter() {
        let own = Topic::Person(person.clone());
        if news.contains(&own) || news.contains(council) {
            let _ = sender.send(());
        }
    }
}

/// What the thread saw last.
#[derive(Default)]
struct Seen {
    version: Option<i64>,
    numbers: HashMap<Topic, u64>,
}

impl Seen {
    /// What is new since the last look. The first look finds nothing new.
    fn look(&mut self, store: &mut SqliteStore) -> Result<Vec<Topic>, StoreError> {
        let version = Some(store.data_version()?);
        if version == self.version {
            return Ok(Vec::new());
        }
        let is_first = self.version.is_none();
        let (revisions, editions) =
            store.read(|tx| Ok::<_, StoreError>((tx.revisions()?, tx.edition_numbers()?)))?;
        self.version = version;
        let revisions = revisions.into_iter().map(|(id, rev)| (Topic::Person(id), rev));
        let editions = editions.into_iter().map(|(id, number)| (Topic::Council(id), number));
        let mut news = Vec::new();
        for (topic, number) in revisions.chain(editions) {
            // Who was added a moment ago has nothing new at 0.
            let known = self.numbers.insert(topic.clone(), number).unwrap_or(0);
            if known != number && !is_first {
                news.push(topic);
            }
        }
        Ok(news)
    }
}
