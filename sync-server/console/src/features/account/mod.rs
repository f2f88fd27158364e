//! The signed-in staff member's own account, and new recovery codes.

use askama::Template;
use axum::extract::State;
use promise_services::{OsRandom, ServiceError, sign_in as service};

use crate::{
    App,
    features::sign_in::RecoveryCodesTemplate,
    kit::{
        feature::{Feature, Route},
        format::role_name,
        page::{
            Page,
            response::{self, PageResult},
        },
        session::{Session, StaffForm},
        words,
    },
};

/// The feature's routes. Its link stands beside the staff member's name on every page.
pub(crate) const FEATURE: Feature = Feature { routes, navigation: &[] };

fn routes() -> Vec<Route> {
    vec![
        Route::get("/console/account", get),
        Route::post("/console/account/codes", post_recovery_codes),
    ]
}

#[derive(Template)]
#[template(path = "account/account.html")]
struct AccountTemplate {
    page: Page,
    role: String,
    codes_left: usize,
}

/// Shows the account.
async fn get(State(app): State<App>, session: Session) -> PageResult {
    let staff = session.signed_in.staff.clone();
    let left = app.database.read(move |tx| Ok::<_, ServiceError>(tx.count_recovery_codes(&staff)?));
    Ok(response::render(&AccountTemplate {
        page: session.page(words::t("account-title")),
        role: role_name(session.signed_in.role),
        codes_left: left.await?,
    }))
}

/// Replaces the recovery codes, and shows the new ones once.
async fn post_recovery_codes(State(app): State<App>, submitted: StaffForm) -> PageResult {
    let session = submitted.require_recent_login()?.session;
    let staff = session.signed_in.staff.clone();
    let made = app.database.write(move |tx| service::new_recovery_codes(tx, &staff, &mut OsRandom));
    let page = session.page(words::t("codes-title"));
    Ok(response::render(&RecoveryCodesTemplate { page, codes: made.await? }))
}
