//! The calls of [`Transport`], by their paths.

use futures_util::future::join_all;
use promise_protocol::{
    Author, EraseRequest, Invited, PairRequest, PhoneList, ProblemCode, RevokeRequest, SyncRequest,
    SyncResponse,
    pack::is_hash,
    pairing::{PairProgress, PairingAnswer, WaitingPhones},
    statement::CouncilKeyList,
};
use reqwest::Method;
use serde::Serialize;

use super::{
    HttpTransport,
    responses::{execute, read_body},
};
use crate::{
    cancel::CancelHandle,
    sync::{ActCredentials, PackWanted, Transport, TransportError},
};

impl Transport for HttpTransport {
    fn pair(
        &self,
        request: &PairRequest,
        cancel: &CancelHandle,
    ) -> Result<PairProgress, TransportError> {
        let json = to_json(request)?;
        self.run(cancel, async {
            self.send_message(self.client.post(self.url("v1/pair")?), json).await
        })
    }

    fn sync(
        &self,
        token: &str,
        request: &SyncRequest,
        cancel: &CancelHandle,
    ) -> Result<SyncResponse, TransportError> {
        let json = to_json(request)?;
        self.run(cancel, async {
            let request = self.client.post(self.url("v1/sync")?).bearer_auth(token);
            self.send_message(request, json).await
        })
    }

    fn packs(
        &self,
        wanted: &[PackWanted],
        cancel: &CancelHandle,
    ) -> Vec<Result<Vec<u8>, TransportError>> {
        let fetched = self.run(cancel, async {
            Ok(join_all(wanted.iter().map(|pack| self.fetch_pack(pack))).await)
        });
        fetched.unwrap_or_else(|error| wanted.iter().map(|_| Err(error.clone())).collect())
    }

    fn picture(
        &self,
        hash: &str,
        bytes: u32,
        cancel: &CancelHandle,
    ) -> Result<Vec<u8>, TransportError> {
        if !is_hash(hash) {
            return Err(TransportError::Refused(ProblemCode::NotFound));
        }
        self.run(cancel, async {
            // No content coding: a picture does not compress further.
            let request = self.client.get(self.url(&format!("v1/pictures/{hash}"))?);
            read_body(execute(request).await?, bytes as usize).await
        })
    }

    fn council_keys(
        &self,
        token: &str,
        cancel: &CancelHandle,
    ) -> Result<CouncilKeyList, TransportError> {
        self.send_empty(Method::GET, "v1/council-keys", token, cancel)
    }

    fn invite(
        &self,
        by: &ActCredentials<'_>,
        cancel: &CancelHandle,
    ) -> Result<Invited, TransportError> {
        self.send_empty_act("v1/invitations", by, cancel)
    }

    fn waiting_phones(
        &self,
        token: &str,
        cancel: &CancelHandle,
    ) -> Result<WaitingPhones, TransportError> {
        self.send_empty(Method::GET, "v1/pairings", token, cancel)
    }

    fn answer_pairing(
        &self,
        by: &ActCredentials<'_>,
        code: &str,
        answer: &PairingAnswer,
        cancel: &CancelHandle,
    ) -> Result<WaitingPhones, TransportError> {
        let json = to_json(answer)?;
        let path = pairing_path(code)?;
        self.run(cancel, async {
            self.send_message(by.add_to(self.client.post(self.url(&path)?)), json).await
        })
    }

    fn phones(&self, token: &str, cancel: &CancelHandle) -> Result<PhoneList, TransportError> {
        self.send_empty(Method::GET, "v1/phones", token, cancel)
    }

    fn revoke(
        &self,
        by: &ActCredentials<'_>,
        phone: &str,
        request: &RevokeRequest,
        cancel: &CancelHandle,
    ) -> Result<PhoneList, TransportError> {
        let json = to_json(request)?;
        let path = phone_path(phone, "revoke")?;
        self.run(cancel, async {
            self.send_message(by.add_to(self.client.post(self.url(&path)?)), json).await
        })
    }

    fn confirm(
        &self,
        by: &ActCredentials<'_>,
        phone: &str,
        cancel: &CancelHandle,
    ) -> Result<PhoneList, TransportError> {
        self.send_empty_act(&phone_path(phone, "confirm")?, by, cancel)
    }

    fn veto(
        &self,
        by: &ActCredentials<'_>,
        phone: &str,
        cancel: &CancelHandle,
    ) -> Result<PhoneList, TransportError> {
        self.send_empty_act(&phone_path(phone, "veto")?, by, cancel)
    }

    fn erase(
        &self,
        by: &ActCredentials<'_>,
        request: &EraseRequest,
        cancel: &CancelHandle,
    ) -> Result<(), TransportError> {
        let json = to_json(request)?;
        self.run(cancel, async {
            let request = by.add_to(self.client.post(self.url("v1/erase")?)).body(json);
            execute(request).await.map(drop)
        })
    }
}

/// The path of an act on one phone. The server gave the id: what is not an id must not become another path.
fn phone_path(phone: &str, act: &str) -> Result<String, TransportError> {
    let phone: Author =
        phone.parse().map_err(|_| TransportError::Refused(ProblemCode::NotFound))?;
    Ok(format!("v1/phones/{phone}/{act}"))
}

/// The path of an answer to a phone that waits. Only the letters and digits of a code's id go into it.
fn pairing_path(code: &str) -> Result<String, TransportError> {
    let is_id = !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !is_id {
        return Err(TransportError::Refused(ProblemCode::NotFound));
    }
    Ok(format!("v1/pairings/{code}"))
}

fn to_json(message: &impl Serialize) -> Result<Vec<u8>, TransportError> {
    serde_json::to_vec(message).map_err(|_| TransportError::NotUnderstood)
}
