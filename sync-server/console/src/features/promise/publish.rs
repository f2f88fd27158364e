//! Publishing a draft that other editors wrote.

use askama::Template;
use axum::extract::State;
use promise_services::{
    Permission, ServiceError,
    publishing::drafts::{self, DraftRefusal, Stage},
};

use crate::{
    App,
    features::promise::{PROMISE, changes::ChangesListTemplate, load, overview::actor_names},
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
struct PublishTemplate {
    page: Page,
    authors: Vec<String>,
    changes: String,
    /// The version of the draft that the page shows.
    seen: String,
}

/// Shows what would be published.
pub(super) async fn get(State(app): State<App>, session: Session) -> PageResult {
    session.scope.permit(Permission::Publish)?;
    let draft = load(&app, &session).await?;
    let refusal = match draft.stage {
        // For example after publishing, when the publisher goes back.
        Stage::NoDraft | Stage::Open => return Ok(response::redirect(PROMISE)),
        Stage::Submitted { .. } if draft.is_by(&session.scope.actor()) => {
            Some(DraftRefusal::OwnWork)
        }
        Stage::Submitted { .. } => draft.is_behind().then_some(DraftRefusal::OutOfDate),
    };
    if let Some(refusal) = refusal {
        return Err(ServiceError::from(refusal).into());
    }
    let page = session.page(words::t("publish-title"));
    Ok(response::render(&PublishTemplate {
        page: page.back(PROMISE, words::t("promise-title")),
        authors: actor_names(&app, draft.authors.clone()).await?,
        changes: ChangesListTemplate::load(&app, &session, &draft).await?.html(),
        seen: draft.version(),
    }))
}

/// Publishes the draft. Requires the password first, so that an unattended browser is not
/// enough.
pub(super) async fn post(State(app): State<App>, submitted: StaffForm) -> PageResult {
    submitted.session.scope.permit(Permission::Publish)?;
    let StaffForm { session, form } = submitted.require_recent_login()?;
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let seen = form.raw("seen").to_owned();
    let published = app.database.write(move |tx| drafts::publish(tx, &scope, &seen, now)).await?;
    // A phone that requests a pack before this is done has it compressed for itself.
    let compressor = app.compressor.clone();
    tokio::spawn(async move {
        if let Err(error) = compressor.compress_ahead(&published).await {
            tracing::warn!(%error, "packs were not compressed ahead");
        }
    });
    let mut response = response::redirect(&format!("{PROMISE}?done=published"));
    // Browsers cache whole pages for going back, which would offer to publish again. Setting a
    // cookie evicts them.
    set_cookie(response.headers_mut(), SESSION, &session.token);
    Ok(response)
}
