//! Errors of the services.

use promise_database::DatabaseError;
use promise_edition::picture::PictureError;
use promise_protocol::{SignedOrder, ids::CouncilId, schema::Refusal};
use thiserror::Error;

use crate::{Entity, Existing};

/// Why a service failed. No message contains a person's id or a stored value.
#[derive(Debug, Error)]
pub enum ServiceError {
    /// The token is unknown. The phone has to pair again.
    #[error("this phone is not paired")]
    NotPaired,
    /// The phone was revoked, or its person erased their account. It does what the council signed then.
    #[error("this phone was revoked")]
    Revoked(SignedOrder),
    /// The phone is limited. Retrying helps after it was confirmed.
    #[error("this phone is limited")]
    LimitedPhone,
    /// The phone did not sign what it asks for, or the signature was used. Nothing was changed. Retrying helps
    /// with a new signature, after a sync.
    #[error("the request is not signed by its phone")]
    NotProven,
    /// A limited phone cannot be confirmed by this caller now. Contains the reason.
    #[error("the phone cannot be confirmed: {0}")]
    Confirmation(ConfirmationRefusal),
    /// The phone speaks another version of the protocol. Retrying helps after an update.
    #[error("the phone and the server use different protocol versions")]
    UnsupportedProtocol,
    /// The request or the result exceeds a size limit. Retry with less.
    #[error("too much in one request")]
    TooLarge,
    /// The young person's phones have the most invitations that can be open at once. Retry after one
    /// of them expired.
    #[error("too many open invitations")]
    TooManyInvitations,
    /// The request names another person than the one whose phone sent it. Retrying does not help.
    #[error("the request names another person")]
    WrongPerson,
    /// A phone of the record has synced already, so a phone of a lost record cannot be linked to it. An
    /// invitation of the usual kind helps if the record itself is that phone's, and else a new record.
    #[error("a phone is connected to this record already")]
    HasOwnPhone,
    /// The id is unknown, or out of the caller's reach. Retrying does not help.
    #[error("no such {0}")]
    NotFound(Entity),
    /// Something that must be unique exists already. Retry with another value.
    #[error("this {0} exists already")]
    AlreadyExists(Existing),
    /// An entry of the address book has neither a telephone number nor an e-mail address. Retry with one.
    #[error("the contact cannot be reached")]
    Unreachable,
    /// A staff member and a young person belong to different councils.
    #[error("they belong to different councils")]
    DifferentCouncils,
    /// The schema does not accept the value of a field. Retry with another value.
    #[error("{field}: {refusal}")]
    InvalidField {
        /// The name of the field.
        field: String,
        /// Why the schema refuses the value.
        refusal: Refusal,
    },
    /// The staff member is deactivated. Reactivate them first.
    #[error("this staff member is deactivated")]
    StaffDeactivated,
    /// The staff member is on leave today. Choose a colleague.
    #[error("this staff member is on leave today")]
    StaffOnLeave,
    /// Administrators cannot deactivate their own account. Another administrator can.
    #[error("you cannot deactivate your own account")]
    CannotDeactivateSelf,
    /// No other administrator could sign in. Make a colleague an administrator first.
    #[error("this is the only administrator who can sign in")]
    LastAdministrator,
    /// The caller's role does not have the permission.
    #[error("this role does not have the permission")]
    NotAllowed,
    /// The act takes two people. Ask for it with [`staff::ask`](crate::staff::ask).
    #[error("this takes a second administrator")]
    NeedsSecondPerson,
    /// A rule about two people refuses the act. Contains the reason.
    #[error("this is not allowed for one person: {0}")]
    DualControl(DualControlRefusal),
    /// The password is too weak. Contains the reason.
    #[error("the password is too weak: {0}")]
    WeakPassword(WeakPassword),
    /// The last day of a contact is before its first day. Retry with another day.
    #[error("the last day is before the first")]
    InvalidLastDay,
    /// The first day of a hand-over is in the past or too far ahead. Retry with another day.
    #[error("the first day is outside the accepted range")]
    InvalidFirstDay,
    /// The draft is not in the state that the operation needs. Contains the reason.
    #[error("the draft cannot be changed: {0}")]
    Draft(DraftRefusal),
    /// An import of allocations is not applied. Contains the reason.
    #[error("nothing was changed: {0}")]
    Allocations(AllocationRefusal),
    /// A picture cannot be used. The message says why.
    #[error(transparent)]
    Picture(#[from] PictureError),
    /// The operating system returned no random bytes. Retry later.
    #[error("no random bytes available")]
    NoRandomness,
    /// The signing key of this council is not the one that signed its newest edition. Put a copy of the
    /// right one back.
    #[error(
        "the signing key of {0} is not the one that phones know: put a copy of the right one back"
    )]
    OtherSigningKey(CouncilId),
    /// The database has no generation. The server starts one with
    /// [`generation::ensure`](crate::generation::ensure) before it accepts requests.
    #[error("the database has no generation")]
    NoGeneration,
    /// A pack could not be compressed, probably for lack of memory. Retry later.
    #[error("compressing a pack failed")]
    Compression,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

