//! Young people: the list, the page of each, and what an adviser does there.

mod appointment;
mod ask;
mod invite;
mod list;
mod new;
mod person;
mod subject_access;
mod unpair;

use promise_database as store;
use promise_services::{Permission, StaffRole, StaffScope};

use crate::{
    App,
    kit::feature::{Feature, NavItem, Route},
};

/// The feature's routes and navigation entries.
pub(crate) const FEATURE: Feature = Feature {
    routes,
    navigation: &[NavItem {
        path: "/console/people",
        label: "nav-people",
        permission: Some(Permission::SeePeople),
        start_for: &[StaffRole::Adviser, StaffRole::Manager],
    }],
};

#[rustfmt::skip]
fn routes() -> Vec<Route> {
    vec![
        Route::get("/console/people", list::get),
        Route::get("/console/people/{person}", person::get),
        Route::get("/console/people/{person}/invite", invite::get),
        Route::post("/console/people/{person}/invite", invite::post),
        Route::get("/console/people/{person}/phones/{phone}/unpair", unpair::get),
        Route::post("/console/people/{person}/phones/{phone}/unpair", unpair::post),
        Route::get("/console/people/{person}/asks/{ask}", ask::get),
        Route::post("/console/people/{person}/asks/{ask}", ask::post),
        Route::get("/console/people/{person}/appointments/new", appointment::get_new),
        Route::post("/console/people/{person}/appointments/new", appointment::post_new),
        Route::get("/console/people/{person}/appointments/{id}", appointment::get),
        Route::post("/console/people/{person}/appointments/{id}", appointment::post),
        Route::post("/console/people/{person}/appointments/{id}/cancel", appointment::post_cancel),
        Route::get("/console/people/new", new::get),
        Route::post("/console/people/new", new::post),
        Route::get("/console/people/{person}/adviser", new::get_adviser),
        Route::post("/console/people/{person}/adviser", new::post_adviser),
        Route::get("/console/people/{person}/export", subject_access::get),
        Route::post("/console/people/{person}/export", subject_access::post),
    ]
}

/// The person, to show a form about them; to be changed, if the reader may.
async fn person(
    app: &App,
    scope: &StaffScope,
    id: String,
) -> Result<store::Person, promise_services::ServiceError> {
    let scope = scope.clone();
    app.database.read(move |tx| scope.person_to_change(tx, &id)).await
}
