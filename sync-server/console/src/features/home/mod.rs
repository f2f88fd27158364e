//! The first page, which redirects, and the accessibility statement.

use askama::Template;
use axum::extract::State;
use promise_database::Stage;
use promise_services::StaffRole;

use crate::{
    App,
    kit::{
        feature::{Feature, Route},
        page::{
            Page, assets,
            response::{self, PageResult},
        },
        session::Caller,
        words,
    },
};

/// The feature's routes and navigation entries.
pub(crate) const FEATURE: Feature = Feature { routes, navigation: &[] };

#[rustfmt::skip]
fn routes() -> Vec<Route> {
    vec![
        Route::get("/console", get),
        Route::get("/console/accessibility", get_accessibility),
        Route::get("/console/assets/{file}", assets::get),
    ]
}

/// Redirects to the page that the caller's role sees first, or to the next step of signing in.
pub(crate) async fn get(State(app): State<App>, caller: Caller) -> PageResult {
    let Some(signed_in) = caller.signed_in else {
        return Ok(response::redirect("/console/sign-in"));
    };
    Ok(response::redirect(match signed_in.stage {
        Stage::Password => "/console/sign-in/code",
        Stage::Enrol => "/console/sign-in/authenticator",
        Stage::Full => start(app.state.features, signed_in.role),
    }))
}

/// Returns the page that the role sees first.
fn start(features: &[Feature], role: StaffRole) -> &'static str {
    let mut items = features.iter().flat_map(|feature| feature.navigation);
    items.find(|item| item.start_for.contains(&role)).map_or("/console/account", |item| item.path)
}

#[derive(Template)]
#[template(path = "home/accessibility.html")]
struct AccessibilityTemplate {
    page: Page,
}

/// Shows the accessibility statement, to anonymous callers too.
pub(crate) async fn get_accessibility(caller: Caller) -> PageResult {
    let page = match caller.session(String::new()) {
        Some(session) => session.page(words::t("accessibility-title")),
        None => Page::anonymous("accessibility-title", String::new()),
    };
    Ok(response::render(&AccessibilityTemplate { page }))
}
