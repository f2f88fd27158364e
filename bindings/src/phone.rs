//! The phone: opening, pausing, resuming and setting aside its database.

use std::{path::Path, sync::Arc};

use promise_core::{DatabaseKey, PromiseError, StoredKey, clock::SystemClock};
use zeroize::Zeroizing;

use crate::{
    guard::guard,
    key_replacer::{ForwardingReplacer, KeyReplacer},
    listener::{ChangeListener, Forwarder},
};

/// A young person's phone: their data, and the connection to the council's server. One object for
/// the whole app. Calls may come from any thread; none belongs on the main thread.
#[derive(uniffi::Object)]
pub struct PocketPhone(pub(crate) promise_core::PocketPhone);

#[uniffi::export]
impl PocketPhone {
    /// Opens the database at this path, and creates it if there is none. The key has 32 bytes and is
    /// kept by the platform, and `replacer` destroys it there before a phone is wiped. A database that
    /// does not open stays as it is; a wipe that was interrupted goes on.
    #[uniffi::constructor(default(replacer = None))]
    pub fn open(
        path: String,
        key: Vec<u8>,
        replacer: Option<Arc<dyn KeyReplacer>>,
    ) -> Result<Arc<Self>, PromiseError> {
        let key = Zeroizing::new(key);
        guard(|| {
            let bytes = <[u8; 32]>::try_from(key.as_slice()).map_err(|_| PromiseError::WrongKey)?;
            let key = DatabaseKey::new(bytes);
            let key = match replacer {
                Some(replacer) => StoredKey::new(key, Arc::new(ForwardingReplacer(replacer))),
                None => StoredKey::from(key),
            };
            let phone = promise_core::PocketPhone::open(Path::new(&path), key)?;
            Ok(Arc::new(Self(phone)))
        })
    }

    /// Closes the database and ends every call that waits for the network, before the system suspends
    /// the app. Until `resume`, calls fail with `Paused`.
    pub fn pause(&self) -> Result<(), PromiseError> {
        guard(|| {
            self.0.pause();
            Ok(())
        })
    }

    /// Opens the database again.
    pub fn resume(&self) -> Result<(), PromiseError> {
        guard(|| self.0.resume())
    }

    /// Sets the listener that receives changes from now on, or none.
    pub fn set_listener(
        &self,
        listener: Option<Arc<dyn ChangeListener>>,
    ) -> Result<(), PromiseError> {
        guard(|| {
            self.0.set_listener(listener.map(|listener| {
                let forwarder: Arc<dyn promise_core::ChangeListener> =
                    Arc::new(Forwarder(listener));
                forwarder
            }));
            Ok(())
        })
    }
}

/// Moves a database that does not open out of the way, and returns its new path. Nothing is deleted:
/// the right key, or a repair, can still open it there.
#[uniffi::export]
pub fn set_aside(path: String) -> Result<String, PromiseError> {
    guard(|| {
        let place = promise_core::PocketPhone::set_aside(Path::new(&path), &SystemClock)?;
        Ok(place.to_string_lossy().into_owned())
    })
}
