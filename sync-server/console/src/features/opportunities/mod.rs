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

use axum::routing::{get, post};
use promise_services::{Permission, drafts::Stage};

use crate::{
    Route,
    kit::{page::Page, session::Session, words},
};

/// Where it begins.
const HOME: &str = "/console/opportunities";

/// The routes of opportunities.
#[rustfmt::skip]
pub(crate) fn routes() -> Vec<Route> {
    vec![
        ("GET", "/console/opportunities", get(list::show)),
        ("GET", "/console/opportunities/new", get(edit::new)),
        ("POST", "/console/opportunities/new", post(edit::add)),
        ("GET", "/console/opportunities/old", get(previous::show)),
        ("POST", "/console/opportunities/old", post(previous::check)),
        ("POST", "/console/opportunities/old/remove", post(previous::remove)),
        ("GET", "/console/opportunities/template.csv", get(files::template)),
        ("GET", "/console/opportunities/table.csv", get(files::table)),
        ("GET", "/console/opportunities/import", get(upload::show)),
        ("POST", "/console/opportunities/import", post(upload::send)),
        ("GET", "/console/opportunities/import/check", get(import::show)),
        ("POST", "/console/opportunities/import/check", post(import::take)),
        ("GET", "/console/opportunities/import/list/{list}", get(import::list)),
        ("POST", "/console/opportunities/import/drop", post(import::drop_it)),
        ("GET", "/console/opportunities/import/wrong.csv", get(files::wrong)),
        ("GET", "/console/opportunities/import/rows/{row}", get(fix_row::show)),
        ("POST", "/console/opportunities/import/rows/{row}", post(fix_row::send)),
        ("GET", "/console/opportunities/by-ref/{opportunity}", get(detail::show)),
        ("GET", "/console/opportunities/by-ref/{opportunity}/part/{part}", get(edit::show)),
        ("POST", "/console/opportunities/by-ref/{opportunity}/part/{part}", post(edit::send)),
        ("POST", "/console/opportunities/by-ref/{opportunity}/status", post(detail::set_status)),
        ("GET", "/console/opportunities/by-ref/{opportunity}/remove", get(detail::removing)),
        ("POST", "/console/opportunities/by-ref/{opportunity}/remove", post(detail::remove)),
        ("POST", "/console/opportunities/by-ref/{opportunity}/put-back", post(detail::put_back)),
    ]
}

/// The page of one of them.
pub(crate) fn page_of(id: &str) -> String {
    format!("{HOME}/by-ref/{id}")
}

/// Whether the reader can change something now.
fn can_edit(session: &Session, stage: &Stage) -> bool {
    session.scope.may(Permission::Edit) && !matches!(stage, Stage::HandedIn { .. })
}

/// With what was just done, if something was.
fn done(page: Page, key: Option<&str>) -> Page {
    const KNOWN: [&str; 9] =
        ["saved", "added", "removed", "put-back", "open", "paused", "closed", "old", "dropped"];
    let known = KNOWN.into_iter().find(|known| Some(*known) == key);
    Page { done: known.map(|known| words::t(&format!("opp-done-{known}"))), ..page }
}

/// What was just done, in an address.
#[derive(serde::Deserialize)]
pub(crate) struct Done {
    done: Option<String>,
}
