//! The actions that the audit log records.

use std::fmt;

macro_rules! actions {
    ($($(#[$meta:meta])* $name:ident = $word:literal;)+) => {
        /// What a staff member did. The word is stored, and part of the log's hash chain.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum AuditAction {
            $($(#[$meta])* $name,)+
        }

        impl AuditAction {
            /// Every action.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// Returns the word that is stored.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)+
                }
            }
        }
    };
}

actions! {
    /// Opened a young person's page, or read their asks.
    Viewed = "looked";
    /// Changed fields that phones show. The detail names the collection and the fields.
    Changed = "changed";
    /// Created a code that pairs a phone.
    Invited = "invited";
    /// Sent a code from a new phone, which waits. The detail has the id of the code.
    StartedPairing = "started_pairing";
    /// Said yes to a new phone that waits. The detail has the id of the code.
    ConfirmedPairing = "confirmed_pairing";
    /// Said no to a new phone that waits, or two phones sent one code. The detail has the id of the code.
    RefusedPairing = "refused_pairing";
    /// Paired a phone. The detail names it, and who made its code.
    Paired = "paired";
    /// Confirmed a phone that was limited. The detail names it.
    ConfirmedPhone = "confirmed_phone";
    /// Refused a phone that was limited. The detail names it.
    VetoedPhone = "vetoed_phone";
    /// Took a phone off that is lost or stolen: it wipes itself. The detail names the phone.
    WipedPhone = "wiped_phone";
    /// Took a phone off that is not used any more: it keeps what is on it. The detail names the phone.
    ReleasedPhone = "released_phone";
    /// Made a fresh start for a young person: their earlier keys count no more, and what was sealed is deleted.
    StartedAfresh = "started_afresh";
    /// Planned a hand-over to a colleague.
    HandedOver = "handed_over";
    /// Cancelled a planned hand-over.
    CancelledHandOver = "kept";
    /// Added a young person.
    AddedPerson = "added";
    /// Assigned an adviser to a young person.
    AssignedAdviser = "gave_adviser";
    /// Imported who looks after whom from the council's own systems. The detail has how much changed.
    ImportedAllocations = "imported_allocations";
    /// Changed the label by which staff tell a young person apart. The detail is empty.
    ChangedLabel = "changed_label";
    /// Changed a young person's reference. The detail is empty.
    ChangedReference = "changed_reference";
    /// Exported everything held about a young person, the log or the caseload.
    Exported = "exported";
    /// Erased a young person. If they did it themselves, the detail names the phone.
    Erased = "erased";
    /// Changed a card.
    ChangedCard = "changed_card";
    /// Added an entry to the address book. The detail has its id.
    AddedEntry = "added_entry";
    /// Merged an entry into another one. The detail has both ids.
    MergedEntry = "merged_entry";
    /// Removed an entry. The detail has its id.
    RemovedEntry = "removed_entry";
    /// Gave a young person an entry. The detail has its id.
    GaveContact = "gave_contact";
    /// Ended an entry for a young person, or changed its last day. The detail has its id.
    EndedContact = "ended_contact";
    /// Deleted an entry from a young person's phones. The detail has its id.
    DeletedContact = "deleted_contact";
    /// Added a staff member.
    AddedStaff = "added_staff";
    /// Changed a staff member's handle. The detail has their id.
    ChangedHandle = "changed_handle";
    /// Changed a staff member's role.
    ChangedRole = "changed_role";
    /// Created a sign-in link for a staff member.
    InvitedStaff = "gave_sign_in";
    /// Deactivated a staff member.
    Deactivated = "switched_off";
    /// Reactivated a staff member.
    Reactivated = "switched_on";
    /// Asked for an act of power over a colleague's sign-in.
    AskedForPower = "asked_for_power";
    /// Confirmed such an act, as the second person.
    ConfirmedPower = "confirmed_power";
    /// Refused one.
    RefusedPower = "refused_power";
    /// Withdrew their own request for one.
    WithdrewPower = "withdrew_power";
    /// Reset a colleague's sign-in alone, in an emergency.
    ResetInEmergency = "reset_in_emergency";
    /// The same, for each young person whom the account reaches.
    EmergencyAccess = "emergency_access";
    /// Looked at such an emergency and signed it off.
    ReviewedEmergency = "reviewed_emergency";
    /// Read what was done to their own sign-in.
    ReadNotice = "read_notice";
    /// Reported that it was not by their wish: the account is held.
    HeldAccount = "held_account";
    /// Signed in.
    SignedIn = "signed_in";
    /// Failed to sign in.
    SignInFailed = "sign_in_failed";
    /// Verified the log's hash chain.
    VerifiedLog = "verified";
    /// Changed the draft.
    ChangedDraft = "changed_draft";
    /// Submitted the draft.
    SubmittedDraft = "handed_in";
    /// Withdrew the submitted draft.
    WithdrewDraft = "took_back";
    /// Returned the submitted draft to its authors.
    ReturnedDraft = "sent_back";
    /// Discarded the draft.
    DiscardedDraft = "threw_away";
    /// Rebased the draft on a newer edition.
    RebasedDraft = "renewed_draft";
    /// Published an edition.
    Published = "published";
    /// Signed everything again, because an earlier key is in other hands. The detail has how much.
    SignedAgain = "signed_again";
}

impl fmt::Display for AuditAction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
