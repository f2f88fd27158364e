//! HTTP. Only this folder names reqwest.

mod address;
mod decoding;
mod tls;

use std::{future::Future, time::Duration};

use futures_util::future::join_all;
use promise_protocol::{
    Author, EraseRequest, Invited, MAX_RESPONSE_BYTES, PairRequest, PairResponse, PhoneList,
    Problem, ProblemCode, SyncRequest, SyncResponse, coding,
    pack::{MAX_PACK_BYTES, is_hash},
};
use reqwest::{
    Client, Method, RequestBuilder, Response, StatusCode, Url,
    header::{ACCEPT_ENCODING, CONTENT_ENCODING},
    redirect,
};
use serde::de::DeserializeOwned;
use tokio::runtime::Runtime;

use self::{address::address, decoding::decode};
use super::transport::{PackWanted, Transport, TransportError};
use crate::cancel::CancelHandle;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(15);
/// How long to wait for the next bytes: long, for a phone with one bar of signal.
const READ_TIMEOUT: Duration = Duration::from_secs(45);

/// A connection to one server.
pub struct HttpTransport {
    server: Url,
    client: Client,
    /// Taken only when dropped. A runtime of its own: nobody who calls needs to know of one.
    runtime: Option<Runtime>,
}

impl HttpTransport {
    /// For the server at this address. Plain `http` is refused except to this machine itself.
    pub fn new(server: &str) -> Result<Self, TransportError> {
        let server = address(server)?;
        let client = Client::builder()
            .tls_backend_preconfigured(tls::config()?)
            .connect_timeout(CONNECT_TIMEOUT)
            .read_timeout(READ_TIMEOUT)
            // A redirect would take the token somewhere else.
            .redirect(redirect::Policy::none())
            .no_proxy()
            .build()
            .map_err(|_| TransportError::BadAddress)?;
        // One worker, so that idle connections are looked after between calls.
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .map_err(|_| TransportError::Unreachable)?;
        Ok(Self { server, client, runtime: Some(runtime) })
    }

    /// Runs one call to its end, or until it is cancelled.
    fn run<T>(
        &self,
        cancel: &CancelHandle,
        call: impl Future<Output = Result<T, TransportError>>,
    ) -> Result<T, TransportError> {
        let runtime = self.runtime.as_ref().ok_or(TransportError::Cancelled)?;
        runtime.block_on(async {
            tokio::select! {
                // In this order: a call that is cancelled already sends nothing.
                biased;
                () = cancel.cancelled() => Err(TransportError::Cancelled),
                result = call => result,
            }
        })
    }

    fn url(&self, path: &str) -> Result<Url, TransportError> {
        self.server.join(path).map_err(|_| TransportError::BadAddress)
    }

    /// Sends a message and reads the answer: as `dcz` where that is smaller, plain where not.
    async fn message<T: DeserializeOwned>(
        &self,
        request: RequestBuilder,
        json: Vec<u8>,
    ) -> Result<T, TransportError> {
        // No content type: a body without one is JSON, and every header costs on a small plan.
        let request = request.header(ACCEPT_ENCODING, coding::DCZ);
        let request = match coding::encode_message(&json) {
            Some(coded) => request.header(CONTENT_ENCODING, coding::DCZ).body(coded),
            None => request.body(json),
        };
        answer(succeeded(request.send().await.map_err(failure)?).await?).await
    }

    /// Asks something that needs no message, in the name of the phone with this token.
    fn ask<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        token: &str,
        cancel: &CancelHandle,
    ) -> Result<T, TransportError> {
        self.run(cancel, async {
            let request = self.client.request(method, self.url(path)?).bearer_auth(token);
            answer(succeeded(request.send().await.map_err(failure)?).await?).await
        })
    }

    async fn pack(&self, wanted: &PackWanted) -> Result<Vec<u8>, TransportError> {
        let url = self.url(&format!("v1/packs/{}", wanted.hash))?;
        let mut request = self.client.get(url);
        let held = wanted.held.as_ref();
        let dictionary = held.and_then(|(hash, _)| coding::available_dictionary_of_pack(hash));
        request = match dictionary {
            Some(name) => request
                .header(ACCEPT_ENCODING, "dcz, br, zstd")
                .header("available-dictionary", name),
            None => request.header(ACCEPT_ENCODING, "br, zstd"),
        };
        let response = succeeded(request.send().await.map_err(failure)?).await?;
        let encoding = content_encoding(&response);
        let body = read(response, MAX_PACK_BYTES).await?;
        decode(&encoding, body, held.map(|(_, bytes)| bytes.as_slice()))
    }
}

