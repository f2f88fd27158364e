//! One's own account: who one is here, and new recovery codes.

use askama::Template;
use axum::extract::State;
use promise_services::{OsRandom, ServiceError, sign_in as service};

use crate::{
    App,
    features::sign_in::enrol::Codes,
    kit::{
        feature::{Feature, NavItem, Route},
        format::role_name,
        page::{
            Page,
            response::{self, PageResult},
        },
        session::{Session, StaffForm},
        words,
    },
};

/// The feature's routes and navigation entries.
pub(crate) const FEATURE: Feature = Feature {
    routes,
    navigation: &[NavItem {
        path: "/console/account",
        label: "nav-account",
        permission: None,
        start_for: &[],
    }],
};

#[rustfmt::skip]
fn routes() -> Vec<Route> {
    vec![
        Route::get("/console/account", get),
        Route::post("/console/account/codes", post_recovery_codes),
    ]
}

#[derive(Template)]
#[template(path = "account/account.html")]
struct Account {
    page: Page,
    role: String,
    codes_left: usize,
}

/// Shows it.
pub(crate) async fn get(State(app): State<App>, session: Session) -> PageResult {
    let staff = session.signed_in.staff.clone();
    let left = app.database.read(move |tx| Ok::<_, ServiceError>(tx.count_recovery_codes(&staff)?));
    let page = session.page(words::t("account-title"));
    let role = role_name(session.signed_in.role);
    Ok(response::render(&Account { page, role, codes_left: left.await? }))
}

/// Makes new recovery codes.
pub(crate) async fn post_recovery_codes(State(app): State<App>, sent: StaffForm) -> PageResult {
    let session = sent.require_recent_login()?.session;
    let staff = session.signed_in.staff.clone();
    let made = app.database.write(move |tx| service::new_recovery_codes(tx, &staff, &mut OsRandom));
    let page = session.page(words::t("codes-title"));
    Ok(response::render(&Codes { page, codes: made.await? }))
}
