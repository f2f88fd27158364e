//! Errors of the phone. A variant exists only where a caller acts differently. The texts are for the
//! person: what happened and what to do next, with nothing personal in them.

use promise_protocol::{ProblemCode, schema::Refusal, vcard::CardFileError};
use thiserror::Error;

use crate::{
    sealing::RecoveryPhraseError,
    store::StoreError,
    sync::{
        SyncError, TransportError,
        edit::EditError,
        edition::EditionError,
        pairing::PairingError,
        recovery::{ChangeError, EnterError},
    },
};

/// Why a call failed. What was saved before stays saved, whatever the error.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Error))]
pub enum PromiseError {
    /// The key does not fit the database. Retrying with the right key helps. The file is as it was.
    #[error(
        "The key does not fit this phone's data. Set the data aside and pair again, or bring back the old key."
    )]
    WrongKey,
    /// The database is damaged. Retrying does not help. The file is as it was.
    #[error(
        "This phone's data is damaged. Set it aside and pair again; nothing that reached the server is lost."
    )]
    Damaged,
    /// A newer version of the app wrote the database. Reading and exporting work; writing does not until
    /// the app is updated.
    #[error(
        "A newer version of the app wrote this phone's data. Update the app; until then you can read and export."
    )]
    NewerData,
    /// The storage cannot be written. Reading works. Retrying helps once it can be written.
    #[error("This phone's storage cannot be written. You can read, but not save.")]
    ReadOnly,
    /// The storage is full. Nothing was saved. Retrying helps once there is room.
    #[error(
        "This phone's storage is full. Make some room and try again; what you saved before is safe."
    )]
    DiskFull,
    /// The phone is paused. Resume it first.
    #[error("The app is in the background. Open it and try again.")]
    Paused,
    /// The phone is not paired. Pair it first.
    #[error("This phone is not paired yet. Ask your adviser for a code.")]
    NotPaired,
    /// The code is for another person. The phone is unchanged.
    #[error(
        "That code is for another person, and this phone holds your data. Ask your adviser for a code of your own."
    )]
    OtherPerson,
    /// Two phones sent the code, and it pairs neither. A new code helps.
    #[error(
        "Two phones have used this code, so it connects none of them. Ask for a new one, and show it to nobody else."
    )]
    TwoPhones,
    /// One of the sides said no to the pairing: a person, or a phone to which the other one is not what it
    /// says. A new code helps.
    #[error("The phone was not connected, because one side said no. Ask for a new code.")]
    PairingRefused,
    /// The new phone shows other digits. Typing them again helps if they were mistyped.
    #[error(
        "That is not the number that this phone expects. Check it and type it again. If it is right, say no: it may be another phone."
    )]
    DigitsDiffer,
    /// The code links another phone again, or the council has lost nothing of this one. A code that the
    /// adviser makes for this phone helps. Nothing changed.
    #[error("That code is not for this phone. Ask your adviser to make a code for this phone.")]
    OtherPhone,
    /// This phone came by a code of the council's staff beside other phones of the person, and may not do
    /// this until one of them, or a second member of staff, confirms it. Retrying helps after that.
    #[error(
        "This phone may not do that yet. Ask your other phone to say yes to this one. If you have no other phone any more, your adviser can help after three days."
    )]
    LimitedPhone,
    /// The text is not a pairing code, or the server does not know the code. Retrying with the right one
    /// helps.
    #[error("That code is not right. Check it and type it again.")]
    CodeWrong,
    /// The code was used. A new code helps.
    #[error("That code has been used. Ask your adviser for a new one.")]
    CodeUsed,
    /// The code has expired. A new code helps.
    #[error("That code is too old. Ask your adviser for a new one.")]
    CodeExpired,
    /// The code is locked after too many wrong tries. A new code helps.
    #[error("That code was typed wrong too often. Ask your adviser for a new one.")]
    CodeLocked,
    /// The server does not know this phone, or says that it was taken off without an order that the council
    /// signed. Its data stays readable. Pairing again helps, or linking it again if the server was
    /// restored from a backup that has no record of the person.
    #[error(
        "Your council's computer does not know this phone. It may have gone back to an older copy. All you wrote is safe here. Take this phone to your adviser, and they can link it again."
    )]
    Unpaired,
    /// The person or the council took this phone off as lost or stolen, or the account was erased. The phone
    /// has been wiped.
    #[error("This phone was taken off. What it held is not on it any more.")]
    Revoked,
    /// The person or the council took this phone off because it is not used any more. Everything on it
    /// stays readable, and it syncs no more. Pairing again helps.
    #[error(
        "This phone is not connected to your council any more. All you have on it stays, and you can read it. It gets no news, so names and phone numbers may be old. To connect it again, ask your adviser for a code."
    )]
    Released,
    /// The recovery phrase is not on this phone. Entering it helps.
    #[error("Your twelve words are not on this phone. Type them in first.")]
    RecoveryPhraseNeeded,
    /// This phone knows of no recovery phrase of the person yet, so that none can be tried or changed. After a
    /// restore that lost the history of their keys, another phone of theirs brings it: a sync there, and then
    /// here, helps. Without one, the council makes a fresh start.
    #[error(
        "We cannot check your twelve words yet. Open the app on your other phone, wait until it has synced, then sync here and try again. If you have no other phone, ask your adviser for a fresh start."
    )]
    NotSynced,
    /// A word that was typed is not on the list. Retrying with the right one helps.
    #[error("Word {position} is not one of our words. Check it and type it again.")]
    UnknownRecoveryWord {
        /// Which word, counted from 1.
        position: u32,
    },
    /// A recovery phrase has twelve words, and this has more or fewer. Retrying with all of them helps.
    #[error("You have twelve words. Here are {found}. Check them and type them again.")]
    RecoveryPhraseLength {
        /// How many were typed.
        found: u32,
    },
    /// The checksum of the recovery phrase is wrong. Retrying with the right words helps.
    #[error("One word is wrong, or two have changed places. Check them and type them again.")]
    RecoveryPhraseChecksum,
    /// The recovery phrase is another person's, or an earlier one. Retrying with the right one helps.
    #[error("Those are not your words, or not your newest ones. Check them and type them again.")]
    WrongRecoveryPhrase,
    /// The app lock is on. Typing the PIN helps. Nothing was saved.
    #[error("Type your PIN first. You can still read the promise and ring the duty line.")]
    Locked,
    /// The PIN is wrong. Retrying with the right one helps.
    #[error("That is not your PIN. Try again, or type your twelve words.")]
    WrongPin,
    /// Too many wrong PINs were typed. Retrying helps after some time.
    #[error("Too many wrong PINs. Wait {wait_seconds} seconds, or type your twelve words.")]
    TooManyTries {
        /// After how many seconds the next PIN can be typed.
        wait_seconds: u32,
    },
    /// The PIN is easy to guess, or in use already. Another one helps.
    #[error("You cannot use that PIN. Choose one that is harder to guess.")]
    UnsafePin,
    /// No PIN is set.
    #[error("There is no PIN on this phone.")]
    NoPin,
    /// The server cannot be reached. Retrying helps once there is a connection. Nothing is lost.
    #[error(
        "There is no connection to your council. Your changes are safe and will be sent later."
    )]
    Offline,
    /// The server is busy. Retrying later helps. Nothing is lost.
    #[error("Your council's server is busy. Your changes are safe; try again later.")]
    ServerBusy,
    /// The server's response is invalid. Retrying does not help. Nothing is lost.
    #[error(
        "The server gave an answer this app does not understand. Your changes are safe; tell your adviser."
    )]
    ServerWrong,
    /// The server does not support this version of the app. Updating helps. Nothing is lost.
    #[error(
        "This app is too old for your council's server. Please update it; your changes are safe."
    )]
    UpdateNeeded,
    /// The server's address is not https. Another address helps.
    #[error("That server address is not safe. It must start with https.")]
    AddressNotSafe,
    /// What the council published did not arrive complete. The edition shown before stays. Retrying
    /// helps.
    #[error(
        "Your council's latest promise did not arrive whole. You still have the one before; try again later."
    )]
    EditionDamaged,
    /// The server offered an older edition. The one shown stays. Retrying does not help.
    #[error(
        "The server offered an older promise than the one you have. You still have yours; tell your adviser."
    )]
    EditionOlder,
    /// The server offered an edition that the council did not sign. The one shown stays. Retrying helps
    /// once the server sends the council's own.
    #[error(
        "This promise is not from your council. You still have the one before; tell your adviser."
    )]
    EditionNotSigned,
    /// The caller cancelled. Nothing is lost. Retrying helps.
    #[error("Stopped. Your changes are safe.")]
    Cancelled,
    /// The text is too long. Nothing was saved.
    #[error("That is too long to save ({field}). Make it shorter and try again.")]
    TooLong {
        /// The field that is too long.
        field: String,
    },
    /// The value is not valid for its field. Nothing was saved.
    #[error("That cannot be saved ({field}).")]
    Invalid {
        /// The field.
        field: String,
    },
    /// The text is not a valid telephone number. Nothing was saved. Retrying with the right one helps.
    #[error(
        "That is not a whole phone number. Write it like 07700 900123, and nothing else with it."
    )]
    InvalidPhoneNumber,
    /// A call to a number costs extra, and the edit does not say that this was confirmed. Nothing was
    /// saved. Retrying with `cost_confirmed` helps, once the person has read the cost.
    #[error("Calls to {number} cost {cost}. Save it only if you want to pay that.")]
    CostlyPhoneNumber {
        /// The number as people read it.
        number: String,
        /// What a call costs, in English.
        cost: String,
    },
    /// The file has no cards of people. Another file helps. Nothing was saved.
    #[error(
        "There are no people in that file. Choose the file that your contacts app made; its name ends with .vcf."
    )]
    NoCards,
    /// The file has more cards, or is larger, than an import takes. A smaller file helps. Nothing was saved.
    #[error(
        "That file is too big. It may have up to 5,000 people and 10 MB. Make one with fewer people or without pictures."
    )]
    CardsTooLarge,
    /// No record with this id is here.
    #[error("That is not on this phone any more.")]
    NotFound,
    /// Something else failed. Retrying may help.
    #[error("Something went wrong on this phone. Try again; if it stays, tell your adviser.")]
    Internal,
}

