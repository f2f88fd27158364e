//! The directory: lines that anyone can ring, and the days on which offices are closed.

mod bank_holidays;
mod board;
mod closed_days;
mod form;
mod line;
mod reorder;
mod translation;

use promise_protocol::pack::Line;
use promise_services::{
    Entity, Permission, ServiceError,
    directory::{self, DirectoryView},
    publishing::drafts::{DraftRefusal, Stage},
};

use crate::{
    App,
    kit::{
        feature::{Feature, NavItem, Route},
        page::response::PageError,
        session::Session,
        words,
    },
};

/// The feature's routes and navigation entries.
pub(crate) const FEATURE: Feature = Feature {
    routes,
    navigation: &[NavItem {
        path: DIRECTORY,
        label: "nav-directory",
        permission: Permission::SeePublished,
        unless: None,
        start_for: &[],
    }],
};

#[rustfmt::skip]
fn routes() -> Vec<Route> {
    vec![
        Route::get(DIRECTORY, board::get),
        Route::get("/console/directory/new-line", line::get_new),
        Route::post("/console/directory/new-line", line::post_new),
        Route::get("/console/directory/lines/{line}", line::get),
        Route::post("/console/directory/lines/{line}", line::post),
        Route::post("/console/directory/lines/{line}/move", reorder::post_move),
        Route::get("/console/directory/lines/{line}/remove", reorder::get_remove),
        Route::post("/console/directory/lines/{line}/remove", reorder::post_remove),
        Route::get("/console/directory/lines/{line}/words/{language}", translation::get),
        Route::post("/console/directory/lines/{line}/words/{language}", translation::post),
        Route::get("/console/directory/days", closed_days::get_list),
        Route::post("/console/directory/days", closed_days::post_new),
        Route::get("/console/directory/days/{day}", closed_days::get),
        Route::post("/console/directory/days/{day}", closed_days::post),
        Route::get("/console/directory/days/{day}/remove", closed_days::get_remove),
        Route::post("/console/directory/days/{day}/remove", closed_days::post_remove),
        Route::get("/console/directory/bank-holidays", bank_holidays::get),
        Route::post("/console/directory/bank-holidays", bank_holidays::post),
    ]
}

/// The path of the directory.
const DIRECTORY: &str = "/console/directory";

/// Returns the path and title of the directory's page.
fn back_to_directory() -> (String, String) {
    (DIRECTORY.to_owned(), words::t("directory-title"))
}

async fn load(app: &App, session: &Session) -> Result<DirectoryView, PageError> {
    let scope = session.scope.clone();
    let read = app.database.read(move |tx| directory::load(tx, &scope)).await;
    read.map_err(|error: ServiceError| error.into())
}

/// Reads the directory for a caller who is about to edit it. Fails if they cannot edit it now.
async fn load_editable(app: &App, session: &Session) -> Result<DirectoryView, PageError> {
    session.scope.permit(Permission::Edit)?;
    let view = load(app, session).await?;
    if can_edit(session, &view) {
        Ok(view)
    } else {
        Err(ServiceError::from(DraftRefusal::Submitted).into())
    }
}

/// Returns `true` if the caller can edit the directory now.
fn can_edit(session: &Session, view: &DirectoryView) -> bool {
    session.scope.may(Permission::Edit) && !matches!(view.stage, Stage::Submitted { .. })
}

fn find_line<'a>(view: &'a DirectoryView, id: &str) -> Result<&'a Line, ServiceError> {
    let line = view.directory.lines.0.iter().find(|line| line.id == id);
    line.ok_or(ServiceError::NotFound(Entity::Line))
}

/// Returns a line's name in English.
fn line_name(line: &Line) -> &str {
    line.display_name.get("en").unwrap_or(&line.id)
}
