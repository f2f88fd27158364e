//! Packs: what a council publishes, the same for every phone.
//!
//! A pack is a canonical JSON document named by its SHA-256. Tables in it are written by columns
//! ([`Table`]): a field's values stand together, which makes a first download a tenth smaller.

mod directory;
mod opportunities;
mod picture;
mod promise;
mod table;

use std::{collections::BTreeMap, fmt};

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use thiserror::Error;

pub use directory::{ClosedDay, ClosedDays, Directory, Line};
pub use opportunities::{
    Opportunities, Opportunity, OpportunityKind, OpportunitySource, OpportunityStatus, Pay, Place,
};
pub use picture::{
    MAX_PICTURE_BYTES, MAX_PICTURE_PIXELS, MAX_PICTURES_BYTES, PICTURE_TYPES, Picture,
};
pub use promise::{Basis, Category, Council, Pledge, PledgeArea, Promise, PromiseSection, Theme};
pub use table::Table;

/// The largest pack a phone reads, in bytes, after decompression.
pub const MAX_PACK_BYTES: usize = 16 << 20;

/// A text in several languages: language tag (BCP 47) to text. English, `en`, is always there.
pub type Localised = BTreeMap<String, String>;

/// A text in the first of these languages that it has, or else in English, or else in any: its
/// language tag and the text. Nothing if it is empty.
pub fn in_language<'a>(text: &'a Localised, languages: &[&str]) -> Option<(&'a str, &'a str)> {
    let mut wanted = languages.iter().chain(&["en"]);
    let found = wanted.find_map(|language| text.get_key_value(*language));
    let found = found.or_else(|| text.iter().next());
    found.map(|(language, text)| (language.as_str(), text.as_str()))
}

/// The three packs of an edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PackName {
    /// What the council pledges.
    Promise,
    /// What a young person can apply for, get or join.
    Opportunities,
    /// Lines anyone can ring, and the days on which offices are closed.
    Directory,
}

impl PackName {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Promise, Self::Opportunities, Self::Directory];

    /// The name as it stands in an edition.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Promise => "promise",
            Self::Opportunities => "opportunities",
            Self::Directory => "directory",
        }
    }

    /// The pack of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|pack| pack.as_str() == name)
    }
}

impl fmt::Display for PackName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A document that can be a pack.
pub trait Pack: Serialize + DeserializeOwned {
    /// Which pack it is.
    const NAME: PackName;

    /// The pack's bytes: canonical JSON.
    fn to_bytes(&self) -> Vec<u8> {
        crate::canonical::to_vec(self)
    }

    /// Reads a pack. Fields this version does not know are kept.
    fn from_bytes(bytes: &[u8]) -> Result<Self, PackError> {
        serde_json::from_slice(bytes).map_err(|error| PackError {
            pack: Self::NAME,
            line: error.line(),
            column: error.column(),
        })
    }
}

/// Bytes that are not the pack they should be. Retrying does not help: whoever published it must
/// publish it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the {pack} pack cannot be read (line {line}, column {column})")]
pub struct PackError {
    /// Which pack.
    pub pack: PackName,
    /// Where reading stopped, from 1.
    pub line: usize,
    /// Where reading stopped, from 1.
    pub column: usize,
}

/// The name of a pack's bytes: their SHA-256 in lower-case hexadecimal.
pub fn hash(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

/// Whether a text is a pack's hash.
pub fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}
