//! What is kept, as it goes in and comes out.

use promise_protocol::{
    Cell, PackName, Reading,
    pack::{Directory, Opportunities, Promise},
};
use zeroize::Zeroizing;

/// Where a phone stands with its server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SyncState {
    /// The server generation that the cursor belongs to.
    pub generation: String,
    /// The last revision this phone has.
    pub cursor: u64,
    /// The number of the newest request.
    pub request: u64,
    /// The number of the edition that is shown; 0 for none.
    pub edition: u64,
    /// The lowest edition number this generation may show next, which is also what a request
    /// names. 0 after a restore: the restored server's edition may be lower.
    pub edition_floor: u64,
    /// The greatest reading this phone has seen or taken.
    pub greatest: Reading,
    /// What to add to this phone's clock to get the server's, in milliseconds.
    pub clock_offset: i64,
    /// When the last sync ended well, by this phone's clock, in milliseconds since 1970.
    pub last_sync: Option<i64>,
}

/// Whom a phone is paired with.
#[derive(Clone, PartialEq, Eq)]
pub struct Pairing {
    /// The server's address.
    pub server: String,
    /// The phone's secret.
    pub token: String,
    /// The author of this phone's stamps.
    pub author: String,
    /// The council's short name.
    pub council: String,
    /// The council's name in words.
    pub council_name: String,
    /// The person's name within the server.
    pub person: String,
    /// The check value of the person's key, as the server had it at pairing.
    pub key_check: Option<String>,
}

/// The 128 bits of somebody's twelve words, wiped from memory when dropped.
pub type Entropy = Zeroizing<[u8; 16]>;

impl std::fmt::Debug for Pairing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pairing").field("server", &self.server).finish_non_exhaustive()
    }
}

/// An edit that the server refused.
#[derive(Clone, Debug, PartialEq)]
pub struct Quarantined {
    /// The edit.
    pub cell: Cell,
    /// The server's reason, such as `too_long`.
    pub reason: String,
    /// When the refusal came, by this phone's clock, in milliseconds since 1970.
    pub at_millis: i64,
}

/// Under which key what is private is on the server, as far as this phone sees to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sealing {
    /// The key's check value; `None` before anything was sent.
    pub under: Option<String>,
    /// Whether the server has taken this as the key in use. Only then is anything emptied that is
    /// under other keys.
    pub certain: bool,
}

/// How much waits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Edits to be sent or handed back that anybody may read who may read the record.
    pub to_send: u64,
    /// Edits of sealed collections to be sent or handed back: they need the person's key.
    pub private: u64,
    /// Sealed cells that this phone cannot open.
    pub aside: u64,
}

/// The packs of one edition, read.
#[derive(Clone, Debug)]
pub struct EditionPacks {
    /// The hash of each pack.
    pub hashes: Vec<(PackName, String)>,
    /// The promise, if it is another one than before.
    pub promise: Option<Promise>,
    /// The opportunities, if they are other ones than before.
    pub opportunities: Option<Opportunities>,
    /// The directory, if it is another one than before.
    pub directory: Option<Directory>,
}

/// Whether a picture is on this phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeldPicture {
    /// It is not.
    No,
    /// It is.
    Here,
    /// The server does not give it out, or not the right one.
    GivenUp,
}

/// What can be found by search.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum SearchKind {
    /// A pledge of the promise.
    Pledge,
    /// An opportunity.
    Opportunity,
    /// A contact the council gives.
    Contact,
    /// A contact of the person's own.
    OwnContact,
    /// A line of the directory.
    Line,
}

impl SearchKind {
    /// The word that stands for it in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pledge => "pledge",
            Self::Opportunity => "opportunity",
            Self::Contact => "contact",
            Self::OwnContact => "own_contact",
            Self::Line => "line",
        }
    }

    /// What this word stands for.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Pledge, Self::Opportunity, Self::Contact, Self::OwnContact, Self::Line]
            .into_iter()
            .find(|kind| kind.as_str() == word)
    }
}

/// Something that matches a search.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct SearchResult {
    /// What kind of thing it is.
    pub kind: SearchKind,
    /// Its name.
    pub id: String,
    /// Its heading; found words stand between U+0002 and U+0003.
    pub title: String,
    /// The words around the first match, marked the same way.
    pub snippet: String,
}
