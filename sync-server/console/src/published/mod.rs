//! What is published: the draft of the promise, and how it is handed in and published.
//!
//! Every form is about one record and says how it was when the form was made; what comes back is
//! put into the draft field by field, so two editors only meet where both changed the same.

mod changes;
mod edit;
mod fields;
mod hand_in;
mod languages;
mod moving;
mod overview;
mod parts;
mod picture;
mod pledges;
mod preview;
mod publish;
mod renew;
mod sections;
mod target;
pub(super) mod value;

use axum::routing::{get, post};

use super::{Route, answer::Failure, page::Page, request::Session, words};
use crate::App;
use promise_services::{
    Permission, ServiceError,
    drafts::{self, DraftRefusal, Stage, Work},
};

/// Where it begins.
pub(super) const HOME: &str = "/console/promise";

/// The routes of what is published.
#[rustfmt::skip]
pub(super) fn routes() -> Vec<Route> {
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
        ("POST", "/console/promise/pledges/{pledge}/move", post(moving::go)),
        ("GET", "/console/promise/pledges/{pledge}/section", get(moving::section)),
        ("POST", "/console/promise/pledges/{pledge}/section", post(moving::send_section)),
        ("GET", "/console/promise/pledges/{pledge}/remove", get(moving::removing)),
        ("POST", "/console/promise/pledges/{pledge}/remove", post(moving::remove)),
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
        ("GET", "/console/promise/hand-in", get(hand_in::show)),
        ("POST", "/console/promise/hand-in", post(hand_in::send)),
        ("POST", "/console/promise/take-back", post(hand_in::take_back)),
        ("GET", "/console/promise/send-back", get(hand_in::sending_back)),
        ("POST", "/console/promise/send-back", post(hand_in::send_back)),
        ("GET", "/console/promise/throw-away", get(hand_in::throwing_away)),
        ("POST", "/console/promise/throw-away", post(hand_in::throw_away)),
        ("GET", "/console/promise/up-to-date", get(renew::show)),
        ("POST", "/console/promise/up-to-date", post(renew::send)),
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
pub(super) struct Done {
    done: Option<String>,
}
