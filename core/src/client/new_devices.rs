//! A new phone that this one invited: what both show, and the person's yes or no.

use std::{cell::RefCell, time::Duration};

use promise_protocol::{
    PhoneAct, ProblemCode,
    pairing::{PairingAnswer, PairingEnd, WaitingPhones},
};

use super::{PocketPhone, PromiseError, devices::Devices, polling::Polling};
use crate::{
    cancel::CancelHandle,
    store::Pairing,
    sync::{
        ActCredentials, Transport, TransportError,
        pairing::{Compared, OldSide},
        recovery,
    },
};

/// How long a phone waits for a new one: longer than a code of a phone works.
const LONGEST_WAIT: Duration = Duration::from_mins(11);

/// A new phone that waits for a yes on this phone.
pub struct NewDevice(Compared);

impl NewDevice {
    /// The six digits that the new phone must show, such as `482 913`. An app need not show them: the
    /// person types what they see on the new phone, or scans it.
    pub fn digits(&self) -> String {
        self.0.digits().to_string()
    }
}

impl std::fmt::Debug for NewDevice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewDevice(..)")
    }
}

impl Devices<'_> {
    /// Waits until a phone has sent the code of an invitation, and both have exchanged their keys. Waits for
    /// the network, until the code expires ([`PromiseError::CodeExpired`]). Call it right after
    /// [`Devices::invite`], and once: keys that were lost with a program that was stopped need a new code
    /// ([`PromiseError::CodeUsed`]).
    ///
    /// Fails with [`PromiseError::TwoPhones`] if two phones sent the code, and with
    /// [`PromiseError::PairingRefused`] if the other phone said no, or if it or what lies in between is not
    /// what it says. The code has ended then.
    pub fn wait_for_new(
        &self,
        code: &str,
        cancel: &CancelHandle,
    ) -> Result<NewDevice, PromiseError> {
        self.phone().require_open()?;
        let (pairing, token) = self.paired()?;
        let id = invitation_id(code)?;
        let call = self.phone().network.begin(cancel);
        let transport = self.phone().network.connection(&pairing.server)?;
        let asking = Asking::new(self.phone(), &*transport, token, &call);
        let first = asking.wait_for(|asking| {
            let listed = asking.transport.waiting_phones(&asking.token, asking.call)?;
            let found = listed.phones.into_iter().find(|phone| phone.code == id);
            match found.as_ref().and_then(|phone| phone.ended) {
                Some(PairingEnd::TwoPhones) => Err(TransportError::Refused(ProblemCode::TwoPhones)),
                Some(PairingEnd::Refused) => {
                    Err(TransportError::Refused(ProblemCode::PairingRefused))
                }
                None => Ok(found),
            }
        })?;
        if first.answered {
            return Err(PromiseError::CodeUsed);
        }
        let side = OldSide::new(first)?;
        let answer = side.answer();
        let opened = asking.wait_for(|asking| {
            let now = asking.answer(&id, &answer)?;
            Ok(side.is_opened(&now).then_some(now))
        })?;
        let refusal = side.refusal();
        side.compare(&opened, &pairing).map(NewDevice).map_err(|error| {
            // The other phone is not what it says: the code must not wait for its next try.
            let _ = asking.answer(&id, &refusal);
            error.into()
        })
    }

    /// Confirms a new phone. `shown` is what the person typed from its screen, in any form, or the text of its
    /// QR code. The new phone gets the recovery phrase, sealed to its own key, if it is on this one.
    ///
    /// Fails with [`PromiseError::DigitsDiffer`] if the new phone shows something else. Nothing is sent
    /// then: the person can type again, or say no. Otherwise it fails as [`Devices::wait_for_new`] does.
    pub fn confirm_new(
        &self,
        device: &NewDevice,
        shown: &str,
        cancel: &CancelHandle,
    ) -> Result<(), PromiseError> {
        self.phone().require_open()?;
        let NewDevice(compared) = device;
        if !compared.is_shown(shown) {
            return Err(PromiseError::DigitsDiffer);
        }
        let (pairing, _) = self.paired()?;
        let phrase = self.phone().transact(recovery::current)?;
        let phrase = phrase.and_then(|phrase| compared.seal(&phrase, &pairing));
        self.decide_on_new(compared.code(), &compared.confirmation(phrase), cancel)
    }

    /// Refuses a new phone: it is not the person's, or shows other digits. The code ends.
    pub fn refuse_new(
        &self,
        device: &NewDevice,
        cancel: &CancelHandle,
    ) -> Result<(), PromiseError> {
        self.phone().require_open()?;
        let NewDevice(compared) = device;
        self.decide_on_new(compared.code(), &compared.refusal(), cancel)
    }

    fn decide_on_new(
        &self,
        code: &str,
        answer: &PairingAnswer,
        cancel: &CancelHandle,
    ) -> Result<(), PromiseError> {
        let (pairing, token) = self.paired()?;
        let call = self.phone().network.begin(cancel);
        let transport = self.phone().network.connection(&pairing.server)?;
        let asking = Asking::new(self.phone(), &*transport, token, &call);
        asking.wait_for(|asking| asking.answer(code, answer).map(Some)).map(drop)
    }

    fn paired(&self) -> Result<(Pairing, String), PromiseError> {
        let pairing = self.phone().transact(|tx| tx.pairing())?.ok_or(PromiseError::NotPaired)?;
        let token = pairing.token().ok_or(PromiseError::Released)?.to_owned();
        Ok((pairing, token))
    }
}

