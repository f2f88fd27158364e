//! Cards: changing one, who is away, and which phones have it.

mod conflict;
mod delivery_status;
mod edit;
mod leave;
mod parse;

use askama::Template;
use axum::extract::State;
use promise_database::StaffMember;
use promise_services::{Permission, ServiceError};

use crate::{
    App,
    kit::{
        feature::{Feature, NavItem, Route},
        format::staff_name,
        page::{
            Link, Page,
            response::{self, Answer, Failure},
        },
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
            permission: Some(Permission::OwnCard),
            start_for: &[],
        },
        NavItem {
            path: "/console/cards",
            label: "nav-cards",
            permission: Some(Permission::AnyCard),
            start_for: &[],
        },
    ],
};

#[rustfmt::skip]
fn routes() -> Vec<Route> {
    vec![
        Route::get("/console/cards", get_list),
        Route::get("/console/cards/{staff}", edit::get),
        Route::post("/console/cards/{staff}", edit::post),
        Route::get("/console/cards/{staff}/leave", leave::get),
        Route::post("/console/cards/{staff}/leave", leave::post),
        Route::get("/console/cards/{staff}/phones", delivery_status::get),
        Route::get("/console/cards/{staff}/phones/list", delivery_status::get_list),
    ]
}

#[derive(Template)]
#[template(path = "kit/links.html")]
struct Cards {
    page: Page,
    cards: Vec<Link>,
}

/// Lists every card of the council, for managers.
pub(crate) async fn get_list(State(app): State<App>, session: Session) -> Answer {
    let scope = session.scope.clone();
    let read = app.database.read(move |tx| {
        scope.permit(Permission::AnyCard)?;
        Ok(tx.staff_of(scope.own_council().unwrap_or_default())?)
    });
    let all = read.await.map_err(|error: ServiceError| error)?;
    let cards = all
        .into_iter()
        .filter(|staff| !staff.is_deactivated())
        .map(|staff| Link {
            href: format!("/console/cards/{}", staff.id),
            text: staff_name(&staff),
            is_here: false,
        })
        .collect();
    Ok(response::page(&Cards { page: session.page(words::t("nav-cards")), cards }))
}

/// Whose card it is, for whoever may change it.
async fn holder(app: &App, session: &Session, staff: String) -> Result<StaffMember, Failure> {
    let scope = session.scope.clone();
    let found = app.database.read(move |tx| scope.card_holder(tx, &staff)).await;
    found.map_err(|error: ServiceError| error.into())
}

/// "My card", or "Kim's card".
fn title(session: &Session, staff: &StaffMember) -> String {
    if session.signed_in.staff == staff.id {
        words::t("card-mine")
    } else {
        words::with("card-of", "name", &staff_name(staff))
    }
}
