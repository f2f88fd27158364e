//! `GET /v1/events`: nudges, as server-sent events.

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::State,
    http::HeaderMap,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::StreamExt;
use promise_protocol::Problem;
use promise_services::{PhoneScope, ServiceError, devices::authentication};
use tokio_stream::wrappers::WatchStream;

use super::{ApiError, App, bearer};

/// The time between two comments that keep the connection open: networks that translate addresses
/// drop a silent one after about half a minute.
const KEEP_ALIVE_INTERVAL: Duration = Duration::from_secs(20);

/// Receive nudges to sync
///
/// `event: nudge` tells the phone to sync. It has no content, and a phone that misses one loses
/// nothing. The stream ends when the phone is revoked.
#[utoipa::path(
    get,
    path = "/v1/events",
    security(("token" = [])),
    responses(
        (status = 200, description = "Nudges", content_type = "text/event-stream", body = String),
        (status = 401, description = "The token is unknown, or the phone was revoked", body = Problem,
            content_type = "application/problem+json"),
        (status = 503, description = "Try again in a moment", body = Problem,
            content_type = "application/problem+json"),
    )
)]
pub(super) async fn events(
    State(app): State<App>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let token = bearer::token(&headers)?;
    let nudges = app.nudges.subscribe(&scope(&app, token.clone()).await?);
    // The phone may have been revoked before it was subscribed, which ends no stream.
    scope(&app, token).await?;
    let nudges = WatchStream::from_changes(nudges);
    // Some clients drop an event that has no data.
    let events = nudges.map(|()| Ok::<_, Infallible>(Event::default().event("nudge").data("sync")));
    let events = events.take_until(app.stopping.clone().cancelled_owned());
    let kept_alive = Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE_INTERVAL));
    Ok(kept_alive.into_response())
}

async fn scope(app: &App, token: String) -> Result<PhoneScope, ServiceError> {
    app.database.read(move |tx| authentication::authenticate(tx, &token)).await
}
