//! The promise: its draft, and how the draft is submitted and published.
//!
//! A form is about one record. It sends back the fields as it showed them, and only those that the
//! editor changed are saved: two editors meet in a conflict only where both changed the same field.

mod changes;
pub(crate) mod conflict;
mod discard;
mod fields;
mod languages;
mod new;
mod order;
mod overview;
mod parts;
mod picture;
mod pledge;
mod preview;
mod publish;
mod rebase;
mod record_form;
mod removal;
mod section;
mod status;
mod submit;
mod translation;
pub(crate) mod value;

use promise_protocol::pack::{Pledge, Promise, PromiseSection};
use promise_services::{
    Entity, Permission, ServiceError, StaffRole,
    publishing::{
        drafts::{self, DraftRefusal, Stage, WorkingCopy},
        promise::PromiseRecord,
    },
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
        path: PROMISE,
        label: "nav-promise",
        permission: Permission::SeePublished,
        unless: None,
        start_for: &[StaffRole::Editor, StaffRole::Publisher],
    }],
};

#[rustfmt::skip]
fn routes() -> Vec<Route> {
    vec![
        Route::get(PROMISE, overview::get),
        Route::get("/console/promise/title", section::get_title),
        Route::post("/console/promise/title", section::post_title),
        Route::get("/console/promise/sections/new", new::get_section),
        Route::post("/console/promise/sections/new", new::post_section),
        Route::get("/console/promise/sections/{section}", section::get),
        Route::post("/console/promise/sections/{section}/move", order::post_move_section),
        Route::get("/console/promise/sections/{section}/words", section::get_words),
        Route::post("/console/promise/sections/{section}/words", section::post_words),
        Route::get("/console/promise/sections/{section}/picture", picture::get_section),
        Route::post("/console/promise/sections/{section}/picture", picture::post_section),
        Route::get("/console/promise/sections/{section}/remove", removal::get_section),
        Route::post("/console/promise/sections/{section}/remove", removal::post_section),
        Route::get("/console/promise/sections/{section}/pledges/new", new::get_pledge),
        Route::post("/console/promise/sections/{section}/pledges/new", new::post_pledge),
        Route::get("/console/promise/pledges/{pledge}", pledge::get),
        Route::get("/console/promise/pledges/{pledge}/part/{part}", pledge::get_part),
        Route::post("/console/promise/pledges/{pledge}/part/{part}", pledge::post_part),
        Route::post("/console/promise/pledges/{pledge}/move", order::post_move_pledge),
        Route::get("/console/promise/pledges/{pledge}/section", order::get_section),
        Route::post("/console/promise/pledges/{pledge}/section", order::post_section),
        Route::get("/console/promise/pledges/{pledge}/picture", picture::get_pledge),
        Route::post("/console/promise/pledges/{pledge}/picture", picture::post_pledge),
        Route::get("/console/promise/pledges/{pledge}/remove", removal::get_pledge),
        Route::post("/console/promise/pledges/{pledge}/remove", removal::post_pledge),
        Route::get("/console/promise/languages", languages::get_list),
        Route::get("/console/promise/languages/{language}", languages::get),
        Route::get("/console/promise/languages/{language}/{kind}/{record}", translation::get),
        Route::post("/console/promise/languages/{language}/{kind}/{record}", translation::post),
        Route::get("/console/promise/preview", preview::get),
        Route::get("/console/promise/changes", changes::get),
        Route::get("/console/promise/submit", submit::get),
        Route::post("/console/promise/submit", submit::post),
        Route::post("/console/promise/withdraw", submit::post_withdraw),
        Route::get("/console/promise/return", submit::get_return),
        Route::post("/console/promise/return", submit::post_return),
        Route::get("/console/promise/discard", discard::get),
        Route::post("/console/promise/discard", discard::post),
        Route::get("/console/promise/rebase", rebase::get),
        Route::post("/console/promise/rebase", rebase::post),
        Route::get("/console/promise/publish", publish::get),
        Route::post("/console/promise/publish", publish::post),
    ]
}

/// The path of the overview.
pub(crate) const PROMISE: &str = "/console/promise";

/// Returns the path of a record's page.
fn record_path(record: &PromiseRecord) -> String {
    match record {
        PromiseRecord::Promise => PROMISE.to_owned(),
        PromiseRecord::Section(id) => format!("{PROMISE}/sections/{id}"),
        PromiseRecord::Pledge(id) => format!("{PROMISE}/pledges/{id}"),
    }
}

async fn load(app: &App, session: &Session) -> Result<WorkingCopy, PageError> {
    let scope = session.scope.clone();
    let read = app.database.read(move |tx| drafts::load(tx, &scope)).await;
    read.map_err(|error: ServiceError| error.into())
}

/// Reads the draft for a caller who is about to edit it. Fails if they cannot edit it now.
async fn load_editable(app: &App, session: &Session) -> Result<WorkingCopy, PageError> {
    session.scope.permit(Permission::Edit)?;
    let draft = load(app, session).await?;
    match draft.stage {
        Stage::Submitted { .. } => Err(ServiceError::from(DraftRefusal::Submitted).into()),
        _ => Ok(draft),
    }
}

/// Returns `true` if the caller can edit the draft now.
fn can_edit(session: &Session, draft: &WorkingCopy) -> bool {
    session.scope.may(Permission::Edit) && !matches!(draft.stage, Stage::Submitted { .. })
}

fn find_section<'a>(promise: &'a Promise, id: &str) -> Result<&'a PromiseSection, ServiceError> {
    let section = promise.sections.iter().find(|section| section.id == id);
    section.ok_or(ServiceError::NotFound(Entity::Section))
}

fn find_pledge<'a>(promise: &'a Promise, id: &str) -> Result<&'a Pledge, ServiceError> {
    let pledge = promise.pledges.0.iter().find(|pledge| pledge.id == id);
    pledge.ok_or(ServiceError::NotFound(Entity::Pledge))
}
