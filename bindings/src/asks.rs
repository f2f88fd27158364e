//! What goes between the young person and their adviser: asks, shared notes and appointments.

use promise_core::{Appointment, Ask, AskAbout, PromiseError, SharedItem};
use promise_protocol::{AppointmentId, AskId, vocabulary::AppointmentAnswer};

use crate::{guard::guard, phone::PocketPhone};

#[uniffi::export]
impl PocketPhone {
    /// The asks, newest first.
    pub fn asks(&self) -> Result<Vec<Ask>, PromiseError> {
        guard(|| self.0.asks().list())
    }

    /// Asks the adviser something. They see it after the next sync. Returns the ask's id.
    pub fn write_ask(&self, text: String, about: AskAbout) -> Result<AskId, PromiseError> {
        guard(|| self.0.asks().write(&text, about))
    }

    /// Shares one thing with the adviser, in a new ask with this text. They see it after the next sync.
    /// Returns the ask's id; deleting the ask deletes what was shared.
    pub fn share_with_adviser(
        &self,
        item: SharedItem,
        text: String,
    ) -> Result<AskId, PromiseError> {
        guard(|| self.0.asks().share_with_adviser(&item, &text))
    }

    /// Deletes an ask, with what was shared in it.
    pub fn delete_ask(&self, id: AskId) -> Result<(), PromiseError> {
        guard(|| self.0.asks().delete(&id))
    }

    /// The appointments, soonest first.
    pub fn appointments(&self) -> Result<Vec<Appointment>, PromiseError> {
        guard(|| self.0.appointments().list())
    }

    /// Sends the answer to whether the young person comes. The adviser sees it after the next sync. Without a note,
    /// the one that is there stays.
    #[uniffi::method(default(note = None))]
    pub fn answer_appointment(
        &self,
        id: AppointmentId,
        answer: AppointmentAnswer,
        note: Option<String>,
    ) -> Result<(), PromiseError> {
        guard(|| self.0.appointments().answer(&id, answer, note))
    }
}