/// Why a staff member cannot confirm a limited phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ConfirmationRefusal {
    /// The person's full phones can still answer. Retry after 72 hours from the pairing.
    #[error("the person's other phones have not had 72 hours to answer")]
    TooEarly,
    /// The caller made the phone's code, or their account and that of its maker may be one human's.
    /// Another staff member can confirm it.
    #[error("who made the code cannot confirm the phone")]
    OwnCode,
}

/// Why an act of power over a sign-in was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum DualControlRefusal {
    /// No reason was given, or one that is too short or too long. Retry with a reason.
    #[error("the reason is missing, too short or too long")]
    NoReason,
    /// Another request about this staff member waits. Withdraw or decide it first.
    #[error("another request about them waits")]
    AlreadyWaiting,
    /// The request was decided or withdrawn, or it waited too long. Ask again.
    #[error("the request does not wait any more")]
    NotWaiting,
    /// The caller asked for it. Another administrator decides.
    #[error("who asks cannot confirm")]
    OwnRequest,
    /// It is about the caller's own sign-in.
    #[error("it is about your own sign-in")]
    AboutSelf,
    /// In the last seven days the caller's account was made, reset or given its role by the administrator
    /// who asked, or the other way round: one human may hold both.
    #[error("one of the two made or reset the other's sign-in in the last 7 days")]
    SameHands,
    /// The caller's own account was reset in an emergency that is not over.
    #[error("your account was reset in an emergency")]
    InEmergency,
    /// The administrator who asked is not one any more, or was reset in an emergency. Ask again.
    #[error("the administrator who asked has no right to it any more")]
    AskerGone,
    /// The staff member's role changed after the request, or they were deactivated or reactivated. Ask
    /// again.
    #[error("the staff member's account changed since")]
    Changed,
    /// The account is held because of what the caller did to it. Another administrator or the operator
    /// helps.
    #[error("the account is held because of something you took part in")]
    TookPart,
    /// The account is held. Two other people, or the operator, make a new link.
    #[error("the account is held")]
    Held,
}

impl From<DualControlRefusal> for ServiceError {
    fn from(refusal: DualControlRefusal) -> Self {
        Self::DualControl(refusal)
    }
}

/// Why an import is not applied, although its files can be read. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AllocationRefusal {
    /// No row has a role that counts. Retrying helps with the roles that the case system uses.
    #[error("no row has a role that counts; the roles in the file are: {}", .roles.join(", "))]
    NoCountedRole {
        /// The roles in the file, the most frequent first.
        roles: Vec<String>,
    },
    /// The file has over a tenth fewer rows than the last one that was applied. Retrying helps with the
    /// whole file, or with the number of rows as a confirmation.
    #[error("the last import had {before} rows and this one has {rows}")]
    FewerRows {
        /// How many the last one had.
        before: usize,
        /// How many this one has.
        rows: usize,
    },
    /// Many would lose an adviser. Retrying helps with that number as a confirmation.
    #[error("{losses} of {of} would lose an adviser")]
    ManyLosses {
        /// How many would.
        losses: usize,
        /// How many assignments there are.
        of: usize,
    },
    /// The council's assignments changed after the plan was made. Make it again.
    #[error("something changed since it was planned")]
    ChangedSinceRead,
}

impl From<AllocationRefusal> for ServiceError {
    fn from(refusal: AllocationRefusal) -> Self {
        Self::Allocations(refusal)
    }
}

/// Why an operation on a draft was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum DraftRefusal {
    /// The draft is submitted and therefore read-only. Withdraw it first.
    #[error("it is submitted")]
    Submitted,
    /// There is no draft, or it is not submitted.
    #[error("it is not submitted")]
    NotSubmitted,
    /// The draft equals what is published.
    #[error("it changes nothing")]
    NothingChanged,
    /// The caller is one of the draft's authors. A second person has to publish it.
    #[error("an author cannot publish it")]
    OwnWork,
    /// In the last seven days the publisher's sign-in and that of an author were made or reset by the
    /// same administrator, or by one of the two. One human may hold both. Another publisher can publish.
    #[error("its author and its publisher may be one person")]
    SameHands,
    /// The publisher's account was reset in an emergency that is not over. Another publisher can publish.
    #[error("the publisher's account was reset in an emergency")]
    InEmergency,
    /// A newer edition was published after the draft was opened. Rebase the draft first.
    #[error("a newer edition was published")]
    OutOfDate,
    /// The content is not valid. [`validate`](promise_edition::validate) lists what to correct.
    #[error("it is incomplete")]
    Incomplete,
    /// The content changed after the caller read it. Read it again.
    #[error("it changed since it was read")]
    ChangedSinceRead,
}

impl From<DraftRefusal> for ServiceError {
    fn from(refusal: DraftRefusal) -> Self {
        Self::Draft(refusal)
    }
}

/// Why a password is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum WeakPassword {
    /// It has fewer characters than [`MIN_PASSWORD_CHARS`](crate::sign_in::MIN_PASSWORD_CHARS).
    #[error("too short")]
    TooShort,
    /// It has more characters than the server accepts.
    #[error("too long")]
    TooLong,
    /// It, or a password much like it, is known from breaches or easy to guess.
    #[error("easy to guess")]
    Guessable,
}
