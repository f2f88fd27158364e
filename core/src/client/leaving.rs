//! What becomes of a phone whose request its server refuses as one that was taken off, or that it does not
//! know.

use promise_protocol::{PhoneOrder, ProblemCode, SignedOrder};

use super::{PocketPhone, PromiseError};
use crate::{
    cancel::CancelHandle,
    collections::Topic,
    sync::{self, TransportError, orders},
};

impl PocketPhone {
    /// Returns the error for a request that this phone's server refused, after doing what the council
    /// ordered. Without an order that the council signed for this phone, it keeps everything.
    pub(super) fn refused(&self, error: TransportError, call: &CancelHandle) -> PromiseError {
        let done = match error {
            TransportError::Revoked(order) => self.taken_off(order.as_ref(), call),
            TransportError::Refused(ProblemCode::NotPaired) => self.not_known(),
            error => Ok(error.into()),
        };
        done.unwrap_or_else(|error| error)
    }

    fn taken_off(
        &self,
        order: Option<&SignedOrder>,
        call: &CancelHandle,
    ) -> Result<PromiseError, PromiseError> {
        match self.obey(order, call)? {
            Some(PhoneOrder::Wipe) => {
                self.wipe()?;
                Ok(PromiseError::Revoked)
            }
            Some(PhoneOrder::Release) => {
                self.network.disconnect();
                self.notify(Topic::ALL);
                Ok(PromiseError::Released)
            }
            None => self.not_known(),
        }
    }

    /// Returns what the council ordered. Its key may have been replaced since this phone was last in touch.
    fn obey(
        &self,
        order: Option<&SignedOrder>,
        call: &CancelHandle,
    ) -> Result<Option<PhoneOrder>, PromiseError> {
        let ordered = self.transact(|tx| orders::obey(tx, order))?;
        if ordered.is_some() || order.is_none() {
            return Ok(ordered);
        }
        let transport = self.connection_to_server()?;
        match sync::learn_keys(self, transport.as_ref(), call) {
            Ok(true) => self.transact(|tx| orders::obey(tx, order)),
            // Whatever the reason: the next contact tries again, and until then everything stays.
            Ok(false) | Err(_) => Ok(None),
        }
    }

    /// The phone keeps everything, and shows that its server does not know it. That is the same for the
    /// person as an order that is not valid: nothing was lost, and an adviser can connect the phone again.
    fn not_known(&self) -> Result<PromiseError, PromiseError> {
        let now = self.clock.now_millis();
        self.transact(|tx| orders::note_refusal(tx, now))?;
        self.notify([Topic::Status]);
        Ok(PromiseError::Unpaired)
    }
}