impl Transport for HttpTransport {
    fn pair(
        &self,
        request: &PairRequest,
        cancel: &CancelHandle,
    ) -> Result<PairResponse, TransportError> {
        let json = serde_json::to_vec(request).map_err(|_| TransportError::NotUnderstood)?;
        self.run(cancel, async { self.message(self.client.post(self.url("v1/pair")?), json).await })
    }

    fn sync(
        &self,
        token: &str,
        request: &SyncRequest,
        cancel: &CancelHandle,
    ) -> Result<SyncResponse, TransportError> {
        let json = serde_json::to_vec(request).map_err(|_| TransportError::NotUnderstood)?;
        self.run(cancel, async {
            let request = self.client.post(self.url("v1/sync")?).bearer_auth(token);
            self.message(request, json).await
        })
    }

    fn packs(
        &self,
        wanted: &[PackWanted],
        cancel: &CancelHandle,
    ) -> Vec<Result<Vec<u8>, TransportError>> {
        let fetched = self
            .run(cancel, async { Ok(join_all(wanted.iter().map(|pack| self.pack(pack))).await) });
        fetched.unwrap_or_else(|error| wanted.iter().map(|_| Err(error)).collect())
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
            // No encoding: a picture is as small as it gets.
            let request = self.client.get(self.url(&format!("v1/pictures/{hash}"))?);
            let response = succeeded(request.send().await.map_err(failure)?).await?;
            read(response, bytes as usize).await
        })
    }

    fn invite(&self, token: &str, cancel: &CancelHandle) -> Result<Invited, TransportError> {
        self.ask(Method::POST, "v1/invitations", token, cancel)
    }

    fn phones(&self, token: &str, cancel: &CancelHandle) -> Result<PhoneList, TransportError> {
        self.ask(Method::GET, "v1/phones", token, cancel)
    }

    fn revoke(
        &self,
        token: &str,
        phone: &str,
        cancel: &CancelHandle,
    ) -> Result<PhoneList, TransportError> {
        // An id is what the server gave; anything else must not become another path.
        let phone: Author =
            phone.parse().map_err(|_| TransportError::Refused(ProblemCode::NotFound))?;
        self.ask(Method::POST, &format!("v1/phones/{phone}/revoke"), token, cancel)
    }

    fn erase(
        &self,
        token: &str,
        request: &EraseRequest,
        cancel: &CancelHandle,
    ) -> Result<(), TransportError> {
        let json = serde_json::to_vec(request).map_err(|_| TransportError::NotUnderstood)?;
        self.run(cancel, async {
            let request = self.client.post(self.url("v1/erase")?).bearer_auth(token).body(json);
            succeeded(request.send().await.map_err(failure)?).await.map(drop)
        })
    }
}

impl Drop for HttpTransport {
    fn drop(&mut self) {
        // Waiting for the runtime here would block, which an async caller must not.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// Reads an answer's message.
async fn answer<T: DeserializeOwned>(response: Response) -> Result<T, TransportError> {
    let is_coded = content_encoding(&response) == coding::DCZ;
    let mut body = read(response, MAX_RESPONSE_BYTES).await?;
    if is_coded {
        body = coding::decode_message(&body, MAX_RESPONSE_BYTES)
            .map_err(|_| TransportError::NotUnderstood)?;
    }
    serde_json::from_slice(&body).map_err(|_| TransportError::NotUnderstood)
}

/// The response, if it is a success; the server's own reason if not.
async fn succeeded(response: Response) -> Result<Response, TransportError> {
    let status = response.status();
    if status.is_success() {
        return Ok(response);
    }
    let body = read(response, 64 << 10).await?;
    let problem = serde_json::from_slice::<Problem>(&body);
    Err(TransportError::Refused(match problem {
        Ok(problem) => problem.code,
        Err(_) if status == StatusCode::TOO_MANY_REQUESTS => ProblemCode::TooMany,
        Err(_) if status.is_server_error() => ProblemCode::Busy,
        // Not our server: a wifi's sign-in page, say.
        Err(_) => return Err(TransportError::NotUnderstood),
    }))
}

/// Reads a body of at most `most` bytes.
async fn read(mut response: Response, most: usize) -> Result<Vec<u8>, TransportError> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|_| TransportError::Broken)? {
        if body.len() + chunk.len() > most {
            return Err(TransportError::NotUnderstood);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn content_encoding(response: &Response) -> String {
    let value = response.headers().get(CONTENT_ENCODING).and_then(|value| value.to_str().ok());
    value.unwrap_or_default().to_ascii_lowercase()
}

#[expect(clippy::needless_pass_by_value, reason = "the signature map_err calls")]
fn failure(error: reqwest::Error) -> TransportError {
    if error.is_connect() { TransportError::Unreachable } else { TransportError::Broken }
}
