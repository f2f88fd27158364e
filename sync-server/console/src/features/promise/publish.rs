//! Publishing a draft that other editors wrote.

use askama::Template;
use axum::extract::State;
use promise_services::{
    Permission, ServiceError,
    publishing::drafts::{self, DraftRefusal, Stage, WorkingCopy},
};

use crate::{
    App,
    features::promise::{PROMISE, changes::ChangesListTemplate, load, overview::actor_names},
    kit::{
        page::{
            Page,
            response::{self, PageError, PageResult},
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
    // For example after publishing, when the publisher goes back.
    if !matches!(draft.stage, Stage::Submitted { .. }) {
        return Ok(response::redirect(PROMISE));
    }
    if let Some(refusal) = publish_refusal(&app, &session, &draft).await? {
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

/// Returns why the caller, a publisher, cannot publish the draft.
pub(super) async fn publish_refusal(
    app: &App,
    session: &Session,
    draft: &WorkingCopy,
) -> Result<Option<DraftRefusal>, PageError> {
    let (scope, draft, now) = (session.scope.clone(), draft.clone(), app.clock.now_millis());
    let read = app.database.read(move |tx| drafts::publish_refusal(tx, &scope, &draft, now)).await;
    read.map_err(|error: ServiceError| error.into())
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
