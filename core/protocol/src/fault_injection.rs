//! Faults that the simulation injects into phone and server, to show that its checks find them.
//!
//! Without the feature `fault-injection`, [`is_injected`] is a constant `false` and the compiler
//! removes every fault. Releases are built without the feature.

/// A fault that the simulation injects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Phone: applies a response to an older request.
    LateResponsesApplied,
    /// Phone: counts a sent edit as confirmed although it was edited again meanwhile.
    EditDuringSyncForgotten,
    /// Phone: re-stamps cells that are too far ahead at the server's time, not ten minutes later.
    RestampedTooLow,
    /// Phone: takes new stamps from the phone's clock alone.
    SeenStampsIgnored,
    /// Phone: keeps the cursor when the server was restored.
    CursorKeptAfterRestore,
    /// Phone: marks nothing for resending when the server was restored.
    NothingResent,
    /// Phone: counts sent cells as confirmed although the server applied nothing.
    SentCountsAsApplied,
    /// Phone: displays a lower edition.
    LowerEditionDisplayed,
    /// Phone: sends a refused edit again and again.
    RefusedStaysUnsent,
    /// Phone: skips the last change of a page.
    LastChangeSkipped,
    /// Phone: pulled cells replace cells with greater stamps.
    PulledCellsWin,
    /// Phone: sends private values in plain text.
    PrivateSentPlain,
    /// Phone: drops undecryptable cells.
    UndecryptableDropped,
    /// Phone: does not seal cells again that arrive under an earlier key.
    OldKeyCellsNotResealed,
    /// Phone: seals nothing again when the recovery phrase changes.
    NothingResealed,
    /// Phone: stamps a clear above the cell that it clears.
    ClearStampedAbove,
    /// Phone: does not write down ids of the edition that a restore has lost.
    LostEditionIgnored,
    /// Phone: does not check the council's signatures.
    SignatureNotChecked,
    /// Phone: goes on accepting a key that the council distrusts.
    DistrustedKeyAccepted,
    /// Phone: accepts what staff own from another phone.
    OwnerNotChecked,
    /// Phone: wipes itself when the server says that it was revoked, without an order.
    BareRefusalWipes,
    /// Phone: does not check the council's signature of an order.
    OrderNotVerified,
    /// Phone: wipes itself when it is only released.
    ReleaseWipes,
    /// Phone: goes on syncing after it was released.
    ReleasedPhoneSyncs,
    /// Both: an order names no phone, so that one to another phone of the person is valid.
    OrderForAnyPhone,
    /// Phone: seals the recovery phrase to the key that the server names now, not to the one that the
    /// person compared.
    PhraseSealedToOtherKey,
    /// Both: accepts a key that is not the one that a new phone committed to.
    CommitmentNotChecked,
    /// Both: a fresh start ends no history of keys.
    FreshStartIgnored,
    /// Phone: follows a key step that the council did not sign.
    KeyAcceptanceNotChecked,
    /// Phone: follows a key step that the key before did not certify.
    KeyCertificateNotChecked,
    /// Phone: follows another first key although it has words of its own.
    OtherFirstKeyFollowed,
    /// Server: accepts a key that the one in use did not certify.
    UncertifiedKeyAccepted,
    /// Server: accepts a key that is certified by one that was replaced.
    ReplacedKeyGoesOn,
    /// Server: lets a phone clear what is sealed without the recovery phrase in use.
    ClearProofNotChecked,
    /// Server: lets any writer write any field.
    OwnershipIgnored,
    /// Server: accepts stamps from the future.
    FutureStampsAccepted,
    /// Server: applies late copies of requests.
    OldRequestsApplied,
    /// Server: lets the smaller stamp win.
    SmallerStampWins,
    /// Server: lets a clear win over a greater stamp.
    ClearBeatsLaterEdit,
    /// Server: splits a revision over two pages.
    RevisionsSplit,
    /// Server: skips a revision number.
    RevisionSkipped,
    /// Server: sends another person's cell.
    OtherPersonsCellSent,
    /// Server: keeps the generation over a restore.
    RestoreKeepsGeneration,
    /// Server: accepts staff-written changes without a signature.
    UnsignedStaffChangesAccepted,
    /// Server: takes staff stamps from the phones' stamps.
    StaffStampsFollowPhones,
    /// Server: sends an older edition.
    OlderEditionSent,
    /// Server: restores a deleted record with the next edit of one of its fields.
    EditsUndelete,
    /// Server: links another phone than the one that a code was made for.
    OtherPhoneLinked,
    /// Server: pairs a phone to which the other side has not said yes.
    PairingNotConfirmed,
    /// Server: a second phone with the same code takes the place of the first.
    SecondPhoneTakesPlace,
    /// Server: lets a limited phone do everything.
    CapabilityNotChecked,
    /// Server: lets a phone act that did not sign it.
    PhoneSignatureNotChecked,
    /// Server: accepts a phone's signature of an act twice.
    UsedSignatureAccepted,
    /// Server: does not write a new phone into the record of phones.
    NewPhoneNotRecorded,
    /// Server: links a phone without the signature of its pairing.
    UnsignedPhoneLinked,
    /// Server: links a phone that was revoked.
    RevokedPhoneLinked,
    /// Server: orders a lost phone to keep everything.
    LostPhoneReleased,
    /// Server: a restore loses the orders to phones that were taken off since the backup.
    RestoreForgetsOrders,
}

