//! The address book: its list, and merging and removing entries. The pages of an entry's card are those of
//! every card: see [`cards`](crate::features::cards). Entries are added on a young person's page, or from a
//! file of contacts.

mod import;
mod list;
mod remove;

use promise_services::Permission;

use crate::{
    features::cards,
    kit::feature::{Feature, NavItem, Route},
};

/// The path of the list.
const ADDRESS_BOOK: &str = "/console/address-book";

/// The feature's routes and navigation entries.
pub(crate) const FEATURE: Feature = Feature {
    routes,
    navigation: &[NavItem {
        path: ADDRESS_BOOK,
        label: "nav-address-book",
        permission: Permission::UseAddressBook,
        unless: None,
        start_for: &[],
    }],
};

fn routes() -> Vec<Route> {
    let mut routes = vec![
        Route::get(ADDRESS_BOOK, list::get),
        Route::get("/console/address-book/import", import::upload::get),
        Route::post("/console/address-book/import", import::upload::post),
        Route::get("/console/address-book/import/check", import::check::get),
        Route::post("/console/address-book/import/check", import::check::post),
        Route::post("/console/address-book/import/discard", import::check::post_discard),
        Route::get("/console/address-book/{entry}/remove", remove::get),
        Route::post("/console/address-book/{entry}/remove", remove::post),
    ];
    routes.extend(cards::entry_routes());
    routes
}
