//! The bearer token of a phone's request, reading for the phone that has it, and what the phone signed.

use axum::{
    http::{HeaderMap, header},
    response::Response,
};
use promise_database::Tx;
use promise_protocol::{ActSignature, PHONE_SIGNATURE, PhoneAct};
use promise_services::{
    PhoneScope, ServiceError,
    devices::{self, ProvenPhone, authentication},
};
use serde::Serialize;

use super::{ApiError, App, body};

/// Reads something for the phone that sent the request, and writes it as the response.
pub(super) async fn read<R: Serialize + Send + 'static>(
    app: &App,
    headers: &HeaderMap,
    work: impl FnOnce(&mut dyn Tx, &PhoneScope) -> Result<R, ServiceError> + Clone + Send + 'static,
) -> Result<Response, ApiError> {
    let token = token(headers)?;
    let format = body::ResponseFormat::of(headers)?;
    let found = app.database.read(move |tx| {
        let scope = authentication::authenticate(tx, &token)?;
        work(tx, &scope)
    });
    Ok(body::write(&found.await?, format))
}

/// Returns the request's bearer token, or [`ServiceError::NotPaired`] if it has none.
pub(super) fn token(headers: &HeaderMap) -> Result<String, ServiceError> {
    let value = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let (scheme, token) =
        value.and_then(|text| text.split_once(' ')).ok_or(ServiceError::NotPaired)?;
    let is_bearer = scheme.eq_ignore_ascii_case("bearer");
    is_bearer.then(|| token.trim().to_owned()).ok_or(ServiceError::NotPaired)
}

/// The token of a request, and the phone's signature of what it asks for, if there is one.
#[derive(Clone)]
pub(super) struct Credentials {
    token: String,
    signature: Option<ActSignature>,
}

impl Credentials {
    /// Returns the credentials in the headers, or [`ServiceError::NotPaired`] without a token. A signature that
    /// cannot be read is none.
    pub(super) fn of(headers: &HeaderMap) -> Result<Self, ServiceError> {
        let signature = headers.get(PHONE_SIGNATURE).and_then(|value| value.to_str().ok());
        let signature = signature.and_then(|text| text.parse().ok());
        Ok(Self { token: token(headers)?, signature })
    }

    /// Checks that the phone with this token signed what it asks for. `act` makes that of the parts of the request.
    ///
    /// That is a transaction of its own, before the act: the signature is used up although the act may be
    /// refused. Someone who has recorded it could otherwise send it again when it would not be.
    pub(super) async fn prove<T: Clone + Send + 'static>(
        self,
        app: &App,
        asked: &T,
        act: fn(&T) -> PhoneAct<'_>,
    ) -> Result<ProvenPhone, ServiceError> {
        let asked = asked.clone();
        let proven = app.database.write(move |tx| {
            let scope = authentication::authenticate(tx, &self.token)?;
            devices::prove(tx, scope, &act(&asked), self.signature.as_ref())
        });
        proven.await
    }
}
