//! `GET /v1/phones`, and `POST /v1/phones/{phone}/revoke`, `/confirm` and `/veto`: a phone lists and
//! revokes the phones of its person, and says yes or no to one that is limited.

use axum::{
    extract::{Path, Request, State, rejection::PathRejection},
    http::HeaderMap,
    response::Response,
};
use promise_database::Tx;
use promise_protocol::{PhoneAct, PhoneList, Problem, RevokeRequest};
use promise_services::{
    ServiceError,
    devices::{self, ProvenPhone, capability},
};

use super::{
    ApiError, App,
    bearer::{self, Credentials},
    body,
};

/// List the phones of the phone's own person
///
/// The oldest pairing comes first.
#[utoipa::path(
    get,
    path = "/v1/phones",
    security(("token" = [])),
    responses(
        (status = 200, description = "The phones", body = PhoneList),
        (status = 401, description = "The token is unknown, or the phone was revoked", body = Problem,
            content_type = "application/problem+json"),
        (status = 415, description = "Unsupported content type", body = Problem,
            content_type = "application/problem+json"),
        (status = 503, description = "Try again in a moment", body = Problem,
            content_type = "application/problem+json"),
    )
)]
pub(super) async fn list(State(app): State<App>, headers: HeaderMap) -> Result<Response, ApiError> {
    bearer::read(&app, &headers, devices::list_own).await
}

/// Revoke a phone of the phone's own person
///
/// A phone may revoke itself. A revoked phone receives nothing more, and its next request is answered
/// with a signed order, which depends on the reason: to wipe itself, or to keep what is on it. Revoking
/// it again changes nothing, unless it has to be wiped now.
#[utoipa::path(
    post,
    path = "/v1/phones/{phone}/revoke",
    params(
        ("phone" = String, Path, description = "The phone's id from the list"),
        ("phone-signature" = String, Header, description = "The phone's signature of this act: see PROTOCOL.md, section 3"),
    ),
    request_body = RevokeRequest,
    security(("token" = [])),
    responses(
        (status = 200, description = "The phones as they are now", body = PhoneList),
        (status = 400, description = "Malformed request, or another protocol version", body = Problem,
            content_type = "application/problem+json"),
        (status = 401, description = "The token is unknown, or the phone was revoked", body = Problem,
            content_type = "application/problem+json"),
        (status = 403, description = "The phone is limited, and revokes another one, or did not sign this", body = Problem,
            content_type = "application/problem+json"),
        (status = 404, description = "The person has no such phone", body = Problem,
            content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem,
            content_type = "application/problem+json"),
        (status = 415, description = "Unsupported content type or coding", body = Problem,
            content_type = "application/problem+json"),
        (status = 503, description = "Try again in a moment", body = Problem,
            content_type = "application/problem+json"),
    )
)]
pub(super) async fn revoke(
    State(app): State<App>,
    phone: Result<Path<String>, PathRejection>,
    request: Request,
) -> Result<Response, ApiError> {
    let credentials = Credentials::of(request.headers())?;
    let Path(phone) = phone.map_err(|_| ApiError::NotFound)?;
    let (request, format) = body::read::<RevokeRequest>(request).await?;
    let asked = (phone, request);
    let caller = credentials
        .prove(&app, &asked, |(phone, request)| PhoneAct::Revoke { phone, request })
        .await?;
    let (phone, request) = asked;
    let now = app.clock.now_millis();
    let phones =
        app.database.write(move |tx| devices::revoke_own(tx, &caller, &phone, &request, now));
    let phones = phones.await.map_err(|error: ServiceError| ApiError::from(error))?;
    Ok(body::write(&phones, format))
}

/// Say yes to a limited phone of the phone's own person
///
/// It may do everything from then on. The request has no body.
#[utoipa::path(
    post,
    path = "/v1/phones/{phone}/confirm",
    params(
        ("phone" = String, Path, description = "The phone's id from the list"),
        ("phone-signature" = String, Header, description = "The phone's signature of this act: see PROTOCOL.md, section 3"),
    ),
    security(("token" = [])),
    responses(
        (status = 200, description = "The phones as they are now", body = PhoneList),
        (status = 401, description = "The token is unknown, or the phone was revoked", body = Problem,
            content_type = "application/problem+json"),
        (status = 403, description = "The phone that sends this is limited itself, or did not sign this", body = Problem,
            content_type = "application/problem+json"),
        (status = 404, description = "The person has no such phone", body = Problem,
            content_type = "application/problem+json"),
        (status = 415, description = "Unsupported content type", body = Problem,
            content_type = "application/problem+json"),
        (status = 503, description = "Try again in a moment", body = Problem,
            content_type = "application/problem+json"),
    )
)]
pub(super) async fn confirm(
    State(app): State<App>,
    phone: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    decide(&app, phone, &headers, |phone| PhoneAct::Confirm { phone }, capability::confirm_own)
        .await
}

/// Say no to a limited phone of the phone's own person
///
/// It is revoked, and wipes itself. The request has no body.
#[utoipa::path(
    post,
    path = "/v1/phones/{phone}/veto",
    params(
        ("phone" = String, Path, description = "The phone's id from the list"),
        ("phone-signature" = String, Header, description = "The phone's signature of this act: see PROTOCOL.md, section 3"),
    ),
    security(("token" = [])),
    responses(
        (status = 200, description = "The phones as they are now", body = PhoneList),
        (status = 401, description = "The token is unknown, or the phone was revoked", body = Problem,
            content_type = "application/problem+json"),
        (status = 403, description = "The phone that sends this is limited itself, or did not sign this", body = Problem,
            content_type = "application/problem+json"),
        (status = 404, description = "The person has no such phone", body = Problem,
            content_type = "application/problem+json"),
        (status = 415, description = "Unsupported content type", body = Problem,
            content_type = "application/problem+json"),
        (status = 503, description = "Try again in a moment", body = Problem,
            content_type = "application/problem+json"),
    )
)]
pub(super) async fn veto(
    State(app): State<App>,
    phone: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    decide(&app, phone, &headers, |phone| PhoneAct::Veto { phone }, capability::veto_own).await
}

/// What a phone can decide on a limited one.
type Decision = fn(&mut dyn Tx, &ProvenPhone, &str, i64) -> Result<PhoneList, ServiceError>;

/// Decides on a phone for the phone that sent the request, and returns their person's phones.
async fn decide(
    app: &App,
    phone: Result<Path<String>, PathRejection>,
    headers: &HeaderMap,
    act: fn(&String) -> PhoneAct<'_>,
    decision: Decision,
) -> Result<Response, ApiError> {
    let credentials = Credentials::of(headers)?;
    let Path(phone) = phone.map_err(|_| ApiError::NotFound)?;
    let format = body::ResponseFormat::of(headers)?;
    let caller = credentials.prove(app, &phone, act).await?;
    let now = app.clock.now_millis();
    let phones = app.database.write(move |tx| decision(tx, &caller, &phone, now));
    let phones = phones.await.map_err(|error: ServiceError| ApiError::from(error))?;
    Ok(body::write(&phones, format))
}