impl PromiseError {
    /// Returns `true` if the same call can succeed later, once there is a connection, room or time. With
    /// the others something else must happen first; their texts explain what.
    pub fn can_retry(&self) -> bool {
        matches!(
            self,
            Self::ReadOnly
                | Self::DiskFull
                | Self::Offline
                | Self::ServerBusy
                | Self::EditionDamaged
                | Self::TooManyTries { .. }
                | Self::Cancelled
                | Self::Internal
        )
    }
}

impl From<CardFileError> for PromiseError {
    fn from(error: CardFileError) -> Self {
        match error {
            CardFileError::NoCards => Self::NoCards,
            CardFileError::TooLarge => Self::CardsTooLarge,
        }
    }
}

impl From<StoreError> for PromiseError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::WrongKey => Self::WrongKey,
            StoreError::Damaged | StoreError::Unreadable(_) => Self::Damaged,
            StoreError::Newer { .. } => Self::NewerData,
            StoreError::ReadOnly => Self::ReadOnly,
            StoreError::DiskFull => Self::DiskFull,
            StoreError::Paused => Self::Paused,
            StoreError::CannotOpen
            | StoreError::UnsafeLibrary(_)
            | StoreError::Busy
            | StoreError::Sqlite(_) => {
                tracing::error!(%error, "store");
                Self::Internal
            }
        }
    }
}

