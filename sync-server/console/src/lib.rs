//! The console: what advisers use in a browser. HTML from this binary, whole without JavaScript.
//!
//! A handler reads the request, runs one service in one transaction with the reader's scope, and
//! renders a page. What is said stands in `words/en.ftl`, how it looks in `templates` and `assets`.

mod features;
mod kit;

use axum::{
    Router, middleware,
    routing::{MethodRouter, get, post},
};

use features::{
    account, cards, directory, handover, home, log, opportunities, people, promise, sign_in, staff,
    team, unassigned,
};
use kit::{
    page::{assets, response},
    state,
};

pub use kit::{
    app::App,
    caller,
    page::headers::secure,
    rate::{RateLimit, network},
    state::State,
};

/// One route: its method, its path and what answers.
type Route = (&'static str, &'static str, MethodRouter<App>);

/// Every route of the console. There is no other list.
fn routes() -> Vec<Route> {
    [
        sign_in_routes(),
        people_routes(),
        card_routes(),
        managing_routes(),
        staff_routes(),
        other_routes(),
        promise::routes(),
        opportunities::routes(),
        directory::routes(),
    ]
    .concat()
}

fn sign_in_routes() -> Vec<Route> {
    vec![
        ("GET", "/console/sign-in", get(sign_in::password::show)),
        ("POST", "/console/sign-in", post(sign_in::password::send)),
        ("GET", "/console/sign-in/code", get(sign_in::code::show)),
        ("POST", "/console/sign-in/code", post(sign_in::code::send)),
        ("GET", "/console/sign-in/authenticator", get(sign_in::enrol::show)),
        ("POST", "/console/sign-in/authenticator", post(sign_in::enrol::send)),
        ("GET", "/console/welcome/{token}", get(sign_in::welcome::show)),
        ("POST", "/console/welcome/{token}", post(sign_in::welcome::send)),
        ("GET", "/console/again", get(sign_in::again::show)),
        ("POST", "/console/again", post(sign_in::again::send)),
        ("POST", "/console/sign-out", post(sign_in::out)),
        ("GET", "/console/account", get(account::show)),
        ("POST", "/console/account/codes", post(account::codes)),
    ]
}

fn people_routes() -> Vec<Route> {
    vec![
        ("GET", "/console/people", get(people::list::show)),
        ("GET", "/console/people/{person}", get(people::person::show)),
        ("GET", "/console/people/{person}/invite", get(people::invite::show)),
        ("POST", "/console/people/{person}/invite", post(people::invite::send)),
        ("GET", "/console/people/{person}/phones/{phone}/unpair", get(people::unpair::show)),
        ("POST", "/console/people/{person}/phones/{phone}/unpair", post(people::unpair::send)),
        ("GET", "/console/people/{person}/asks/{ask}", get(people::ask::show)),
        ("POST", "/console/people/{person}/asks/{ask}", post(people::ask::send)),
        ("GET", "/console/people/{person}/appointments/new", get(people::appointment::new)),
        ("POST", "/console/people/{person}/appointments/new", post(people::appointment::add)),
        ("GET", "/console/people/{person}/appointments/{id}", get(people::appointment::show)),
        ("POST", "/console/people/{person}/appointments/{id}", post(people::appointment::send)),
        (
            "POST",
            "/console/people/{person}/appointments/{id}/cancel",
            post(people::appointment::cancel),
        ),
        ("POST", "/console/people/{person}/keep/{staff}", post(handover::undo)),
    ]
}

fn card_routes() -> Vec<Route> {
    vec![
        ("GET", "/console/cards", get(cards::list)),
        ("GET", "/console/cards/{staff}", get(cards::edit::show)),
        ("POST", "/console/cards/{staff}", post(cards::edit::send)),
        ("GET", "/console/cards/{staff}/leave", get(cards::leave::show)),
        ("POST", "/console/cards/{staff}/leave", post(cards::leave::send)),
        ("GET", "/console/cards/{staff}/phones", get(cards::delivery_status::show)),
        ("GET", "/console/cards/{staff}/phones/list", get(cards::delivery_status::part)),
        ("GET", "/console/hand-over", get(handover::show)),
        ("POST", "/console/hand-over", post(handover::check)),
        ("POST", "/console/hand-over/confirm", post(handover::confirm)),
    ]
}

fn managing_routes() -> Vec<Route> {
    vec![
        ("GET", "/console/team", get(team::show)),
        ("GET", "/console/unassigned", get(unassigned::show)),
        ("POST", "/console/unassigned", post(unassigned::check)),
        ("POST", "/console/unassigned/confirm", post(unassigned::confirm)),
        ("GET", "/console/people/new", get(people::new::show)),
        ("POST", "/console/people/new", post(people::new::send)),
        ("GET", "/console/people/{person}/adviser", get(people::new::show_adviser)),
        ("POST", "/console/people/{person}/adviser", post(people::new::send_adviser)),
        ("GET", "/console/people/{person}/export", get(people::subject_access::show)),
        ("POST", "/console/people/{person}/export", post(people::subject_access::send)),
        ("GET", "/console/log/check", get(log::check::show)),
        ("POST", "/console/log/check", post(log::check::send)),
        ("GET", "/console/export", get(log::export::show)),
        ("POST", "/console/export/log", post(log::export::log)),
        ("POST", "/console/export/people", post(log::export::people)),
    ]
}

fn staff_routes() -> Vec<Route> {
    vec![
        ("GET", "/console/staff", get(staff::list)),
        ("GET", "/console/staff/new", get(staff::new::show)),
        ("POST", "/console/staff/new", post(staff::new::send)),
        ("GET", "/console/staff/{staff}", get(staff::show)),
        ("GET", "/console/staff/{staff}/sign-in", get(staff::sign_in::show)),
        ("POST", "/console/staff/{staff}/sign-in", post(staff::sign_in::send)),
        ("GET", "/console/staff/{staff}/role", get(staff::role::show)),
        ("POST", "/console/staff/{staff}/role", post(staff::role::send)),
        ("GET", "/console/staff/{staff}/off", get(staff::deactivate::show)),
        ("POST", "/console/staff/{staff}/off", post(staff::deactivate::send)),
        ("GET", "/console/staff/{staff}/on", get(staff::deactivate::show_on)),
        ("POST", "/console/staff/{staff}/on", post(staff::deactivate::send_on)),
    ]
}

fn other_routes() -> Vec<Route> {
    vec![
        ("GET", "/console", get(home::show)),
        ("GET", "/console/accessibility", get(home::accessibility)),
        ("GET", "/console/log", get(log::show)),
        ("GET", "/console/assets/{file}", get(assets::file)),
    ]
}

/// The method and path of every route, for tests that check each.
pub fn route_list() -> Vec<(&'static str, &'static str)> {
    routes().into_iter().map(|(method, path, _)| (method, path)).collect()
}

/// The console's routes.
pub fn router(app: App) -> Router {
    let router = routes()
        .into_iter()
        .fold(Router::new(), |router, (_, path, handler)| router.route(path, handler));
    router
        .route("/console/{*other}", get(response::nothing_here))
        .layer(middleware::from_fn_with_state(app.clone(), state::limit))
        .with_state(app)
}
