//! What the console keeps in memory, and the rate limit of all its routes.

use std::{sync::Arc, time::Instant};

use axum::{extract, middleware::Next, response::Response};
use tokio::sync::Semaphore;

use crate::{
    App, RateLimit,
    kit::{caller, delays::TryDelays, feature::Feature, page::response},
};

/// How many passwords are hashed at the same time. Each takes 19 MiB and a processor.
const MAX_CONCURRENT_HASHES: usize = 2;

/// What the console keeps in memory. Cheap to clone.
#[derive(Clone)]
pub struct State {
    /// Requests by address. All staff of an office may share one address.
    pub(crate) requests: Arc<RateLimit>,
    /// Password and code tries by address.
    pub(crate) tries: Arc<RateLimit>,
    /// Delays after wrong passwords and codes.
    pub(crate) delays: Arc<TryDelays>,
    /// Permits to hash a password.
    pub(crate) hashing: Arc<Semaphore>,
    /// The features whose entries the navigation shows.
    pub(crate) features: &'static [Feature],
    /// Permit to prepare a picture for phones: one at a time.
    pub(crate) preparing: Arc<Semaphore>,
}

impl Default for State {
    fn default() -> Self {
        Self {
            requests: Arc::new(RateLimit::new(600.0, 20.0)),
            tries: Arc::new(RateLimit::new(60.0, 1.0)),
            delays: Arc::default(),
            hashing: Arc::new(Semaphore::new(MAX_CONCURRENT_HASHES)),
            features: &[],
            preparing: Arc::new(Semaphore::new(1)),
        }
    }
}

/// Refuses requests from an address that sends too many.
pub(crate) async fn limit(
    extract::State(app): extract::State<App>,
    request: extract::Request,
    next: Next,
) -> Response {
    let address = caller::address(&request, app.behind_proxy);
    if app.state.requests.allows(address, Instant::now()) {
        next.run(request).await
    } else {
        response::too_many_requests()
    }
}
