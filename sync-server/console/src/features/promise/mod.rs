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

use axum::routing::{get, post};
use promise_services::{
    Permission, ServiceError,
    drafts::{self, DraftRefusal, Stage, Work},
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
pub(crate) const HOME: &str = "/console/promise";

/// The routes of what is published.
#[rustfmt::skip]
pub(crate) fn routes() -> Vec<Route> {
    vec![
        ("GET", "/console/promise", get(overview::show)),
        ("GET", "/console/promise/title", get(sections::title)),
        ("POST", "/console/promise/title", post(sections::send_title)),
        ("GET", "/console/promise/sections/new", get(sections::new)),
        ("POST", "/console/promise/sections/new", post(sections::add)),
        ("GET", "/console/promise/sections/{section}", get(sections::show)),
        ("POST", "/console/promise/sections/{section}/move", post(sections::go)),
        ("GET", "/console/promise/sections/{section}/words", get(sections::words)),
        ("POST", "/console/promise/sections/{section}/words", post(sections::send_words)),
        ("GET", "/console/promise/sections/{section}/remove", get(sections::removing)),
        ("POST", "/console/promise/sections/{section}/remove", post(sections::remove)),
        ("GET", "/console/promise/sections/{section}/pledges/new", get(pledges::new)),
        ("POST", "/console/promise/sections/{section}/pledges/new", post(pledges::add)),
        ("GET", "/console/promise/pledges/{pledge}", get(pledges::show)),
        ("POST", "/console/promise/pledges/{pledge}/move", post(reorder::go)),
        ("GET", "/console/promise/pledges/{pledge}/section", get(reorder::section)),
        ("POST", "/console/promise/pledges/{pledge}/section", post(reorder::send_section)),
        ("GET", "/console/promise/pledges/{pledge}/remove", get(reorder::removing)),
        ("POST", "/console/promise/pledges/{pledge}/remove", post(reorder::remove)),
        ("GET", "/console/promise/pledges/{pledge}/part/{part}", get(pledges::part)),
        ("POST", "/console/promise/pledges/{pledge}/part/{part}", post(pledges::send_part)),
        ("GET", "/console/promise/sections/{section}/picture", get(picture::of_section)),
        ("POST", "/console/promise/sections/{section}/picture", post(picture::send_section)),
        ("GET", "/console/promise/pledges/{pledge}/picture", get(picture::of_pledge)),
        ("POST", "/console/promise/pledges/{pledge}/picture", post(picture::send_pledge)),
        ("GET", "/console/promise/languages", get(languages::list)),
        ("GET", "/console/promise/languages/{language}", get(languages::one)),
        ("GET", "/console/promise/languages/{language}/{kind}/{record}", get(languages::text)),
        ("POST", "/console/promise/languages/{language}/{kind}/{record}", post(languages::send)),
        ("GET", "/console/promise/preview", get(preview::show)),
        ("GET", "/console/promise/changes", get(changes::show)),
        ("GET", "/console/promise/hand-in", get(submit::show)),
        ("POST", "/console/promise/hand-in", post(submit::send)),
        ("POST", "/console/promise/take-back", post(submit::take_back)),
        ("GET", "/console/promise/send-back", get(submit::sending_back)),
        ("POST", "/console/promise/send-back", post(submit::send_back)),
        ("GET", "/console/promise/throw-away", get(submit::throwing_away)),
        ("POST", "/console/promise/throw-away", post(submit::throw_away)),
        ("GET", "/console/promise/up-to-date", get(rebase::show)),
        ("POST", "/console/promise/up-to-date", post(rebase::send)),
        ("GET", "/console/promise/publish", get(publish::show)),
        ("POST", "/console/promise/publish", post(publish::send)),
    ]
}

/// What there is to work on.
async fn work(app: &App, session: &Session) -> Result<Work, Failure> {
    let scope = session.scope.clone();
    let read = app.database.read(move |tx| drafts::read(tx, &scope)).await;
    read.map_err(|error: ServiceError| error.into())
}

/// What there is to work on, for whoever is about to change something.
async fn open(app: &App, session: &Session) -> Result<Work, Failure> {
    session.scope.permit(Permission::Edit)?;
    let work = work(app, session).await?;
    match work.stage {
        Stage::HandedIn { .. } => Err(ServiceError::from(DraftRefusal::HandedIn).into()),
        _ => Ok(work),
    }
}

/// Whether the reader can change something now.
fn can_edit(session: &Session, work: &Work) -> bool {
    session.scope.may(Permission::Edit) && !matches!(work.stage, Stage::HandedIn { .. })
}

/// There is no such thing.
fn nothing(what: &'static str) -> Failure {
    ServiceError::NotFound(what).into()
}

/// With what was just done, if something was.
fn done(page: Page, key: Option<&str>) -> Page {
    const KNOWN: [&str; 10] = [
        "saved",
        "added",
        "moved",
        "removed",
        "handed-in",
        "taken-back",
        "sent-back",
        "thrown-away",
        "renewed",
        "published",
    ];
    let known = KNOWN.into_iter().find(|known| Some(*known) == key);
    Page { done: known.map(|known| words::t(&format!("promise-done-{known}"))), ..page }
}

/// What was just done, in an address.
#[derive(serde::Deserialize)]
pub(crate) struct Done {
    done: Option<String>,
}
