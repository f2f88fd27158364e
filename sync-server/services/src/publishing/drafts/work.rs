//! The content that editors work on: the draft, or what is published while there is no draft.

use data_encoding::HEXLOWER;
use promise_protocol::pack::Pack;
use sha2::{Digest, Sha256};

use super::{council, pack, published_pack};
use crate::{Permission, ServiceError, StaffScope};
use promise_database::{Actor, Council, Submission, Tx};
use promise_edition::EditionContent;

/// The stage of a council's draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// There is no draft.
    NoDraft,
    /// Editors can change it.
    Open,
    /// It is read-only and can be published.
    Submitted {
        /// The editor who submitted it.
        by: Actor,
        /// When, in milliseconds since 1970.
        at: i64,
    },
}

/// The content that editors work on.
#[derive(Clone, Debug)]
pub struct WorkingCopy {
    /// The council.
    pub council: Council,
    /// The content of the draft, or what is published if there is no draft.
    pub content: EditionContent,
    /// The stage of the draft.
    pub stage: Stage,
    /// The authors of the draft.
    pub authors: Vec<Actor>,
    /// The number of the edition that the draft changes. `None` if nothing was published.
    pub based_on: Option<u64>,
    /// The number of the newest edition. `None` if there is none.
    pub newest: Option<u64>,
    /// When the newest edition was published, in milliseconds since 1970.
    pub published_at: Option<i64>,
    /// When the draft was last changed, in milliseconds since 1970.
    pub changed_at: Option<i64>,
    /// The publisher's note, if the draft was returned to its authors.
    pub note: Option<String>,
}

impl WorkingCopy {
    /// Returns `true` if an edition was published after the draft was opened.
    pub fn is_behind(&self) -> bool {
        self.based_on != self.newest
    }

    /// Returns `true` if this is one of the authors of the draft.
    pub fn is_by(&self, author: &Actor) -> bool {
        self.authors.contains(author)
    }

    /// Returns a short hash of the content and of the editions it is compared with. A form that acts
    /// on the whole draft sends it back, to show which content its user read.
    pub fn version(&self) -> String {
        let mut hash = Sha256::new();
        let EditionContent { promise, opportunities, directory } = &self.content;
        for bytes in [promise.to_bytes(), opportunities.to_bytes(), directory.to_bytes()] {
            hash.update(Sha256::digest(bytes));
        }
        hash.update(self.based_on.unwrap_or_default().to_be_bytes());
        hash.update(self.newest.unwrap_or_default().to_be_bytes());
        HEXLOWER.encode(&hash.finalize()).chars().take(32).collect()
    }
}

/// Loads the content that editors of the caller's council work on.
pub fn load(tx: &mut dyn Tx, scope: &StaffScope) -> Result<WorkingCopy, ServiceError> {
    scope.permit(Permission::SeePublished)?;
    let council = council(tx, scope)?;
    of_council(tx, council)
}

/// Like [`load`], for a caller who may see what the council publishes.
pub(super) fn of_council(tx: &mut dyn Tx, council: Council) -> Result<WorkingCopy, ServiceError> {
    let newest = tx.newest_edition(&council.id)?.map(|edition| edition.number);
    let draft = tx.draft(&council.id)?;
    let based_on = draft.as_ref().map_or(newest, |draft| draft.based_on);
    let content = EditionContent {
        promise: pack(tx, &council, based_on)?,
        opportunities: pack(tx, &council, based_on)?,
        directory: pack(tx, &council, based_on)?,
    };
    let (stage, changed_at, note) = match draft {
        None => (Stage::NoDraft, None, None),
        Some(draft) => {
            let submitted =
                draft.submitted.map(|Submission { by, at }| Stage::Submitted { by, at });
            (submitted.unwrap_or(Stage::Open), Some(draft.changed_at), draft.note)
        }
    };
    Ok(WorkingCopy {
        authors: tx.draft_authors(&council.id)?,
        published_at: match newest {
            Some(number) => tx.published_at(&council.id, number)?,
            None => None,
        },
        council,
        content,
        stage,
        based_on,
        newest,
        changed_at,
        note,
    })
}

/// Returns the content of the edition with this number, which is empty if there is no such edition.
pub(crate) fn edition(
    tx: &mut dyn Tx,
    council: &Council,
    number: Option<u64>,
) -> Result<EditionContent, ServiceError> {
    Ok(EditionContent {
        promise: published_pack(tx, council, number)?,
        opportunities: published_pack(tx, council, number)?,
        directory: published_pack(tx, council, number)?,
    })
}

/// Returns what the caller's council has published, or `None` if nothing.
pub fn load_published(
    tx: &mut dyn Tx,
    scope: &StaffScope,
) -> Result<Option<EditionContent>, ServiceError> {
    scope.permit(Permission::SeePublished)?;
    let council = council(tx, scope)?;
    let Some(newest) = tx.newest_edition(&council.id)? else { return Ok(None) };
    edition(tx, &council, Some(newest.number)).map(Some)
}
