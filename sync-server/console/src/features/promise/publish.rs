//! Publishing what somebody else wrote.

use askama::Template;
use axum::extract::State;
use promise_services::{
    Permission, ServiceError,
    publishing::drafts::{self, DraftRefusal, Stage},
};

use crate::{
    App,
    features::promise::{HOME, changes::Changes, overview, work},
    kit::{
        page::{
            Page,
            response::{self, PageResult},
        },
        session::{SESSION, Session, StaffForm, set_cookie},
        words,
    },
};

#[derive(Template)]
#[template(path = "promise/publish.html")]
struct Shown {
    page: Page,
    authors: Vec<String>,
    changes: String,
    /// What they looked at.
    seen: String,
}

/// Shows what would be published.
pub(super) async fn get(State(app): State<App>, session: Session) -> PageResult {
    session.scope.permit(Permission::Publish)?;
    let work = work(&app, &session).await?;
    let refusal = match work.stage {
        // Whoever goes back after publishing sees what is published now.
        Stage::NoDraft | Stage::Open => return Ok(response::redirect(HOME)),
        Stage::Submitted { .. } if work.is_by(&session.scope.actor()) => {
            Some(DraftRefusal::OwnWork)
        }
        Stage::Submitted { .. } => work.is_behind().then_some(DraftRefusal::OutOfDate),
    };
    if let Some(refusal) = refusal {
        return Err(ServiceError::from(refusal).into());
    }
    let page = session.page(words::t("publish-title"));
    Ok(response::render(&Shown {
        page: page.back(HOME, words::t("promise-title")),
        authors: overview::names(&app, work.authors.clone()).await?,
        changes: Changes::read(&app, &session, &work).await?.html(),
        seen: work.version(),
    }))
}

/// Publishes it. Whoever finds an open browser does not publish: the password is asked for.
pub(super) async fn post(State(app): State<App>, sent: StaffForm) -> PageResult {
    sent.session.scope.permit(Permission::Publish)?;
    let StaffForm { session, form } = sent.require_recent_login()?;
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let seen = form.raw("seen").to_owned();
    let published = app.database.write(move |tx| {
        let council = scope.require_council()?;
        let older = tx.newest_edition(council)?;
        Ok((drafts::publish(tx, &scope, &seen, now)?, older))
    });
    let (newest, older) = published.await.map_err(|error: ServiceError| error)?;
    // It is published; a phone that comes before this is done compresses for itself.
    let ahead = app.clone();
    tokio::spawn(async move {
        if let Err(error) = ahead.compressor.compress_ahead(&newest, older.as_ref()).await {
            tracing::warn!(%error, "packs were not compressed ahead");
        }
    });
    let mut response = response::redirect(&format!("{HOME}?done=published"));
    // Browsers keep whole pages to go back to, which would offer once more what is done. They let
    // go of them when a cookie is set.
    set_cookie(response.headers_mut(), SESSION, &session.token);
    Ok(response)
}
