//! The promise, the directory, and the marks on pledges.

use promise_protocol::{PledgeId, pack::Directory, vocabulary::PledgeMark};

use super::{PocketPhone, PromiseError};
use crate::{
    collections::pledges::{self, PLEDGE_MARK, PromiseByChapter},
    store::DocumentKind,
};

/// The council's promise, and where the young person stands with it.
pub struct CouncilPromise<'a>(&'a PocketPhone);

impl PocketPhone {
    /// The council's promise, and where the young person stands with it.
    pub fn promise(&self) -> CouncilPromise<'_> {
        CouncilPromise(self)
    }
}

impl CouncilPromise<'_> {
    /// Reads the promise by section; `None` until the first sync. The marks are there only if the app lock is
    /// open.
    pub fn read(&self) -> Result<Option<PromiseByChapter>, PromiseError> {
        let view = self.0.view();
        self.0.transact(|tx| pledges::by_chapter(tx, view))
    }

    /// Reads the directory: lines that anyone can ring, and the days on which offices are closed.
    pub fn directory(&self) -> Result<Directory, PromiseError> {
        self.0.transact(pledges::directory)
    }

    /// Marks a pledge. Only the person's phones can read the mark and its note. A note of `None` stays
    /// as it is; an empty one is cleared.
    pub fn mark(
        &self,
        id: &PledgeId,
        mark: PledgeMark,
        note: Option<String>,
    ) -> Result<(), PromiseError> {
        let (about, fields) = ((PLEDGE_MARK, DocumentKind::Pledge), pledges::mark(mark, note));
        self.0.edit(PLEDGE_MARK, |edit| {
            edit.write_about(about, id.as_str(), fields, std::convert::identity)
        })
    }

    /// Removes the mark and the note from a pledge.
    pub fn unmark(&self, id: &PledgeId) -> Result<(), PromiseError> {
        self.0.delete_record(PLEDGE_MARK, id.as_str())
    }
}