/// What a phone needs to ask its server again and again.
struct Asking<'a> {
    phone: &'a PocketPhone,
    transport: &'a dyn Transport,
    token: String,
    call: &'a CancelHandle,
    /// Why this phone could not sign its answer.
    unsigned: RefCell<Option<PromiseError>>,
}

impl<'a> Asking<'a> {
    fn new(
        phone: &'a PocketPhone,
        transport: &'a dyn Transport,
        token: String,
        call: &'a CancelHandle,
    ) -> Self {
        Self { phone, transport, token, call, unsigned: RefCell::default() }
    }

    fn answer(&self, code: &str, answer: &PairingAnswer) -> Result<WaitingPhones, TransportError> {
        let act = PhoneAct::Answer { code, answer };
        let sent = self.phone.sign_and_send(&act, self.call, |signature| {
            let by = ActCredentials { token: &self.token, signature };
            self.transport.answer_pairing(&by, code, answer, self.call)
        });
        // It ends the waiting, which then fails with the reason.
        sent.unwrap_or_else(|error| {
            *self.unsigned.borrow_mut() = Some(error);
            Err(TransportError::Cancelled)
        })
    }

    /// Asks until there is an answer, or no code of a phone works any more. A phone that was taken off in the
    /// meantime does what its council ordered.
    fn wait_for<R>(
        &self,
        mut ask: impl FnMut(&Self) -> Result<Option<R>, TransportError>,
    ) -> Result<R, PromiseError> {
        let started = self.phone.clock.since_boot();
        let mut refused = None;
        let found = Polling::going_on(self.call).wait_for(|| {
            let waited = self.phone.clock.since_boot().saturating_sub(started);
            if waited > LONGEST_WAIT {
                return Err(TransportError::Refused(ProblemCode::CodeExpired));
            }
            ask(self).inspect_err(|error| refused = Some(error.clone()))
        });
        if let Some(error) = self.unsigned.take() {
            return Err(error);
        }
        match (found, refused) {
            (Err(PromiseError::Unpaired), Some(error)) => Err(self.phone.refused(error, self.call)),
            (found, _) => found,
        }
    }
}

/// Returns the part of a code that is no secret.
fn invitation_id(code: &str) -> Result<String, PromiseError> {
    let code: promise_protocol::PairingCode = code.parse().map_err(|_| PromiseError::CodeWrong)?;
    Ok(code.invitation_id().to_owned())
}
