//! Opportunities: the table, the pages of one opportunity, and importing a sheet of many.

mod control;
mod detail;
mod downloads;
mod form;
mod format;
mod import;
mod list;
mod new;
mod outdated;
mod part;
mod parts;

use promise_services::{
    Permission, ServiceError,
    publishing::drafts::{DraftRefusal, Stage},
};

use crate::kit::{
    feature::{Feature, NavItem, Route},
    forms::{Field, field_error},
    page::FieldError,
    session::Session,
};

/// The feature's routes and navigation entries.
pub(crate) const FEATURE: Feature = Feature {
    routes,
    navigation: &[NavItem {
        path: OPPORTUNITIES,
        label: "nav-opportunities",
        permission: Permission::SeePublished,
        unless: None,
        start_for: &[],
    }],
};

#[rustfmt::skip]
fn routes() -> Vec<Route> {
    vec![
        Route::get(OPPORTUNITIES, list::get),
        Route::get("/console/opportunities/new", new::get),
        Route::post("/console/opportunities/new", new::post),
        Route::get("/console/opportunities/outdated", outdated::get),
        Route::post("/console/opportunities/outdated", outdated::post),
        Route::post("/console/opportunities/outdated/remove", outdated::post_remove),
        Route::get("/console/opportunities/template.csv", downloads::get_template),
        Route::get("/console/opportunities/table.csv", downloads::get_table),
        Route::get("/console/opportunities/import", import::upload::get),
        Route::post("/console/opportunities/import", import::upload::post),
        Route::get("/console/opportunities/import/check", import::check::get),
        Route::post("/console/opportunities/import/check", import::check::post),
        Route::get("/console/opportunities/import/list/{list}", import::list::get),
        Route::post("/console/opportunities/import/discard", import::check::post_discard),
        Route::get("/console/opportunities/import/invalid-rows.csv", downloads::get_invalid_rows),
        Route::get("/console/opportunities/import/rows/{row}", import::fix_row::get),
        Route::post("/console/opportunities/import/rows/{row}", import::fix_row::post),
        Route::get("/console/opportunities/by-ref/{opportunity}", detail::get),
        Route::get("/console/opportunities/by-ref/{opportunity}/part/{part}", part::get),
        Route::post("/console/opportunities/by-ref/{opportunity}/part/{part}", part::post),
        Route::post("/console/opportunities/by-ref/{opportunity}/status", detail::post_status),
        Route::get("/console/opportunities/by-ref/{opportunity}/remove", detail::get_remove),
        Route::post("/console/opportunities/by-ref/{opportunity}/remove", detail::post_remove),
        Route::post("/console/opportunities/by-ref/{opportunity}/restore", detail::post_restore),
    ]
}

/// The path of the table.
const OPPORTUNITIES: &str = "/console/opportunities";

/// Returns `true` if the caller can edit the draft now.
fn can_edit(session: &Session, stage: &Stage) -> bool {
    session.scope.may(Permission::Edit) && !matches!(stage, Stage::Submitted { .. })
}

/// Fails if the caller cannot edit the draft now.
fn check_editable(session: &Session, stage: &Stage) -> Result<(), ServiceError> {
    session.scope.permit(Permission::Edit)?;
    match stage {
        Stage::Submitted { .. } => Err(DraftRefusal::Submitted.into()),
        _ => Ok(()),
    }
}

/// An error at the first field, with the message of this key.
fn error_at_first(fields: &[Field], key: &str) -> FieldError {
    field_error(&fields.first().map(Field::anchor).unwrap_or_default(), key)
}
