//! What the console keeps in memory: how often somebody tries, and how many passwords are hashed at
//! a time.

use std::{sync::Arc, time::Instant};

use axum::{
    extract::{Request, State as Given},
    middleware::Next,
    response::Response,
};
use tokio::sync::Semaphore;

use crate::{
    App, RateLimit,
    kit::{caller, delays::Delays, feature::Feature, page::response},
};

/// Passwords hashed at a time: each takes 19 MiB and a processor.
const HASHED_AT_A_TIME: usize = 2;

/// What the console keeps in memory. Cheap to clone.
#[derive(Clone)]
pub struct State {
    /// Requests by address. An office is one address.
    pub(crate) requests: Arc<RateLimit>,
    /// Passwords and codes tried by address.
    pub(crate) tries: Arc<RateLimit>,
    pub(crate) delays: Arc<Delays>,
    pub(crate) hashing: Arc<Semaphore>,
    /// The features whose navigation pages show.
    pub(crate) features: &'static [Feature],
    /// Pictures and sheets that are read, one at a time: each takes a lot of memory.
    pub(crate) preparing: Arc<Semaphore>,
}

impl Default for State {
    fn default() -> Self {
        Self {
            requests: Arc::new(RateLimit::new(600.0, 20.0)),
            tries: Arc::new(RateLimit::new(60.0, 1.0)),
            delays: Arc::default(),
            hashing: Arc::new(Semaphore::new(HASHED_AT_A_TIME)),
            features: &[],
            preparing: Arc::new(Semaphore::new(1)),
        }
    }
}

/// Refuses whoever asks too often.
pub(crate) async fn limit(Given(app): Given<App>, request: Request, next: Next) -> Response {
    let address = caller::address(&request, app.behind_proxy);
    if app.state.requests.allows(address, Instant::now()) {
        next.run(request).await
    } else {
        response::too_many()
    }
}
