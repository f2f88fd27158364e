//! What is published: the draft of the promise, and how it is handed in and published.
//!
//! Every form is about one record and says how it was when the form was made; what comes back is
//! put into the draft field by field, so two editors only meet where both changed the same.

mod changes;
mod edit;
mod fields;
mod languages;
mod overview;
mod parts;
mod picture;
mod pledges;
mod preview;
mod publish;
mod rebase;
mod reorder;
mod sections;
mod submit;
mod target;
pub(crate) mod value;

use promise_services::{
    Permission, ServiceError, StaffRole,
    publishing::drafts::{self, DraftRefusal, Stage, WorkingCopy},
};

use crate::{
    App,
    kit::{
        feature::{Feature, NavItem, Route},
        page::response::PageError,
        session::Session,
    },
};

/// The feature's routes and navigation entries.
pub(crate) const FEATURE: Feature = Feature {
    routes,
    navigation: &[NavItem {
        path: "/console/promise",
        label: "nav-promise",
        permission: Some(Permission::SeePublished),
        start_for: &[StaffRole::Editor, StaffRole::Publisher],
    }],
};

#[rustfmt::skip]
fn routes() -> Vec<Route> {
    vec![
        Route::get("/console/promise", overview::get),
        Route::get("/console/promise/title", sections::get_title),
        Route::post("/console/promise/title", sections::post_title),
        Route::get("/console/promise/sections/new", sections::get_new),
        Route::post("/console/promise/sections/new", sections::post_new),
        Route::get("/console/promise/sections/{section}", sections::get),
        Route::post("/console/promise/sections/{section}/move", sections::post_move),
        Route::get("/console/promise/sections/{section}/words", sections::get_words),
        Route::post("/console/promise/sections/{section}/words", sections::post_words),
        Route::get("/console/promise/sections/{section}/remove", sections::get_remove),
        Route::post("/console/promise/sections/{section}/remove", sections::post_remove),
        Route::get("/console/promise/sections/{section}/pledges/new", pledges::get_new),
        Route::post("/console/promise/sections/{section}/pledges/new", pledges::post_new),
        Route::get("/console/promise/pledges/{pledge}", pledges::get),
        Route::post("/console/promise/pledges/{pledge}/move", reorder::post_move),
        Route::get("/console/promise/pledges/{pledge}/section", reorder::get_section),
        Route::post("/console/promise/pledges/{pledge}/section", reorder::post_section),
        Route::get("/console/promise/pledges/{pledge}/remove", reorder::get_remove),
        Route::post("/console/promise/pledges/{pledge}/remove", reorder::post_remove),
        Route::get("/console/promise/pledges/{pledge}/part/{part}", pledges::get_part),
        Route::post("/console/promise/pledges/{pledge}/part/{part}", pledges::post_part),
        Route::get("/console/promise/sections/{section}/picture", picture::get_section),
        Route::post("/console/promise/sections/{section}/picture", picture::post_section),
        Route::get("/console/promise/pledges/{pledge}/picture", picture::get_pledge),
        Route::post("/console/promise/pledges/{pledge}/picture", picture::post_pledge),
        Route::get("/console/promise/languages", languages::get_list),
        Route::get("/console/promise/languages/{language}", languages::get),
        Route::get("/console/promise/languages/{language}/{kind}/{record}", languages::get_text),
        Route::post("/console/promise/languages/{language}/{kind}/{record}", languages::post_text),
        Route::get("/console/promise/preview", preview::get),
        Route::get("/console/promise/changes", changes::get),
        Route::get("/console/promise/hand-in", submit::get),
        Route::post("/console/promise/hand-in", submit::post),
        Route::post("/console/promise/take-back", submit::post_take_back),
        Route::get("/console/promise/send-back", submit::get_send_back),
        Route::post("/console/promise/send-back", submit::post_send_back),
        Route::get("/console/promise/throw-away", submit::get_discard),
        Route::post("/console/promise/throw-away", submit::post_discard),
        Route::get("/console/promise/up-to-date", rebase::get),
        Route::post("/console/promise/up-to-date", rebase::post),
        Route::get("/console/promise/publish", publish::get),
        Route::post("/console/promise/publish", publish::post),
    ]
}

/// Where it begins.
pub(crate) const HOME: &str = "/console/promise";

/// What there is to work on.
async fn work(app: &App, session: &Session) -> Result<WorkingCopy, PageError> {
    let scope = session.scope.clone();
    let read = app.database.read(move |tx| drafts::load(tx, &scope)).await;
    read.map_err(|error: ServiceError| error.into())
}

/// What there is to work on, for whoever is about to change something.
async fn open(app: &App, session: &Session) -> Result<WorkingCopy, PageError> {
    session.scope.permit(Permission::Edit)?;
    let work = work(app, session).await?;
    match work.stage {
        Stage::Submitted { .. } => Err(ServiceError::from(DraftRefusal::Submitted).into()),
        _ => Ok(work),
    }
}

/// Whether the reader can change something now.
fn can_edit(session: &Session, work: &WorkingCopy) -> bool {
    session.scope.may(Permission::Edit) && !matches!(work.stage, Stage::Submitted { .. })
}

/// There is no such thing.
fn nothing(what: &'static str) -> PageError {
    ServiceError::NotFound(what).into()
}
