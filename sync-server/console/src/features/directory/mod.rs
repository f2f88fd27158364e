//! The directory: lines that anyone can ring, and the days on which offices are closed.

mod bank_holidays;
mod board;
mod conflict;
mod days;
mod form;
mod line;
mod reorder;
mod translate;

use promise_services::{
    Permission, ServiceError,
    directory::{self, DirectoryView},
    publishing::drafts::{DraftRefusal, Stage},
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
        path: "/console/directory",
        label: "nav-directory",
        permission: Some(Permission::SeePublished),
        start_for: &[],
    }],
};

#[rustfmt::skip]
fn routes() -> Vec<Route> {
    vec![
        Route::get("/console/directory", board::get),
        Route::get("/console/directory/new-line", line::get_new),
        Route::post("/console/directory/new-line", line::post_new),
        Route::get("/console/directory/lines/{line}", line::get),
        Route::post("/console/directory/lines/{line}", line::post),
        Route::post("/console/directory/lines/{line}/move", reorder::post_move),
        Route::get("/console/directory/lines/{line}/remove", reorder::get_remove),
        Route::post("/console/directory/lines/{line}/remove", reorder::post_remove),
        Route::get("/console/directory/lines/{line}/words/{language}", translate::get),
        Route::post("/console/directory/lines/{line}/words/{language}", translate::post),
        Route::get("/console/directory/days", days::get_list),
        Route::post("/console/directory/days", days::post_new),
        Route::get("/console/directory/days/{day}", days::get),
        Route::post("/console/directory/days/{day}", days::post),
        Route::get("/console/directory/days/{day}/remove", days::get_remove),
        Route::post("/console/directory/days/{day}/remove", days::post_remove),
        Route::get("/console/directory/bank-holidays", bank_holidays::get),
        Route::post("/console/directory/bank-holidays", bank_holidays::post),
    ]
}

/// Where it begins.
const HOME: &str = "/console/directory";

async fn read(app: &App, session: &Session) -> Result<DirectoryView, PageError> {
    let scope = session.scope.clone();
    let board = app.database.read(move |tx| directory::load(tx, &scope)).await;
    board.map_err(|error: ServiceError| error.into())
}

/// The directory, for whoever is about to change something.
async fn open(app: &App, session: &Session) -> Result<DirectoryView, PageError> {
    session.scope.permit(Permission::Edit)?;
    let board = read(app, session).await?;
    if can_edit(session, &board) {
        Ok(board)
    } else {
        Err(ServiceError::from(DraftRefusal::Submitted).into())
    }
}

/// Whether the reader can change something now.
fn can_edit(session: &Session, board: &DirectoryView) -> bool {
    session.scope.may(Permission::Edit) && !matches!(board.stage, Stage::Submitted { .. })
}

/// There is no such thing.
fn nothing(what: &'static str) -> PageError {
    ServiceError::NotFound(what).into()
}
