//! Reads cards of address books: vCard 2.1 (versit, 1996), 3.0 (RFC 2426) and 4.0 (RFC 6350).
//!
//! Phones write all three, and none of them strictly. So a card is read as far as it can be: what is
//! unclear is a [`CardRemark`] on that card, a card that cannot become a contact has a [`CardProblem`], and
//! the other cards of the file are not affected. Only a file that is too large or has no card at all is
//! refused. Pictures, birthdays and addresses are never kept: a contact has no use for them.

mod bytes;
mod card;
mod charset;
mod line;
mod property;
mod quoted_printable;
mod tel;
#[cfg(test)]
mod tests;
mod value;

use thiserror::Error;

use crate::values::PhoneNumber;

pub use tel::{KIND_PARAMETER, phone_kind};

/// The maximum size of a file in bytes.
pub const MAX_FILE_BYTES: usize = 10 * 1024 * 1024;

/// The maximum number of cards in a file.
pub const MAX_CARDS: usize = 5_000;

/// Why a file was refused. Reading the same file again fails again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum CardFileError {
    /// It has no card: it is empty, or of another format.
    #[error("the file has no cards")]
    NoCards,
    /// It exceeds [`MAX_FILE_BYTES`] or [`MAX_CARDS`].
    #[error("the file has more than 10 MB, or more than 5,000 cards")]
    TooLarge,
}

/// A card as it was read. Texts are as long as in the file: limits are the collection's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Card {
    /// The name: `FN`, or else `N`, `NICKNAME` or `ORG`. Empty if there is none of them.
    pub name: String,
    /// What they are: `ROLE`, or else `TITLE`.
    pub role: Option<String>,
    /// The components of `ORG`: the organisation first, then its parts.
    pub organisation: Vec<String>,
    /// The telephone numbers, those to try first at the front, each once.
    pub phones: Vec<PhoneNumber>,
    /// The first e-mail address.
    pub email: Option<String>,
    /// The languages, as language tags.
    pub languages: Vec<String>,
    /// The notes.
    pub note: Option<String>,
    /// Texts that a contact has no field for, such as a second e-mail address or a number that is not
    /// complete. Where a contact has a note, they belong at its end, so that nothing is lost.
    pub more: Vec<String>,
    /// What to know before it is stored, each once and in the order of the enum.
    pub remarks: Vec<CardRemark>,
    /// Why it cannot become a contact. `None` if it can.
    pub problem: Option<CardProblem>,
}

/// What to know about a card before it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum CardRemark {
    /// It has neither a telephone number nor an e-mail address.
    NoWayToReach,
    /// Calls to one of its numbers cost extra.
    CostsExtra,
    /// A number cannot be rung: it is not complete, or a fax. It is kept in the note.
    NumberInNote,
    /// Other texts are kept in the note, or the whole of one that is longer than its field.
    TextInNote,
    /// The note is longer than a contact can hold. What is beyond that is left out.
    Shortened,
    /// Letters may be wrong: their encoding is broken, unknown or not given.
    UncertainText,
    /// A line could not be read, or the card has no end. The rest of it was read.
    UnreadableLine,
    /// A picture was left out.
    PictureLeftOut,
    /// A birthday or another personal day was left out.
    BirthdayLeftOut,
    /// An address, a web page or something else that a contact does not have was left out.
    OtherLeftOut,
}

/// Why a card cannot become a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CardProblem {
    /// It has no name of any kind.
    NoName,
    /// The file ends within it, so that a number in it may lack digits.
    Unfinished,
}

/// Reads every card of a file, in its order.
pub fn read(file: &[u8]) -> Result<Vec<Card>, CardFileError> {
    if file.len() > MAX_FILE_BYTES {
        return Err(CardFileError::TooLarge);
    }
    let text = bytes::as_ascii_superset(file);
    let cards = bytes::cards(&text);
    match cards.len() {
        0 => Err(CardFileError::NoCards),
        1..=MAX_CARDS => Ok(cards.iter().map(card::read).collect()),
        _ => Err(CardFileError::TooLarge),
    }
}
