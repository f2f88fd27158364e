//! The state of the phone: for a line on the screen, and for an adviser who helps.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::{PocketPhone, PromiseError, lock};
use crate::{
    app_lock::View,
    store::{Pairing, QuarantinedCell, SyncState, Tx},
    sync::recovery::{self, RecoveryPhraseState},
};

/// The state of the phone.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PhoneStatus {
    /// Whether the phone is connected to a council.
    pub state: PhoneState,
    /// The council's name; `None` if the phone is not paired.
    pub council: Option<String>,
    /// When a sync last succeeded, by this phone's clock.
    pub last_sync: Option<DateTime<Utc>>,
    /// How many edits wait to be sent.
    pub unsent: u64,
    /// The state of what is private.
    pub private: PrivateStatus,
    /// Edits that the council's server refused.
    pub refused: Vec<RefusedEdit>,
    /// How many times something came that claims to be the council's and is not. None of it was shown:
    /// this phone keeps what it had. Show the person that they can tell their adviser.
    pub unverified: u64,
    /// The number of the edition that is shown; `None` before the first.
    pub edition: Option<u64>,
    /// Why nothing can be saved, if nothing can.
    pub read_only: Option<PromiseError>,
}

/// Whether a phone is connected to a council.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum PhoneState {
    /// It was never paired, or it was wiped.
    NotPaired,
    /// It is paired.
    Paired,
    /// The server says that it does not know this phone, or that it was taken off, and the council signed no
    /// order for it. Everything stays. Show the person that an adviser can connect it again.
    Unpaired {
        /// Since when, by this phone's clock.
        since: Option<DateTime<Utc>>,
    },
    /// The phone was taken off because it is not used any more. Everything stays readable, and nothing is
    /// kept up to date: show that beside what the council wrote.
    Released {
        /// When, by the council's clock.
        at: Option<DateTime<Utc>>,
    },
}

impl PhoneState {
    fn of(pairing: Option<&Pairing>, state: &SyncState) -> Self {
        let time = DateTime::from_timestamp_millis;
        match (pairing.map(Pairing::released_at), state.refused_since) {
            (None, _) => Self::NotPaired,
            (Some(Some(at)), _) => Self::Released { at: time(at) },
            (Some(None), Some(since)) => Self::Unpaired { since: time(since) },
            (Some(None), None) => Self::Paired,
        }
    }
}

/// The state of what only the person's phones can read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PrivateStatus {
    /// Whether the recovery phrase in use is here.
    pub recovery_phrase: RecoveryPhraseState,
    /// Whether the person has shown that they wrote it down.
    pub written_down: bool,
    /// How many edits stay on this phone until the recovery phrase is entered.
    pub waiting: u64,
    /// How many cells arrived that this phone cannot decrypt. With the recovery phrase here, they are
    /// under an earlier phrase, were altered, or a newer version of the app wrote them.
    pub undecryptable: u64,
    /// How many cells arrived that this phone can decrypt, but about something that it does not have: they
    /// are shown when the council publishes it again. No phrase is missing.
    pub unplaced: u64,
    /// How often something tried to change the recovery phrase without the one in use. Nothing was opened, and
    /// this phone keeps its phrase. When the number has risen, show: "Someone tried to change your twelve words.
    /// Nothing was opened."
    pub refused_keys: u64,
}

/// An edit that the server refused. It is kept, so that nothing a person wrote is lost.
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
    /// When the refusal came, by this phone's clock.
    pub at: Option<DateTime<Utc>>,
}

impl PocketPhone {
    /// The state of the phone.
    pub fn status(&self) -> Result<PhoneStatus, PromiseError> {
        let read_only = lock(&self.store).as_ref().ok_or(PromiseError::Paused)?.read_only();
        let view = self.view();
        let status = self.transact(|tx| {
            let (pairing, state) = (tx.pairing()?, tx.sync_state()?);
            let pending = tx.pending_counts()?;
            let private = private_status(tx, pending.sealed, pending.undecryptable)?;
            Ok::<_, PromiseError>(PhoneStatus {
                state: PhoneState::of(pairing.as_ref(), &state),
                council: pairing.map(|pairing| pairing.council_name),
                last_sync: state.last_sync.and_then(DateTime::from_timestamp_millis),
                unsent: pending.unsealed + pending.sealed - private.waiting,
                private,
                refused: tx.quarantined()?.into_iter().map(RefusedEdit::from).collect(),
                unverified: state.unverified,
                edition: state.edition,
                read_only: read_only.map(PromiseError::from),
            })
        })?;
        Ok(status.seen_by(view))
    }
}

impl PhoneStatus {
    /// Leaves out what may not be read: how much the person wrote, and what the server refused.
    fn seen_by(self, view: View) -> Self {
        if view.has_private() {
            return self;
        }
        // After the quiet PIN nothing can be saved, and a phone without words shows no less.
        let read_only = self.read_only.or((view == View::Quiet).then_some(PromiseError::ReadOnly));
        let private = PrivateStatus::default();
        Self { unsent: 0, private, refused: Vec::new(), read_only, ..self }
    }
}

fn private_status(
    tx: &mut dyn Tx,
    sealed: u64,
    undecryptable: u64,
) -> Result<PrivateStatus, PromiseError> {
    let recovery_phrase = recovery::state(tx)?;
    let written_down = match recovery::current(tx)? {
        Some(phrase) => tx.is_written_down(&phrase.entropy())?,
        None => false,
    };
    let waiting = if recovery_phrase == RecoveryPhraseState::Present { 0 } else { sealed };
    // Opening them takes time, and nearly always there are none.
    let unplaced = if undecryptable == 0 { 0 } else { recovery::count_unplaced(tx)? };
    let undecryptable = undecryptable.saturating_sub(unplaced);
    let refused_keys = tx.key_state()?.refused;
    Ok(PrivateStatus {
        recovery_phrase,
        written_down,
        waiting,
        undecryptable,
        unplaced,
        refused_keys,
    })
}

impl From<QuarantinedCell> for RefusedEdit {
    fn from(QuarantinedCell { cell, reason, at_millis }: QuarantinedCell) -> Self {
        Self {
            collection: cell.key.collection,
            field: cell.key.field,
            value: cell.value,
            reason,
            at: DateTime::from_timestamp_millis(at_millis),
        }
    }
}
