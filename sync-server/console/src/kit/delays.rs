//! Delays after wrong passwords and codes, by name and address.
//!
//! A delay slows guessing without locking anyone out: the owner of the account signs in from another
//! address at once.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv4Addr},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use promise_protocol::text;
use sha2::{Digest, Sha256};
use tokio::sync::{Mutex as Queue, OwnedMutexGuard};

/// Wrong tries without a delay: people mistype.
const FREE_TRIES: u32 = 3;

/// The longest delay.
const MAX_DELAY: Duration = Duration::from_secs(16);

/// Wrong tries are forgotten after this time without another.
const FORGET_AFTER: Duration = Duration::from_mins(30);

/// Tries of one name and address that may wait at the same time.
const MAX_WAITING: usize = 4;

/// Pairs of name and address that are remembered.
const MAX_KEPT: usize = 10_000;

/// The address under which tries of signed-in staff members count: they count by account, from wherever
/// they come.
pub(crate) const ANY_ADDRESS: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);

type Key = [u8; 32];

/// Wrong tries by name and address.
#[derive(Default)]
pub(crate) struct TryDelays(Mutex<HashMap<Key, Entry>>);

struct Entry {
    wrong: u32,
    at: Instant,
    queue: Arc<Queue<()>>,
}

/// The right to try. The next try of the same name and address waits until it is dropped.
pub(crate) struct Turn {
    key: Key,
    _queue: OwnedMutexGuard<()>,
}

impl TryDelays {
    /// Waits until the delay is over. Returns `None` if too many tries of the same name and address
    /// wait already.
    pub(crate) async fn turn(&self, name: &str, address: IpAddr) -> Option<Turn> {
        let key = key(name, address);
        let queue = self.queue(key)?;
        let turn = queue.lock_owned().await;
        tokio::time::sleep(wait(self.wrong(&key))).await;
        Some(Turn { key, _queue: turn })
    }

    /// Records a right try: the wrong ones before it are forgotten.
    pub(crate) fn succeeded(&self, turn: &Turn) {
        self.entries().remove(&turn.key);
    }

    /// Records a wrong try.
    pub(crate) fn failed(&self, turn: &Turn) {
        if let Some(entry) = self.entries().get_mut(&turn.key) {
            entry.wrong = entry.wrong.saturating_add(1);
            entry.at = Instant::now();
        }
    }

    fn queue(&self, key: Key) -> Option<Arc<Queue<()>>> {
        let mut entries = self.entries();
        if entries.len() >= MAX_KEPT {
            entries.retain(|_, entry| entry.at.elapsed() < FORGET_AFTER);
        }
        let entry = entries.entry(key).or_insert_with(|| Entry {
            wrong: 0,
            at: Instant::now(),
            queue: Arc::default(),
        });
        if entry.at.elapsed() >= FORGET_AFTER {
            entry.wrong = 0;
        }
        // One reference is the entry's own.
        let waiting = Arc::strong_count(&entry.queue) - 1;
        (waiting < MAX_WAITING).then(|| Arc::clone(&entry.queue))
    }

    fn wrong(&self, key: &Key) -> u32 {
        self.entries().get(key).map_or(0, |entry| entry.wrong)
    }

    fn entries(&self) -> std::sync::MutexGuard<'_, HashMap<Key, Entry>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns the delay after this many wrong tries. It doubles with each.
fn wait(wrong: u32) -> Duration {
    match wrong.checked_sub(FREE_TRIES) {
        None => Duration::ZERO,
        Some(over) => Duration::from_secs(1 << over.min(10)).min(MAX_DELAY),
    }
}

fn key(name: &str, address: IpAddr) -> Key {
    let mut hash = Sha256::new();
    hash.update(crate::network(address).to_string());
    hash.update([0]);
    hash.update(text::key(name));
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn each_wrong_try_waits_longer_and_other_addresses_do_not() {
        let delays = TryDelays::default();
        let (here, there) = (IpAddr::from([192, 0, 2, 1]), IpAddr::from([192, 0, 2, 2]));
        let mut waits = Vec::new();
        for _ in 0..9 {
            let begun = tokio::time::Instant::now();
            let turn = delays.turn("Jo", here).await.unwrap();
            waits.push(begun.elapsed().as_secs());
            delays.failed(&turn);
        }
        assert_eq!(waits, [0, 0, 0, 1, 2, 4, 8, 16, 16]);
        let begun = tokio::time::Instant::now();
        assert!(delays.turn("jo", there).await.is_some());
        assert!(delays.turn("kim", here).await.is_some());
        assert_eq!(begun.elapsed().as_secs(), 0);
        let turn = delays.turn("jo ", here).await.unwrap();
        delays.succeeded(&turn);
        drop(turn);
        let begun = tokio::time::Instant::now();
        delays.turn("jo", here).await.unwrap();
        assert_eq!(begun.elapsed().as_secs(), 0, "nobody is locked out");
    }
}
