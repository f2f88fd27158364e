//! The directory: lines that anyone can ring, and the days on which offices are closed.

mod bank_holidays;
mod board;
mod conflict;
mod days;
mod form;
mod line;
mod reorder;
mod translate;

use axum::routing::{get, post};
use promise_services::{
    Permission, ServiceError,
    directory::{self, Board},
    drafts::{DraftRefusal, Stage},
};

use crate::{
    App, Route,
    kit::{
        page::{Page, response::Failure},
        session::Session,
        words,
    },
};

/// Where it begins.
const HOME: &str = "/console/directory";

/// The routes of the directory.
#[rustfmt::skip]
pub(crate) fn routes() -> Vec<Route> {
    vec![
        ("GET", "/console/directory", get(board::show)),
        ("GET", "/console/directory/new-line", get(line::new)),
        ("POST", "/console/directory/new-line", post(line::add)),
        ("GET", "/console/directory/lines/{line}", get(line::show)),
        ("POST", "/console/directory/lines/{line}", post(line::send)),
        ("POST", "/console/directory/lines/{line}/move", post(reorder::go)),
        ("GET", "/console/directory/lines/{line}/remove", get(reorder::removing)),
        ("POST", "/console/directory/lines/{line}/remove", post(reorder::remove)),
        ("GET", "/console/directory/lines/{line}/words/{language}", get(translate::show)),
        ("POST", "/console/directory/lines/{line}/words/{language}", post(translate::send)),
        ("GET", "/console/directory/days", get(days::list)),
        ("POST", "/console/directory/days", post(days::add)),
        ("GET", "/console/directory/days/{day}", get(days::show)),
        ("POST", "/console/directory/days/{day}", post(days::send)),
        ("GET", "/console/directory/days/{day}/remove", get(days::removing)),
        ("POST", "/console/directory/days/{day}/remove", post(days::remove)),
        ("GET", "/console/directory/bank-holidays", get(bank_holidays::show)),
        ("POST", "/console/directory/bank-holidays", post(bank_holidays::send)),
    ]
}

/// The page of a line.
pub(crate) fn page_of(line: &str) -> String {
    format!("{HOME}/lines/{line}")
}

async fn read(app: &App, session: &Session) -> Result<Board, Failure> {
    let scope = session.scope.clone();
    let board = app.database.read(move |tx| directory::read(tx, &scope)).await;
    board.map_err(|error: ServiceError| error.into())
}

/// The directory, for whoever is about to change something.
async fn open(app: &App, session: &Session) -> Result<Board, Failure> {
    session.scope.permit(Permission::Edit)?;
    let board = read(app, session).await?;
    if can_edit(session, &board) {
        Ok(board)
    } else {
        Err(ServiceError::from(DraftRefusal::HandedIn).into())
    }
}

/// Whether the reader can change something now.
fn can_edit(session: &Session, board: &Board) -> bool {
    session.scope.may(Permission::Edit) && !matches!(board.stage, Stage::HandedIn { .. })
}

/// There is no such thing.
fn nothing(what: &'static str) -> Failure {
    ServiceError::NotFound(what).into()
}

/// With what was just done, if something was.
fn done(page: Page, key: Option<&str>) -> Page {
    const KNOWN: [&str; 7] =
        ["saved", "added", "moved", "removed", "day-saved", "day-removed", "holidays"];
    let known = KNOWN.into_iter().find(|known| Some(*known) == key);
    Page { done: known.map(|known| words::t(&format!("directory-done-{known}"))), ..page }
}

/// What was just done, in an address.
#[derive(serde::Deserialize)]
pub(crate) struct Done {
    done: Option<String>,
}
