//! The phones' routes. All of them are listed below, one file for each.
//!
//! A route reads the request, runs one service in one transaction, and writes the response. It
//! decides nothing.

mod app;
mod bearer;
mod body;
mod council_keys;
mod erase;
mod error;
mod events;
mod headers;
mod health;
mod invite;
mod log;
mod nudges;
mod openapi;
mod packs;
mod pair;
mod pairings;
mod phones;
mod pictures;
mod problem;
mod sync;

use axum::{Router, middleware};
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

pub use app::App;
pub use error::ApiError;

/// Returns the server's routes: the phones' and the console's.
pub fn router(app: App, console: Router, is_https: bool) -> Router {
    let (router, _) = documented().split_for_parts();
    router
        .with_state(app)
        .merge(console)
        .fallback(|| async { ApiError::NotFound })
        .method_not_allowed_fallback(|| async { ApiError::MethodNotAllowed })
        .layer(middleware::map_response(move |response| async move {
            headers::secure(response, is_https)
        }))
        .layer(middleware::from_fn(log::log))
}

/// Returns the phones' routes with their description, which `/openapi.json` serves.
fn documented() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(openapi::Document::openapi())
        .routes(routes!(pair::pair))
        .routes(routes!(sync::sync))
        .routes(routes!(council_keys::list))
        .routes(routes!(events::events))
        .routes(routes!(invite::invite))
        .routes(routes!(pairings::list))
        .routes(routes!(pairings::answer))
        .routes(routes!(phones::list))
        .routes(routes!(phones::revoke))
        .routes(routes!(phones::confirm))
        .routes(routes!(phones::veto))
        .routes(routes!(erase::erase))
        .routes(routes!(packs::pack))
        .routes(routes!(pictures::picture))
        .routes(routes!(health::alive))
        .routes(routes!(health::ready))
        .routes(routes!(openapi::document))
}
