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
use tokio_stream::wrappers::WatchStream;

use super::{ApiError, App, caller};
use promise_services::{PhoneScope, ServiceError, devices::authentication};

/// Networks that translate addresses forget a silent connection after about half a minute.
const KEEP_ALIVE: Duration = Duration::from_secs(20);

/// Be nudged to sync
///
/// `event: nudge` means: sync. It carries no content, and nothing depends on it. The stream ends when
/// the phone is taken off.
#[utoipa::path(
    get,
    path = "/v1/events",
    security(("token" = [])),
    responses(
        (status = 200, description = "Nudges", content_type = "text/event-stream", body = String),
        (status = 401, description = "The token is unknown, or the phone was taken off", body = Problem,
            content_type = "application/problem+json"),
        (status = 503, description = "Try again in a moment", body = Problem,
            content_type = "application/problem+json"),
    )
)]
pub(super) async fn events(
    State(app): State<App>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let token = caller::token(&headers)?;
    let nudges = app.nudges.of(&scope(&app, token.clone()).await?);
    // A phone that was taken off before it listened would listen for ever.
    scope(&app, token).await?;
    let nudges = WatchStream::from_changes(nudges);
    // Some readers of events drop one that has no data.
    let events = nudges.map(|()| Ok::<_, Infallible>(Event::default().event("nudge").data("sync")));
    let events = events.take_until(app.stopping.clone().cancelled_owned());
    let kept_alive = Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE));
    Ok(kept_alive.into_response())
}

async fn scope(app: &App, token: String) -> Result<PhoneScope, ServiceError> {
    app.database.read(move |tx| authentication::authenticate(tx, &token)).await
}
