//! The phone: what a young person carries, and how it stays in step with their other phones and the
//! council's server.
//!
//! [`PocketPhone`] is the one object that an app holds. Each folder uses only those to its right:
//!
//! ```text
//! client -> export ------------------> collections -> brain, app_lock
//!    |                                  ^    |
//!    +----> sync (engine, sans I/O) ----+    +------> store (traits; sqlite)
//!              |  |
//!              |  +-> sync/http (reqwest)
//!              +----> sealing
//! ```
//!
//! - `client`: [`PocketPhone`], grouped by capability, one file each.
//! - `collections`: one module for each kind of record, and the registry of them.
//! - `brain`: pure rules over values.
//! - `app_lock`: the PIN, its tries, and what may be read in which state.
//! - [`sync`]: the engine, over the traits [`store::Store`] and [`sync::Transport`]; the seeded
//!   simulation drives the same functions.
//! - [`sealing`]: end-to-end encryption between the person's phones.
//! - [`store`]: what a phone keeps. Only `store::sqlite` names rusqlite.
//! - [`export`]: a page, cards for an address book, a calendar, JSON.
//!
//! Everything uses `promise_protocol`; [`clock`], [`CancelHandle`] and [`DatabaseKey`] stand beside.

mod app_lock;
mod brain;
mod cancel;
pub mod client;
pub mod clock;
mod collections;
pub mod export;
#[cfg(feature = "uniffi")]
pub mod ffi_types;
mod key;
mod phone_number_use;
pub mod sealing;
pub mod store;
pub mod sync;

pub use brain::{
    DayChange, OpportunityChange, OpportunityFilter, PlannedReminder, PledgeChange, REMINDER_TEXT,
    ReminderAbout, TextChange, TextPart, WordChange, WordRun,
    ring_now::{self, LaterEntry, RingEntry, RingNow, RingPlace, RingWho, WhyNotNow, WhyNow},
};
pub use cancel::CancelHandle;
pub use client::{
    AppLockState, AppLockStatus, ChangeListener, Connect, Device, Erased, Invitation, NewDevice,
    PairingDetails, PairingOffer, PhoneState, PhoneStatus, PicturesState, PocketPhone,
    PrivateStatus, PromiseError, RefusedEdit, SharedItem,
};
pub use collections::{
    Topic,
    access::AccessEntry,
    appointments::Appointment,
    asks::{Ask, AskAbout},
    card_import::{CardImport, CardState, PreviewedCard},
    contacts::{Contact, ContactEdit},
    devices::DeviceRecord,
    news::{
        AnswerNews, AppointmentNews, AppointmentNewsKind, News, OpportunityNews, PledgeNews,
        PledgeNewsKind, TimescaleNews,
    },
    number_changes::{NumberChange, NumberOwner},
    opportunities::{ListedOpportunity, OpportunityEdit, Reminder, SavedOpportunity},
    own_contacts::{OwnContact, OwnContactEdit},
    pledges::{Chapter, MarkedPledge, PromiseByChapter},
    profile::{Profile, ProfileEdit},
    timescales::TimescaleStatus,
};
pub use key::{DatabaseKey, KeyNotReplaced, KeyReplacer, StoredKey};
pub use phone_number_use::PhoneNumberUse;
pub use sync::recovery::RecoveryPhraseState;

#[cfg(feature = "uniffi")]
uniffi::setup_scaffolding!();
