//! Whoever was wrong waits before the next try is looked at. Nobody is locked out: whoever knows the
//! password gets in, from another place without waiting.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use sha2::{Digest, Sha256};
use tokio::sync::{Mutex as Queue, OwnedMutexGuard};

/// So many wrong tries cost nothing: people mistype.
const FREE: u32 = 3;

/// The longest wait.
const LONGEST: Duration = Duration::from_secs(16);

/// After so long without a try, the wrong ones are forgotten.
const FORGOTTEN: Duration = Duration::from_mins(30);

/// Who may stand in the queue of one name and place.
const MOST_WAITING: usize = 4;

/// Names and places to remember.
const MOST_KEPT: usize = 10_000;

type Key = [u8; 32];

/// Wrong tries by name and place.
#[derive(Default)]
pub(crate) struct Delays(Mutex<HashMap<Key, Entry>>);

struct Entry {
    wrong: u32,
    at: Instant,
    queue: Arc<Queue<()>>,
}

/// One try, when it is its turn. The next of the same name and place waits until it is over.
pub(crate) struct Turn {
    key: Key,
    _queue: OwnedMutexGuard<()>,
}

impl Delays {
    /// Waits for a turn. `None`: too many of the same name and place wait already.
    pub(crate) async fn turn(&self, name: &str, address: IpAddr) -> Option<Turn> {
        let key = key(name, address);
        let queue = self.queue(key)?;
        let turn = queue.lock_owned().await;
        tokio::time::sleep(wait(self.wrong(&key))).await;
        Some(Turn { key, _queue: turn })
    }

    /// The try was right: the wrong ones before it are forgotten.
    pub(crate) fn right(&self, turn: &Turn) {
        self.entries().remove(&turn.key);
    }

    /// The try was wrong.
    pub(crate) fn wrong_again(&self, turn: &Turn) {
        if let Some(entry) = self.entries().get_mut(&turn.key) {
            entry.wrong = entry.wrong.saturating_add(1);
            entry.at = Instant::now();
        }
    }

    fn queue(&self, key: Key) -> Option<Arc<Queue<()>>> {
        let mut entries = self.entries();
        if entries.len() >= MOST_KEPT {
            entries.retain(|_, entry| entry.at.elapsed() < FORGOTTEN);
        }
        let entry = entries.entry(key).or_insert_with(|| Entry {
            wrong: 0,
            at: Instant::now(),
            queue: Arc::default(),
        });
        if entry.at.elapsed() >= FORGOTTEN {
            entry.wrong = 0;
        }
        // One count is the entry's own.
        let waits = Arc::strong_count(&entry.queue) - 1;
        (waits < MOST_WAITING).then(|| Arc::clone(&entry.queue))
    }

    fn wrong(&self, key: &Key) -> u32 {
        self.entries().get(key).map_or(0, |entry| entry.wrong)
    }

    fn entries(&self) -> std::sync::MutexGuard<'_, HashMap<Key, Entry>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Twice as long after each wrong try.
fn wait(wrong: u32) -> Duration {
    match wrong.checked_sub(FREE) {
        None => Duration::ZERO,
        Some(over) => Duration::from_secs(1 << over.min(10)).min(LONGEST),
    }
}

fn key(name: &str, address: IpAddr) -> Key {
    let mut hash = Sha256::new();
    hash.update(crate::network(address).to_string());
    hash.update([0]);
    hash.update(name.trim().to_lowercase());
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn each_wrong_try_waits_longer_and_other_places_do_not() {
        let delays = Delays::default();
        let (here, there) = (IpAddr::from([192, 0, 2, 1]), IpAddr::from([192, 0, 2, 2]));
        let mut waits = Vec::new();
        for _ in 0..9 {
            let begun = tokio::time::Instant::now();
            let turn = delays.turn("Jo", here).await.unwrap();
            waits.push(begun.elapsed().as_secs());
            delays.wrong_again(&turn);
        }
        assert_eq!(waits, [0, 0, 0, 1, 2, 4, 8, 16, 16]);
        let begun = tokio::time::Instant::now();
        assert!(delays.turn("jo", there).await.is_some());
        assert!(delays.turn("kim", here).await.is_some());
        assert_eq!(begun.elapsed().as_secs(), 0);
        let turn = delays.turn("jo ", here).await.unwrap();
        delays.right(&turn);
        drop(turn);
        let begun = tokio::time::Instant::now();
        delays.turn("jo", here).await.unwrap();
        assert_eq!(begun.elapsed().as_secs(), 0, "nobody is locked out");
    }
}
