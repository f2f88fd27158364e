//! Discarding the draft.

use axum::extract::State;
use promise_services::{
    ServiceError,
    publishing::drafts::{self, DraftRefusal, Stage},
};

use crate::{
    App,
    features::promise::{PROMISE, load_editable, overview::actor_names},
    kit::{
        forms::Question,
        page::response::{self, PageResult},
        session::{Session, StaffForm},
        words,
    },
};

/// Asks for a confirmation, and names the authors whose work would be lost.
pub(super) async fn get(State(app): State<App>, session: Session) -> PageResult {
    let draft = load_editable(&app, &session).await?;
    if draft.stage == Stage::NoDraft {
        return Err(ServiceError::from(DraftRefusal::NothingChanged).into());
    }
    let page = session.page(words::t("discard-title")).back(PROMISE, words::t("promise-title"));
    let question = Question::new(page, format!("{PROMISE}/discard"), "discard-button")
        .lead(words::t("discard-lead"))
        .lead(words::t("discard-whose"))
        .list(actor_names(&app, draft.authors.clone()).await?)
        .hidden(vec![("seen".into(), draft.version())])
        .danger();
    Ok(response::render(&question))
}

/// Discards the draft, if it has not changed since the confirmation was shown.
pub(super) async fn post(State(app): State<App>, submitted: StaffForm) -> PageResult {
    let (scope, now) = (submitted.session.scope, app.clock.now_millis());
    let seen = submitted.form.raw("seen").to_owned();
    app.database.write(move |tx| drafts::discard(tx, &scope, &seen, now)).await?;
    Ok(response::redirect(&format!("{PROMISE}?done=discarded")))
}
