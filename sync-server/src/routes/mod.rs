//! What the server says over HTTP. Every route is on this screen, one file for each.
//!
//! A route reads the request, runs one service in one transaction, and writes the answer. It
//! decides nothing.

mod app;
mod body;
pub(crate) mod caller;
mod erase;
mod events;
mod headers;
mod health;
mod invite;
mod log;
mod nudges;
mod openapi;
pub(crate) mod packs;
mod pair;
mod phones;
mod pictures;
mod problem;
mod rate;
mod sync;

use axum::{Router, middleware};
use utoipa::OpenApi;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::console;

pub use app::App;
pub use nudges::Nudges;
pub use problem::ApiError;
pub(crate) use rate::{RateLimit, network};

/// The server's routes.
pub fn router(app: App) -> Router {
    let (router, _) = documented().split_for_parts();
    let (is_https, console) = (app.is_https, console::router(&app));
    router
        .merge(console)
        .fallback(|| async { ApiError::NotFound })
        .method_not_allowed_fallback(|| async { ApiError::WrongMethod })
        .layer(middleware::map_response(move |response| async move {
            headers::secure(response, is_https)
        }))
        .layer(middleware::from_fn(log::log))
        .with_state(app)
}

/// The routes with their description, which `/openapi.json` serves.
fn documented() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(openapi::Document::openapi())
        .routes(routes!(pair::pair))
        .routes(routes!(sync::sync))
        .routes(routes!(events::events))
        .routes(routes!(invite::invite))
        .routes(routes!(phones::list))
        .routes(routes!(phones::revoke))
        .routes(routes!(erase::erase))
        .routes(routes!(packs::pack))
        .routes(routes!(pictures::picture))
        .routes(routes!(health::alive))
        .routes(routes!(health::ready))
        .routes(routes!(openapi::document))
}
