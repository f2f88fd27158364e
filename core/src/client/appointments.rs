//! Appointments, and whether the young person comes.

use promise_protocol::{AppointmentId, vocabulary::AppointmentAnswer};

use super::{PocketPhone, PromiseError};
use crate::collections::appointments::{self, APPOINTMENT, Appointment};

/// The young person's appointments.
pub struct Appointments<'a>(&'a PocketPhone);

impl PocketPhone {
    /// The young person's appointments.
    pub fn appointments(&self) -> Appointments<'_> {
        Appointments(self)
    }
}

impl Appointments<'_> {
    /// Lists the appointments, soonest first. Empty unless the app lock is open: they tell where the person
    /// will be, and when.
    pub fn list(&self) -> Result<Vec<Appointment>, PromiseError> {
        self.0.read_private(appointments::list)
    }

    /// Saves the young person's answer to an appointment. The adviser sees it after the next sync.
    /// A note of `None` stays as it is; an empty one is cleared.
    pub fn answer(
        &self,
        id: &AppointmentId,
        answer: AppointmentAnswer,
        note: Option<String>,
    ) -> Result<(), PromiseError> {
        self.0.edit_record(APPOINTMENT, id.as_str(), appointments::answer(answer, note))
    }
}
