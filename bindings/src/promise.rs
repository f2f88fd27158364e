//! The promise, the directory, and the marks on pledges.

use promise_core::{PromiseByChapter, PromiseError};
use promise_protocol::{PledgeId, pack::Directory, vocabulary::PledgeMark};

use crate::{guard::guard, phone::PocketPhone};

#[uniffi::export]
impl PocketPhone {
    /// The promise by section; nothing until the first sync.
    pub fn promise(&self) -> Result<Option<PromiseByChapter>, PromiseError> {
        guard(|| self.0.promise().read())
    }

    /// The lines that anyone can ring, and the days on which offices are closed.
    pub fn directory(&self) -> Result<Directory, PromiseError> {
        guard(|| self.0.promise().directory())
    }

    /// Marks a pledge. Only the person's phones can read the mark and its note. Without a note, the one
    /// that is there stays.
    #[uniffi::method(default(note = None))]
    pub fn mark_pledge(
        &self,
        id: PledgeId,
        mark: PledgeMark,
        note: Option<String>,
    ) -> Result<(), PromiseError> {
        guard(|| self.0.promise().mark(&id, mark, note))
    }

    /// Removes the mark and the note from a pledge.
    pub fn unmark_pledge(&self, id: PledgeId) -> Result<(), PromiseError> {
        guard(|| self.0.promise().unmark(&id))
    }
}
