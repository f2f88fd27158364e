//! Why a service did not do it.

use promise_protocol::schema::Refusal;
use thiserror::Error;

use promise_database::DatabaseError;

/// The services' errors. None of them names a person or holds a value.
#[derive(Debug, Error)]
pub enum ServiceError {
    /// The token is unknown. Pair again.
    #[error("this phone is not paired")]
    NotPaired,
    /// The phone was revoked, or its person erased their account. It wipes itself.
    #[error("this phone was revoked")]
    Revoked,
    /// The other side speaks another version of the protocol. Update the older side.
    #[error("the phone and the server speak different versions")]
    WrongVersion,
    /// More cells than one request may hold. Send fewer.
    #[error("too many cells in one request")]
    TooLarge,
    /// As many as there may be at once. Retry when some of them are over. Holds the kind of thing.
    #[error("there are too many {0} at once")]
    TooMany(&'static str),
    /// The request names another person than its caller. Retrying does not help.
    #[error("the request is about another person")]
    OtherPerson,
    /// There is no such thing, or it is not this caller's to see. Holds the kind of thing.
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// There is one already. Holds the kind of thing.
    #[error("there is already such a {0}")]
    AlreadyExists(&'static str),
    /// Somebody of one council and something of another.
    #[error("they belong to different councils")]
    OtherCouncil,
    /// A field's value cannot be taken. Change it.
    #[error("{field}: {refusal}")]
    Refused {
        /// The field.
        field: String,
        /// Why.
        refusal: Refusal,
    },
    /// The member of staff was switched off. Switch them on again first.
    #[error("this member of staff was switched off")]
    StaffDeactivated,
    /// The member of staff is on leave today. Choose somebody who is here.
    #[error("this member of staff is on leave today")]
    Away,
    /// Nobody switches themselves off. Another administrator can.
    #[error("nobody switches themselves off")]
    CannotDeactivateSelf,
    /// Nobody else could sign in as an administrator. Make somebody else one first.
    #[error("this is the only administrator who can sign in")]
    LastAdministrator,
    /// The caller's role does not allow it. Somebody else's may.
    #[error("this role may not do that")]
    NotAllowed,
    /// The password cannot be used. Holds why.
    #[error("the password cannot be used")]
    Password(super::sign_in::WeakPassword),
    /// A day is too early or too late for this. Holds which day.
    #[error("the {0} is not a day on which this can be")]
    Day(&'static str),
    /// The draft of what is to be published is not as this needs it. Holds what is in the way.
    #[error("the draft does not go: {0}")]
    Draft(super::drafts::DraftRefusal),
    /// A picture cannot be used. Holds why, in words for whoever chose it.
    #[error(transparent)]
    Picture(#[from] promise_edition::picture::PictureError),
    /// The system gave no random bytes. Retry later.
    #[error("the system has no random bytes to give")]
    NoRandomness,
    /// A pack could not be compressed, which only a lack of memory explains. Retry later.
    #[error("a pack could not be compressed")]
    Coding,
    /// The store did not do it.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}
