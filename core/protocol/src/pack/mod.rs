//! Packs: what a council publishes, the same for every phone.
//!
//! A pack is a canonical JSON document, identified by its SHA-256. Tables in it are written by columns
//! ([`Table`]): the values of a field stand together, which makes a first download a tenth smaller.

mod directory;
mod opportunities;
mod picture;
mod promise;
mod table;
mod timescale;

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::vocabulary::vocabulary;

pub use directory::{ClosedDay, ClosedDays, Directory, Line};
pub use opportunities::{
    Opportunities, Opportunity, OpportunityKind, OpportunitySource, OpportunityStatus, Pay, Place,
};
pub use picture::{
    MAX_PICTURE_BYTES, MAX_PICTURE_PIXELS, MAX_PICTURES_BYTES, PICTURE_TYPES, Picture,
};
pub use promise::{Basis, Category, Council, Pledge, PledgeArea, Promise, PromiseSection, Theme};
pub use table::Table;
pub use timescale::{LegalTimescale, Timescale};

/// The largest pack a phone reads, in bytes, after decompression.
pub const MAX_PACK_BYTES: usize = 16 << 20;

/// A text in several languages: language tag (BCP 47) to text. English, `en`, is always present.
pub type Localised = BTreeMap<String, String>;

/// Picks the first of these languages that the text has, else English, else any. Returns the language
/// tag and the text, or `None` if the text is empty.
pub fn in_language<'a>(text: &'a Localised, languages: &[&str]) -> Option<(&'a str, &'a str)> {
    let mut wanted = languages.iter().chain(&["en"]);
    let found = wanted.find_map(|language| text.get_key_value(*language));
    let found = found.or_else(|| text.iter().next());
    found.map(|(language, text)| (language.as_str(), text.as_str()))
}

vocabulary! {
    /// The three packs of an edition.
    pub enum PackName {
        /// What the council pledges.
        Promise = "promise",
        /// What a young person can apply for, get or join.
        Opportunities = "opportunities",
        /// Telephone lines for everyone, and the days on which offices are closed.
        Directory = "directory",
    }
}

/// A document that is published as a pack.
pub trait Pack: Serialize + DeserializeOwned {
    /// Which pack it is.
    const NAME: PackName;

    /// The pack's bytes: canonical JSON.
    fn to_bytes(&self) -> Vec<u8> {
        crate::canonical::to_vec(self)
    }

    /// Parses a pack. Fields that this version does not know are kept.
    fn from_bytes(bytes: &[u8]) -> Result<Self, PackError> {
        serde_json::from_slice(bytes).map_err(|error| PackError {
            pack: Self::NAME,
            line: error.line(),
            column: error.column(),
        })
    }
}

/// The bytes are not the expected pack. Retrying does not help: the council must publish it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the {pack} pack cannot be read (line {line}, column {column})")]
pub struct PackError {
    /// Which pack.
    pub pack: PackName,
    /// The line of the error, from 1.
    pub line: usize,
    /// The column of the error, from 1.
    pub column: usize,
}

/// The hash that identifies a pack: SHA-256 in lower-case hexadecimal.
pub fn hash(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

/// Returns `true` if the text has the form of a pack's or picture's hash.
pub fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}
