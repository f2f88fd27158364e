//! Cards of staff members and of entries of the address book: the form, leave, and which phones have a card.
//! The handlers are generic over the id in the path, so that each page is one for both.

mod conflict;
mod delivery_status;
pub(crate) mod details_check;
mod edit;
pub(crate) mod form;
mod kind;
mod leave;
mod list;

use axum::response::Response;
use promise_database::Tx;
use promise_protocol::ids::{EntryId, StaffId};
use promise_services::{
    Permission, ServiceError, StaffScope, address_book,
    cards::{CardHolder, CardId},
};

use crate::{
    App,
    kit::{
        feature::{Feature, NavItem, Route},
        page::response::{self, PageError},
        session::Session,
        words,
    },
};

pub(crate) use edit::CardTemplate;
pub(crate) use kind::CardKind;

/// The feature's routes and navigation entries.
pub(crate) const FEATURE: Feature = Feature {
    routes,
    navigation: &[
        NavItem {
            path: "/console/cards/{staff}",
            label: "nav-card",
            permission: Permission::OwnCard,
            unless: Some(Permission::AnyCard),
            start_for: &[],
        },
        NavItem {
            path: "/console/cards",
            label: "nav-cards",
            permission: Permission::AnyCard,
            unless: None,
            start_for: &[],
        },
    ],
};

fn routes() -> Vec<Route> {
    vec![
        Route::get("/console/cards", list::get),
        Route::get("/console/cards/{staff}", edit::get::<StaffId>),
        Route::post("/console/cards/{staff}", edit::post::<StaffId>),
        Route::post("/console/cards/{staff}/check", details_check::post::<StaffId>),
        Route::get("/console/cards/{staff}/leave", leave::get::<StaffId>),
        Route::post("/console/cards/{staff}/leave", leave::post::<StaffId>),
        Route::get("/console/cards/{staff}/phones", delivery_status::get::<StaffId>),
        Route::get("/console/cards/{staff}/phones/list", delivery_status::get_list::<StaffId>),
    ]
}

/// The same pages for an entry of the address book.
pub(crate) fn entry_routes() -> Vec<Route> {
    vec![
        Route::get("/console/address-book/{entry}", edit::get::<EntryId>),
        Route::post("/console/address-book/{entry}", edit::post::<EntryId>),
        Route::post("/console/address-book/{entry}/check", details_check::post::<EntryId>),
        Route::get("/console/address-book/{entry}/leave", leave::get::<EntryId>),
        Route::post("/console/address-book/{entry}/leave", leave::post::<EntryId>),
        Route::get("/console/address-book/{entry}/phones", delivery_status::get::<EntryId>),
        Route::get(
            "/console/address-book/{entry}/phones/list",
            delivery_status::get_list::<EntryId>,
        ),
    ]
}

/// Returns the path of a card.
pub(crate) fn card_path(card: &CardId) -> String {
    match card {
        CardId::Staff(staff) => format!("/console/cards/{staff}"),
        CardId::Entry(entry) => format!("/console/address-book/{entry}"),
    }
}

/// Reads the holder of a card that the caller may change. An entry that was merged leads to the one that is
/// given instead.
async fn card_holder(app: &App, session: &Session, card: CardId) -> Result<CardHolder, PageError> {
    read_card(app, session, card, |tx, scope, card| CardHolder::find(tx, scope, card)).await
}

/// Reads what a page shows about a card. An entry that was merged leads to the one that is given instead.
async fn read_card<R: Send + 'static>(
    app: &App,
    session: &Session,
    card: CardId,
    find: impl FnOnce(&mut dyn Tx, &StaffScope, &CardId) -> Result<R, ServiceError>
    + Clone
    + Send
    + 'static,
) -> Result<R, PageError> {
    let scope = session.scope.clone();
    let read = app.database.read(move |tx| {
        let found = find(tx, &scope, &card);
        let (Err(ServiceError::NotFound(_)), CardId::Entry(entry)) = (&found, &card) else {
            return found.map(Ok);
        };
        match address_book::successor(tx, &scope, entry)? {
            Some(successor) => Ok(Err(CardId::from(successor.id))),
            None => found.map(Ok),
        }
    });
    read.await?.map_err(|successor| PageError::from(redirect_to_successor(&successor)))
}

/// Leads from an entry that was merged to the one that is given instead.
pub(crate) fn redirect_to_successor(successor: &CardId) -> Response {
    response::redirect(&format!("{}/phones?done=entry-was-merged", card_path(successor)))
}

/// Returns the title of a card's page: "My card", "Kim's card", or the name of an entry.
fn title(session: &Session, holder: &CardHolder) -> String {
    match holder {
        CardHolder::Staff(staff) if session.signed_in.staff == staff.id => words::t("card-mine"),
        CardHolder::Staff(_) => words::with("card-of", "name", holder.name()),
        CardHolder::Entry(_) => holder.name().to_owned(),
    }
}
