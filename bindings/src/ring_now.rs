//! Whom the person can ring, at a moment by the council's clock.

use promise_core::{PromiseError, RingNow};
use promise_protocol::ffi_types::Instant;

use crate::{guard::guard, phone::PocketPhone};

uniffi::use_remote_type!(promise_protocol::Instant);

#[uniffi::export]
impl PocketPhone {
    /// Whom the person can ring at a moment, in the order in which to try, and until when the answer holds. For
    /// now, pass the council's time, and wait by the difference of the two times.
    pub fn ring_now(&self, at: Instant) -> Result<RingNow, PromiseError> {
        guard(|| self.0.ring_now(at))
    }

    /// The time by the council's clock, as the last response gave it, whatever this phone's clock says.
    pub fn council_time(&self) -> Result<Instant, PromiseError> {
        guard(|| self.0.council_time())
    }
}
