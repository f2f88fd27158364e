//! The connection to the server, the order of syncs, and the calls that are under way.

use std::sync::{
    Arc, Mutex, Weak,
    atomic::{AtomicUsize, Ordering},
};

use tokio::sync::MutexGuard;

use super::{PromiseError, lock};
use crate::{
    cancel::CancelHandle,
    sync::{Transport, TransportError},
};

/// Makes the connection to a server from its address.
pub type Connect = Box<dyn Fn(&str) -> Result<Arc<dyn Transport>, TransportError> + Send + Sync>;

/// What a phone needs to talk to its server.
pub(super) struct Network {
    connect: Connect,
    /// The server's address and the connection to it, kept for its open sockets.
    connection: Mutex<Option<(String, Arc<dyn Transport>)>>,
    /// Held for the length of a sync or a fetch of pictures: one request is in flight per phone.
    turn: tokio::sync::Mutex<()>,
    /// How many calls wait for `turn`.
    waiting: AtomicUsize,
    /// The fetch of pictures that is under way. A call that waits for `turn` cancels it.
    pictures: Mutex<Option<CancelHandle>>,
    /// Every call that is under way, to end them all before the app is suspended.
    calls: Mutex<Vec<Weak<CancelHandle>>>,
}

impl Network {
    pub(super) fn new(connect: Connect) -> Self {
        Self {
            connect,
            connection: Mutex::default(),
            turn: tokio::sync::Mutex::default(),
            waiting: AtomicUsize::new(0),
            pictures: Mutex::default(),
            calls: Mutex::default(),
        }
    }

    /// Registers a call that the caller cancels with `cancel`, and [`Network::cancel_all`] together
    /// with every other. It is under way until the handle that is returned is dropped.
    pub(super) fn begin(&self, cancel: &CancelHandle) -> Arc<CancelHandle> {
        let call = Arc::new(cancel.child());
        let mut calls = lock(&self.calls);
        calls.retain(|call| call.strong_count() > 0);
        calls.push(Arc::downgrade(&call));
        call
    }

    /// Cancels every call that is under way, from any caller.
    pub(super) fn cancel_all(&self) {
        lock(&self.calls).iter().filter_map(Weak::upgrade).for_each(|call| call.cancel());
    }

    /// The connection to this server, opened at its first use.
    pub(super) fn connection(&self, server: &str) -> Result<Arc<dyn Transport>, PromiseError> {
        let mut connection = lock(&self.connection);
        match connection.as_ref() {
            Some((address, transport)) if address == server => Ok(Arc::clone(transport)),
            _ => {
                let transport = (self.connect)(server)?;
                *connection = Some((server.to_owned(), Arc::clone(&transport)));
                Ok(transport)
            }
        }
    }

    /// Closes the connection.
    pub(super) fn disconnect(&self) {
        *lock(&self.connection) = None;
    }

    /// Waits until no other call syncs or fetches pictures. A fetch of pictures is cancelled at
    /// once; a sync runs to its end. Fails only if `call` is cancelled meanwhile.
    pub(super) fn wait_for_turn(
        &self,
        call: &CancelHandle,
    ) -> Result<MutexGuard<'_, ()>, PromiseError> {
        let _waiting = Waiting::new(&self.waiting);
        if let Some(pictures) = lock(&self.pictures).as_ref() {
            pictures.cancel();
        }
        if let Ok(turn) = self.turn.try_lock() {
            return Ok(turn);
        }
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        runtime.map_err(|_| PromiseError::Internal)?.block_on(async {
            tokio::select! {
                biased;
                () = call.cancelled() => Err(PromiseError::Cancelled),
                turn = self.turn.lock() => Ok(turn),
            }
        })
    }

    /// Takes the turn if no other call has it.
    pub(super) fn try_turn(&self) -> Option<MutexGuard<'_, ()>> {
        self.turn.try_lock().ok()
    }

    /// Runs a fetch of pictures, for a caller that has the turn. Its handle is cancelled by `call`,
    /// and by the next call that waits for the turn.
    pub(super) fn while_fetching_pictures<R>(
        &self,
        call: &CancelHandle,
        fetch: impl FnOnce(&CancelHandle) -> R,
    ) -> R {
        let handle = call.child();
        *lock(&self.pictures) = Some(handle.clone());
        let fetched = fetch(&handle);
        *lock(&self.pictures) = None;
        fetched
    }

    /// Returns `true` if another call waits for the turn.
    pub(super) fn has_waiting_calls(&self) -> bool {
        self.waiting.load(Ordering::SeqCst) > 0
    }
}

/// Counts a call as waiting until it is dropped.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn new(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, Ordering::SeqCst);
        Self(count)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}
