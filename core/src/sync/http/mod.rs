//! The transport over HTTP. Only this folder names reqwest.

mod address;
mod calls;
mod decoding;
mod responses;
mod tls;

use std::{future::Future, time::Duration};

use promise_protocol::{PHONE_SIGNATURE, coding, pack::MAX_PACK_BYTES};
use reqwest::{
    Client, Method, RequestBuilder, Url,
    header::{ACCEPT_ENCODING, CONTENT_ENCODING},
    redirect,
};
use serde::de::DeserializeOwned;
use tokio::runtime::Runtime;

pub(crate) use self::address::parse_address;
use self::{
    decoding::decode,
    responses::{content_encoding, execute, read_body, read_message},
};
use super::transport::{ActCredentials, PackWanted, TransportError};
use crate::cancel::CancelHandle;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(15);
/// How long to wait for the next bytes. Long, for a phone with one bar of signal.
const READ_TIMEOUT: Duration = Duration::from_secs(45);

/// A connection to one server.
pub struct HttpTransport {
    server: Url,
    client: Client,
    /// A runtime of its own, so that callers need none. `None` only while dropped.
    runtime: Option<Runtime>,
}

impl HttpTransport {
    /// Creates a transport to the server at this address. Plain `http` is accepted for this machine
    /// only.
    pub fn new(server: &str) -> Result<Self, TransportError> {
        let server = parse_address(server)?.into_url();
        let client = Client::builder()
            .tls_backend_preconfigured(tls::config()?)
            .connect_timeout(CONNECT_TIMEOUT)
            .read_timeout(READ_TIMEOUT)
            // A redirect would send the token to another server.
            .redirect(redirect::Policy::none())
            .no_proxy()
            .build()
            .map_err(|_| TransportError::BadAddress)?;
        // A worker thread, so that idle connections are served between calls.
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .map_err(|_| TransportError::Unreachable)?;
        Ok(Self { server, client, runtime: Some(runtime) })
    }

    /// Runs one call until it ends or is cancelled.
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

    /// Sends a message and reads the response. The message is sent as `dcz` if that is smaller.
    async fn send_message<T: DeserializeOwned>(
        &self,
        request: RequestBuilder,
        json: Vec<u8>,
    ) -> Result<T, TransportError> {
        // No content type: a body without one is JSON, and each header costs on a small data plan.
        let request = request.header(ACCEPT_ENCODING, coding::DCZ);
        let request = match coding::encode_message(&json) {
            Some(coded) => request.header(CONTENT_ENCODING, coding::DCZ).body(coded),
            None => request.body(json),
        };
        read_message(execute(request).await?).await
    }

    /// Sends a request without a message, as the phone with this token.
    fn send_empty<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        token: &str,
        cancel: &CancelHandle,
    ) -> Result<T, TransportError> {
        self.run(cancel, async {
            let request = self.client.request(method, self.url(path)?).bearer_auth(token);
            read_message(execute(request).await?).await
        })
    }

    /// Posts an act without a message.
    fn send_empty_act<T: DeserializeOwned>(
        &self,
        path: &str,
        by: &ActCredentials<'_>,
        cancel: &CancelHandle,
    ) -> Result<T, TransportError> {
        self.run(cancel, async {
            let request = by.add_to(self.client.post(self.url(path)?));
            read_message(execute(request).await?).await
        })
    }

    /// Fetches a pack, as the difference to the held one if the server has that.
    async fn fetch_pack(&self, wanted: &PackWanted) -> Result<Vec<u8>, TransportError> {
        let mut request = self.client.get(self.url(&format!("v1/packs/{}", wanted.hash))?);
        let held = wanted.held.as_ref();
        let dictionary = held.and_then(|(hash, _)| coding::available_dictionary_of_pack(hash));
        request = match dictionary {
            Some(name) => request
                .header(ACCEPT_ENCODING, "dcz, br, zstd")
                .header("available-dictionary", name),
            None => request.header(ACCEPT_ENCODING, "br, zstd"),
        };
        let response = execute(request).await?;
        let encoding = content_encoding(&response);
        let body = read_body(response, MAX_PACK_BYTES).await?;
        decode(&encoding, body, held.map(|(_, bytes)| bytes.as_slice()))
    }
}

impl ActCredentials<'_> {
    /// Adds the headers to a request.
    fn add_to(&self, request: RequestBuilder) -> RequestBuilder {
        request.bearer_auth(self.token).header(PHONE_SIGNATURE, self.signature.to_string())
    }
}

impl Drop for HttpTransport {
    fn drop(&mut self) {
        // Dropping the runtime here would block, which an async caller must not.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
