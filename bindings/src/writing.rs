//! Writing: saved on this phone at once, sent at the next sync where it is to be sent at all.

use promise_core::{AskAbout, ContactEdit, OpportunityEdit, PromiseError};

use crate::{guard::guard, phone::PocketPhone};

#[uniffi::export]
impl PocketPhone {
    /// Saves an opportunity, or writes about one that is saved. Private to the person.
    pub fn save_opportunity(&self, id: String, edit: OpportunityEdit) -> Result<(), PromiseError> {
        guard(|| self.0.save_opportunity(&id, edit))
    }

    /// Takes an opportunity off the saved ones.
    pub fn unsave_opportunity(&self, id: String) -> Result<(), PromiseError> {
        guard(|| self.0.unsave_opportunity(&id))
    }

    /// Marks a pledge: `having_it`, `want_it`, `had_it` or `not_for_me`. Private to the person.
    #[uniffi::method(default(note = None))]
    pub fn mark_pledge(
        &self,
        id: String,
        mark: String,
        note: Option<String>,
    ) -> Result<(), PromiseError> {
        guard(|| self.0.mark_pledge(&id, &mark, note))
    }

    /// Takes the mark off a pledge.
    pub fn unmark_pledge(&self, id: String) -> Result<(), PromiseError> {
        guard(|| self.0.unmark_pledge(&id))
    }

    /// Writes the young person's own fields of a contact. Private to the person.
    pub fn edit_contact(&self, id: String, edit: ContactEdit) -> Result<(), PromiseError> {
        guard(|| self.0.edit_contact(&id, edit))
    }

    /// Asks the adviser something. They see it after the next sync. Returns the ask's name.
    pub fn write_ask(&self, words: String, about: AskAbout) -> Result<String, PromiseError> {
        guard(|| self.0.write_ask(&words, about))
    }

    /// Takes an ask back.
    pub fn delete_ask(&self, id: String) -> Result<(), PromiseError> {
        guard(|| self.0.delete_ask(&id))
    }

    /// Says whether the young person comes to an appointment: `coming`, `not_coming` or
    /// `another_time`. The adviser sees it after the next sync.
    #[uniffi::method(default(note = None))]
    pub fn answer_appointment(
        &self,
        id: String,
        answer: String,
        note: Option<String>,
    ) -> Result<(), PromiseError> {
        guard(|| self.0.answer_appointment(&id, &answer, note))
    }
}
