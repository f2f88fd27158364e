//! Bugs planted on purpose, so that the simulation can show that it would find them.
//!
//! Without the feature `fault_injection-bugs` every question is a constant `false`, and the compiler
//! leaves nothing of it. No release has the feature.

/// One bug that can be planted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Phone: an answer to an older request is applied.
    LateAnswersApplied,
    /// Phone: a sent edit counts as confirmed though it was edited again meanwhile.
    EditedAgainForgotten,
    /// Phone: stamps too far ahead are re-stamped at the server's time, not ten minutes later.
    RestampedTooLow,
    /// Phone: a new stamp follows the phone's clock alone.
    SeenStampsIgnored,
    /// Phone: the cursor is kept when the server was restored.
    CursorKeptAfterRestore,
    /// Phone: nothing is handed back when the server was restored.
    NothingHandedBack,
    /// Phone: what was sent counts as confirmed though nothing was taken.
    SentCountsAsTaken,
    /// Phone: a lower edition is shown.
    LowerEditionShown,
    /// Phone: a refused edit stays unsent, and is sent again for ever.
    RefusedStaysUnsent,
    /// Phone: the last change of a page is not applied.
    LastChangeLost,
    /// Phone: pulled cells replace greater ones.
    PulledCellsWin,
    /// Phone: what is private is sent in the clear.
    PrivateInTheClear,
    /// Phone: what it cannot open is dropped.
    UnopenedDropped,
    /// Phone: what comes under an earlier key is not given again under the one in use.
    StragglersForgotten,
    /// Phone: a change of words does not seal again what is on the server.
    NothingSealedAgain,
    /// Phone: what is under the key in use is emptied.
    KeyInUseEmptied,
    /// Server: any writer may write any field.
    AnyoneMayWrite,
    /// Server: stamps from the future are taken.
    FutureStampsTaken,
    /// Server: late copies of requests are taken.
    OldRequestsTaken,
    /// Server: the smaller stamp wins.
    SmallerStampWins,
    /// Server: a page may end inside a revision.
    RevisionsSplit,
    /// Server: a revision number is left out.
    RevisionSkipped,
    /// Server: an answer holds a cell of somebody else.
    OtherPersonLeaks,
    /// Server: a restore keeps the generation.
    RestoreKeepsGeneration,
    /// Server: staff-written changes are taken back without proof.
    UnprovedStaffTaken,
    /// Server: staff stamps follow the phones' stamps.
    StaffFollowPhones,
    /// Server: an older edition is answered.
    OlderEditionAnswered,
    /// Server: a deleted record comes back with the next edit of one of its fields.
    EditsUndelete,
}

impl Fault {
    /// Every bug that can be planted.
    pub const ALL: [Self; 28] = [
        Self::LateAnswersApplied,
        Self::EditedAgainForgotten,
        Self::RestampedTooLow,
        Self::SeenStampsIgnored,
        Self::CursorKeptAfterRestore,
        Self::NothingHandedBack,
        Self::SentCountsAsTaken,
        Self::LowerEditionShown,
        Self::RefusedStaysUnsent,
        Self::LastChangeLost,
        Self::PulledCellsWin,
        Self::PrivateInTheClear,
        Self::UnopenedDropped,
        Self::StragglersForgotten,
        Self::NothingSealedAgain,
        Self::KeyInUseEmptied,
        Self::AnyoneMayWrite,
        Self::FutureStampsTaken,
        Self::OldRequestsTaken,
        Self::SmallerStampWins,
        Self::RevisionsSplit,
        Self::RevisionSkipped,
        Self::OtherPersonLeaks,
        Self::RestoreKeepsGeneration,
        Self::UnprovedStaffTaken,
        Self::StaffFollowPhones,
        Self::OlderEditionAnswered,
        Self::EditsUndelete,
    ];
}

#[cfg(feature = "fault-injection")]
thread_local! {
    static INJECTED: std::cell::Cell<Option<Fault>> = const { std::cell::Cell::new(None) };
}

/// Plants a bug for everything this thread does from now on, or takes it out (`None`).
#[cfg(feature = "fault-injection")]
pub fn inject(bug: Option<Fault>) {
    INJECTED.set(bug);
}

/// Whether this bug is planted on this thread.
#[cfg(feature = "fault-injection")]
pub fn is_injected(bug: Fault) -> bool {
    INJECTED.get() == Some(bug)
}

/// Whether this bug is planted: never.
#[cfg(not(feature = "fault-injection"))]
#[inline]
pub const fn is_injected(_: Fault) -> bool {
    false
}