impl From<TransportError> for PromiseError {
    fn from(error: TransportError) -> Self {
        match error {
            TransportError::Unreachable | TransportError::Broken => Self::Offline,
            TransportError::Cancelled => Self::Cancelled,
            TransportError::NotSecure | TransportError::BadAddress => Self::AddressNotSafe,
            TransportError::NotUnderstood => Self::ServerWrong,
            TransportError::Refused(code) => refused(code),
            // The order was carried out before, if the council signed one.
            TransportError::Revoked(_) => Self::Unpaired,
        }
    }
}

fn refused(code: ProblemCode) -> PromiseError {
    match code {
        ProblemCode::CodeWrong => PromiseError::CodeWrong,
        ProblemCode::CodeUsed => PromiseError::CodeUsed,
        ProblemCode::CodeExpired => PromiseError::CodeExpired,
        ProblemCode::CodeLocked => PromiseError::CodeLocked,
        ProblemCode::TwoPhones => PromiseError::TwoPhones,
        ProblemCode::PairingRefused => PromiseError::PairingRefused,
        ProblemCode::OtherPhone => PromiseError::OtherPhone,
        ProblemCode::LimitedPhone => PromiseError::LimitedPhone,
        ProblemCode::NotPaired | ProblemCode::Revoked => PromiseError::Unpaired,
        ProblemCode::WrongVersion => PromiseError::UpdateNeeded,
        ProblemCode::TooMany | ProblemCode::Busy | ProblemCode::Internal => {
            PromiseError::ServerBusy
        }
        ProblemCode::Malformed
        | ProblemCode::NotProven
        | ProblemCode::TooLarge
        | ProblemCode::WrongType
        | ProblemCode::NotFound
        | ProblemCode::WrongMethod
        | ProblemCode::Unknown => PromiseError::ServerWrong,
    }
}

