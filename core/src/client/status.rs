//! How things stand: for a line on the screen, and for an adviser who helps.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::{PocketPhone, PromiseError, lock};
use crate::{
    store::QuarantinedCell,
    sync::{
        keyring::is_key_check_unsent,
        recovery::{self, RecoveryPhraseState},
    },
};

/// How things stand between this phone and its council.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PhoneStatus {
    /// The council's name in words; `None` if the phone is not paired.
    pub council: Option<String>,
    /// When a sync last went well, by this phone's clock.
    pub last_sync: Option<DateTime<Utc>>,
    /// How many edits wait to be sent.
    pub unsent: u64,
    /// How things stand with what is private.
    pub private: PrivateStatus,
    /// Edits the council's server refused.
    pub refused: Vec<RefusedEdit>,
    /// The number of the edition that is shown; 0 for none.
    pub edition: u64,
    /// Whether nothing can be saved, and why.
    pub read_only: Option<PromiseError>,
}

/// How things stand with what only the person's phones can read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PrivateStatus {
    /// Whether the person's words are here.
    pub words: RecoveryPhraseState,
    /// Whether the person has shown that they wrote the words down.
    pub written_down: bool,
    /// How many edits are on this phone only, until the words are entered.
    pub waiting: u64,
    /// How many things came that this phone cannot open: with the words here, somebody altered
    /// them, or a newer version of the app wrote them.
    pub unopened: u64,
}

/// An edit the server refused. It is kept here, so that nothing a person wrote is lost.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct RefusedEdit {
    /// The collection it was in, such as `ask`.
    pub collection: String,
    /// The field, such as `text`.
    pub field: String,
    /// What the person wrote.
    pub value: Value,
    /// The server's reason, such as `too_long`.
    pub reason: String,
    /// When, by this phone's clock.
    pub at: Option<DateTime<Utc>>,
}

impl PocketPhone {
    /// How things stand.
    pub fn status(&self) -> Result<PhoneStatus, PromiseError> {
        let read_only = lock(&self.store).as_ref().ok_or(PromiseError::Paused)?.read_only();
        self.transact(|tx| {
            let state = tx.sync_state()?;
            let waiting = tx.pending_counts()?;
            let words = recovery::state(tx)?;
            let is_here = words == RecoveryPhraseState::Present;
            let written = waiting.unsealed.saturating_sub(u64::from(is_key_check_unsent(tx)?));
            Ok::<_, PromiseError>(PhoneStatus {
                council: tx.pairing()?.map(|pairing| pairing.council_name),
                last_sync: state.last_sync.and_then(DateTime::from_timestamp_millis),
                unsent: written + if is_here { waiting.sealed } else { 0 },
                private: PrivateStatus {
                    words,
                    written_down: match recovery::current(tx)? {
                        Some(words) => tx.is_written_down(&words.entropy())?,
                        None => false,
                    },
                    waiting: if is_here { 0 } else { waiting.sealed },
                    unopened: waiting.undecryptable,
                },
                refused: tx.quarantined()?.into_iter().map(refused).collect(),
                edition: state.edition.unwrap_or_default(),
                read_only: read_only.map(PromiseError::from),
            })
        })
    }
}

fn refused(quarantined: QuarantinedCell) -> RefusedEdit {
    let QuarantinedCell { cell, reason, at_millis } = quarantined;
    RefusedEdit {
        collection: cell.key.collection,
        field: cell.key.field,
        value: cell.value,
        reason,
        at: DateTime::from_timestamp_millis(at_millis),
    }
}
