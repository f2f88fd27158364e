//! Cards of staff members: the form, leave, and which phones have a card.

mod conflict;
mod delivery_status;
pub(crate) mod details_check;
mod edit;
mod form;
mod leave;
mod list;

use promise_database::StaffMember;
use promise_protocol::ids::StaffId;
use promise_services::{Permission, ServiceError};

use crate::{
    App,
    kit::{
        feature::{Feature, NavItem, Route},
        format::staff_name,
        page::response::PageError,
        session::Session,
        words,
    },
};

/// The feature's routes and navigation entries.
pub(crate) const FEATURE: Feature = Feature {
    routes,
    navigation: &[
        NavItem {
            path: "/console/cards/{staff}",
            label: "nav-card",
            permission: Permission::OwnCard,
            start_for: &[],
        },
        NavItem {
            path: "/console/cards",
            label: "nav-cards",
            permission: Permission::AnyCard,
            start_for: &[],
        },
    ],
};

fn routes() -> Vec<Route> {
    vec![
        Route::get("/console/cards", list::get),
        Route::get("/console/cards/{staff}", edit::get),
        Route::post("/console/cards/{staff}", edit::post),
        Route::post("/console/cards/{staff}/check", details_check::post),
        Route::get("/console/cards/{staff}/leave", leave::get),
        Route::post("/console/cards/{staff}/leave", leave::post),
        Route::get("/console/cards/{staff}/phones", delivery_status::get),
        Route::get("/console/cards/{staff}/phones/list", delivery_status::get_list),
    ]
}

/// Returns the path of a card.
fn card_path(staff: &StaffId) -> String {
    format!("/console/cards/{staff}")
}

/// Reads the staff member whose card the caller may change.
async fn card_holder(
    app: &App,
    session: &Session,
    staff: StaffId,
) -> Result<StaffMember, PageError> {
    let scope = session.scope.clone();
    let holder = app.database.read(move |tx| scope.card_holder(tx, &staff)).await;
    holder.map_err(|error: ServiceError| error.into())
}

/// Returns the title of a card's page: "My card", or "Kim's card".
fn title(session: &Session, staff: &StaffMember) -> String {
    if session.signed_in.staff == staff.id {
        words::t("card-mine")
    } else {
        words::with("card-of", "name", &staff_name(staff))
    }
}