impl From<PairingError> for PromiseError {
    fn from(error: PairingError) -> Self {
        match error {
            // No number was typed, so there is none to check.
            PairingError::Differs => Self::PairingRefused,
            PairingError::NoRandomBytes => Self::Internal,
        }
    }
}

impl From<SyncError> for PromiseError {
    fn from(error: SyncError) -> Self {
        match error {
            SyncError::NotPaired => Self::NotPaired,
            SyncError::Released => Self::Released,
            SyncError::Transport(error) => error.into(),
            SyncError::Store(error) | SyncError::Edition(EditionError::Store(error)) => {
                error.into()
            }
            SyncError::Edition(EditionError::Lower { .. }) => Self::EditionOlder,
            SyncError::Edition(EditionError::NotSigned(_)) => Self::EditionNotSigned,
            SyncError::Edition(_) => Self::EditionDamaged,
        }
    }
}

impl From<EnterError> for PromiseError {
    fn from(error: EnterError) -> Self {
        match error {
            EnterError::WrongPhrase => Self::WrongRecoveryPhrase,
            EnterError::NotSynced => Self::NotSynced,
            EnterError::Edit(error) => error.into(),
        }
    }
}

impl From<ChangeError> for PromiseError {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::NotSynced => Self::NotSynced,
            ChangeError::PhraseNeeded => Self::RecoveryPhraseNeeded,
            ChangeError::Edit(error) => error.into(),
        }
    }
}

impl From<RecoveryPhraseError> for PromiseError {
    fn from(error: RecoveryPhraseError) -> Self {
        let narrowed = |number| u32::try_from(number).unwrap_or(u32::MAX);
        match error {
            RecoveryPhraseError::UnknownWord { position } => {
                Self::UnknownRecoveryWord { position: narrowed(position) }
            }
            RecoveryPhraseError::WordCount { found } => {
                Self::RecoveryPhraseLength { found: narrowed(found) }
            }
            RecoveryPhraseError::Checksum => Self::RecoveryPhraseChecksum,
        }
    }
}

impl From<EditError> for PromiseError {
    fn from(error: EditError) -> Self {
        match error {
            EditError::NotPaired => Self::NotPaired,
            EditError::Refused { field, refusal: Refusal::TooLong } => Self::TooLong { field },
            EditError::Refused { field, .. } => Self::Invalid { field },
            EditError::Store(error) => error.into(),
        }
    }
}
