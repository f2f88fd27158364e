//! The console: the pages that staff use in a browser. They work without JavaScript.
//!
//! A feature is a folder of `features` with its routes and navigation entries, a file of texts in
//! `words/en`, and a folder of `templates`. Its handlers read a form, call one service in one
//! transaction with the caller's scope, and render a page. What features share is in `kit`.

mod features;
mod kit;

use axum::{Router, middleware, routing};

use features::{
    account, address_book, allocations, cards, directory, emergencies, handover, home, log,
    notices, opportunities, people, promise, sign_in, staff, team, unassigned,
};
use kit::{
    feature::{Feature, Route},
    page::response,
    state,
};

pub use kit::{
    app::App,
    caller,
    page::headers::secure,
    rate::{RateLimit, network},
    state::State,
};

/// Every feature, in the order of the navigation.
static FEATURES: [Feature; 17] = [
    people::FEATURE,
    team::FEATURE,
    unassigned::FEATURE,
    allocations::FEATURE,
    cards::FEATURE,
    address_book::FEATURE,
    handover::FEATURE,
    promise::FEATURE,
    opportunities::FEATURE,
    directory::FEATURE,
    staff::FEATURE,
    log::FEATURE,
    account::FEATURE,
    notices::FEATURE,
    emergencies::FEATURE,
    sign_in::FEATURE,
    home::FEATURE,
];

fn routes() -> impl Iterator<Item = Route> {
    FEATURES.iter().flat_map(|feature| (feature.routes)())
}

/// Returns the method and path of every route. Tests check the authorization of each.
pub fn route_list() -> Vec<(&'static str, &'static str)> {
    routes().map(|route| (route.method, route.path)).collect()
}

/// Returns the console's router.
pub fn router(mut app: App) -> Router {
    app.state.features = &FEATURES;
    routes()
        .fold(Router::new(), |router, route| router.route(route.path, route.handler))
        .route("/console/{*other}", routing::get(response::not_found))
        .layer(middleware::from_fn_with_state(app.clone(), state::limit))
        .with_state(app)
}