impl Fault {
    /// Every fault.
    pub const ALL: [Self; 58] = [
        Self::LateResponsesApplied,
        Self::EditDuringSyncForgotten,
        Self::RestampedTooLow,
        Self::SeenStampsIgnored,
        Self::CursorKeptAfterRestore,
        Self::NothingResent,
        Self::SentCountsAsApplied,
        Self::LowerEditionDisplayed,
        Self::RefusedStaysUnsent,
        Self::LastChangeSkipped,
        Self::PulledCellsWin,
        Self::PrivateSentPlain,
        Self::UndecryptableDropped,
        Self::OldKeyCellsNotResealed,
        Self::NothingResealed,
        Self::ClearStampedAbove,
        Self::LostEditionIgnored,
        Self::SignatureNotChecked,
        Self::DistrustedKeyAccepted,
        Self::OwnerNotChecked,
        Self::BareRefusalWipes,
        Self::OrderNotVerified,
        Self::ReleaseWipes,
        Self::ReleasedPhoneSyncs,
        Self::OrderForAnyPhone,
        Self::PhraseSealedToOtherKey,
        Self::CommitmentNotChecked,
        Self::FreshStartIgnored,
        Self::KeyAcceptanceNotChecked,
        Self::KeyCertificateNotChecked,
        Self::OtherFirstKeyFollowed,
        Self::UncertifiedKeyAccepted,
        Self::ReplacedKeyGoesOn,
        Self::ClearProofNotChecked,
        Self::OwnershipIgnored,
        Self::FutureStampsAccepted,
        Self::OldRequestsApplied,
        Self::SmallerStampWins,
        Self::ClearBeatsLaterEdit,
        Self::RevisionsSplit,
        Self::RevisionSkipped,
        Self::OtherPersonsCellSent,
        Self::RestoreKeepsGeneration,
        Self::UnsignedStaffChangesAccepted,
        Self::StaffStampsFollowPhones,
        Self::OlderEditionSent,
        Self::EditsUndelete,
        Self::OtherPhoneLinked,
        Self::PairingNotConfirmed,
        Self::SecondPhoneTakesPlace,
        Self::CapabilityNotChecked,
        Self::PhoneSignatureNotChecked,
        Self::UsedSignatureAccepted,
        Self::NewPhoneNotRecorded,
        Self::UnsignedPhoneLinked,
        Self::RevokedPhoneLinked,
        Self::LostPhoneReleased,
        Self::RestoreForgetsOrders,
    ];
}

#[cfg(feature = "fault-injection")]
thread_local! {
    static INJECTED: std::cell::Cell<Option<Fault>> = const { std::cell::Cell::new(None) };
}

/// Injects a fault on this thread, or removes it (`None`).
#[cfg(feature = "fault-injection")]
pub fn inject(fault: Option<Fault>) {
    INJECTED.set(fault);
}

/// Returns `true` if the fault is injected on this thread.
#[cfg(feature = "fault-injection")]
pub fn is_injected(fault: Fault) -> bool {
    INJECTED.get() == Some(fault)
}

/// Returns `false`: faults need the feature `fault-injection`.
#[cfg(not(feature = "fault-injection"))]
#[inline]
pub const fn is_injected(_: Fault) -> bool {
    false
}
