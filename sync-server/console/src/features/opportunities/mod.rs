//! Opportunities: the table, one of them, and sheets of many.

mod detail;
mod edit;
mod files;
mod fix_row;
mod form;
mod format;
mod import;
mod list;
mod parts;
mod previous;
mod rows;
mod upload;

use promise_services::{Permission, publishing::drafts::Stage};

use crate::kit::{
    feature::{Feature, NavItem, Route},
    session::Session,
};

/// The feature's routes and navigation entries.
pub(crate) const FEATURE: Feature = Feature {
    routes,
    navigation: &[NavItem {
        path: "/console/opportunities",
        label: "nav-opportunities",
        permission: Some(Permission::SeePublished),
        start_for: &[],
    }],
};

#[rustfmt::skip]
fn routes() -> Vec<Route> {
    vec![
        Route::get("/console/opportunities", list::get),
        Route::get("/console/opportunities/new", edit::get_new),
        Route::post("/console/opportunities/new", edit::post_new),
        Route::get("/console/opportunities/old", previous::get),
        Route::post("/console/opportunities/old", previous::post_check),
        Route::post("/console/opportunities/old/remove", previous::post_remove),
        Route::get("/console/opportunities/template.csv", files::get_template),
        Route::get("/console/opportunities/table.csv", files::get_table),
        Route::get("/console/opportunities/import", upload::get),
        Route::post("/console/opportunities/import", upload::post),
        Route::get("/console/opportunities/import/check", import::get),
        Route::post("/console/opportunities/import/check", import::post_apply),
        Route::get("/console/opportunities/import/list/{list}", import::get_list),
        Route::post("/console/opportunities/import/drop", import::post_discard),
        Route::get("/console/opportunities/import/wrong.csv", files::get_rows_with_issues),
        Route::get("/console/opportunities/import/rows/{row}", fix_row::get),
        Route::post("/console/opportunities/import/rows/{row}", fix_row::post),
        Route::get("/console/opportunities/by-ref/{opportunity}", detail::get),
        Route::get("/console/opportunities/by-ref/{opportunity}/part/{part}", edit::get),
        Route::post("/console/opportunities/by-ref/{opportunity}/part/{part}", edit::post),
        Route::post("/console/opportunities/by-ref/{opportunity}/status", detail::post_status),
        Route::get("/console/opportunities/by-ref/{opportunity}/remove", detail::get_remove),
        Route::post("/console/opportunities/by-ref/{opportunity}/remove", detail::post_remove),
        Route::post("/console/opportunities/by-ref/{opportunity}/put-back", detail::post_put_back),
    ]
}

/// Where it begins.
const HOME: &str = "/console/opportunities";

/// Whether the reader can change something now.
fn can_edit(session: &Session, stage: &Stage) -> bool {
    session.scope.may(Permission::Edit) && !matches!(stage, Stage::Submitted { .. })
}
