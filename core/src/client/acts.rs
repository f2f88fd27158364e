//! Requests that this phone signs with its own key: the token alone, which is in every request, would let anyone
//! who has read it erase, take off and invite.

use promise_protocol::{ActSignature, PhoneAct, ProblemCode};

use super::{PocketPhone, PromiseError};
use crate::{
    cancel::CancelHandle,
    sync::{ActCredentials, Transport, TransportError, acts},
};

impl PocketPhone {
    /// Sends an act with the token and the signature of this phone, which does what its council ordered if it was
    /// revoked.
    pub(super) fn act<R>(
        &self,
        act: &PhoneAct<'_>,
        cancel: &CancelHandle,
        send: impl Fn(&dyn Transport, &ActCredentials<'_>, &CancelHandle) -> Result<R, TransportError>,
    ) -> Result<R, PromiseError> {
        let call = self.network.begin(cancel);
        let pairing = self.transact(|tx| tx.pairing())?.ok_or(PromiseError::NotPaired)?;
        let transport = self.network.connection(&pairing.server)?;
        let token = pairing.token().ok_or(PromiseError::Released)?;
        let sent = self.sign_and_send(act, &call, |signature| {
            send(transport.as_ref(), &ActCredentials { token, signature }, &call)
        })?;
        sent.map_err(|error| self.refused(error, &call))
    }

    /// Signs an act and sends it. If the server does not accept the signature, syncs, and signs and sends once more:
    /// after a restore it has another generation, which the phone learns in that way.
    pub(super) fn sign_and_send<R>(
        &self,
        act: &PhoneAct<'_>,
        call: &CancelHandle,
        mut send: impl FnMut(&ActSignature) -> Result<R, TransportError>,
    ) -> Result<Result<R, TransportError>, PromiseError> {
        let sent = send(&self.sign(act)?);
        if !matches!(sent, Err(TransportError::Refused(ProblemCode::NotProven))) {
            return Ok(sent);
        }
        self.sync_data(call)?;
        Ok(send(&self.sign(act)?))
    }

    /// A full disk keeps no person from erasing their account: the number rises with the clock, stored or not.
    fn sign(&self, act: &PhoneAct<'_>) -> Result<ActSignature, PromiseError> {
        let now = self.clock.now_millis();
        let number = match self.transact(|tx| acts::take_number(tx, now)) {
            Ok(number) => number,
            Err(_) => self.transact(|tx| acts::next_number(tx, now))?,
        };
        self.transact(|tx| acts::sign(tx, act, number))?.ok_or(PromiseError::NotPaired)
    }
}
