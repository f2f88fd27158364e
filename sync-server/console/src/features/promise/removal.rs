//! The pages that remove a section or a pledge.

use axum::extract::{Path, State};
use promise_services::publishing::{
    drafts::fingerprint,
    promise::{PromiseRecord, english_or, remove_pledge, remove_section, section_fingerprint},
};

use crate::{
    App,
    features::promise::{PROMISE, find_pledge, find_section, load_editable, record_path},
    kit::{
        forms::Question,
        page::response::{self, PageResult},
        session::{Session, StaffForm},
        words,
    },
};

/// Asks for a confirmation to remove a section, and lists its pledges.
pub(super) async fn get_section(
    State(app): State<App>,
    session: Session,
    Path(id): Path<String>,
) -> PageResult {
    let draft = load_editable(&app, &session).await?;
    let promise = &draft.content.promise;
    let title = english_or(&find_section(promise, &id)?.title, &id);
    let pledges = promise.pledges.0.iter().filter(|pledge| pledge.section == id);
    let titles: Vec<String> = pledges.map(|pledge| english_or(&pledge.title, &pledge.id)).collect();
    let lead = if titles.is_empty() { "section-remove-empty" } else { "section-remove-with" };
    let path = record_path(&PromiseRecord::Section(id.clone()));
    let page =
        session.page(words::with("section-remove-title", "name", &title)).back(path.clone(), title);
    let question =
        Question::removal(page, &path, "section-remove", section_fingerprint(promise, &id))
            .lead(words::t("remove-published"))
            .lead(words::t(lead))
            .list(titles);
    Ok(response::render(&question))
}

/// Removes a section with its pledges, if they have not changed since the confirmation was shown.
pub(super) async fn post_section(
    State(app): State<App>,
    Path(id): Path<String>,
    submitted: StaffForm,
) -> PageResult {
    let (scope, now) = (submitted.session.scope, app.clock.now_millis());
    let seen = submitted.form.raw("seen").to_owned();
    app.database.write(move |tx| remove_section(tx, &scope, &id, &seen, now)).await?;
    Ok(response::redirect(&format!("{PROMISE}?done=removed")))
}

/// Asks for a confirmation to remove a pledge.
pub(super) async fn get_pledge(
    State(app): State<App>,
    session: Session,
    Path(id): Path<String>,
) -> PageResult {
    let draft = load_editable(&app, &session).await?;
    let pledge = find_pledge(&draft.content.promise, &id)?;
    let title = english_or(&pledge.title, &id);
    let path = record_path(&PromiseRecord::Pledge(id));
    let page =
        session.page(words::with("pledge-remove-title", "name", &title)).back(path.clone(), title);
    let question = Question::removal(page, &path, "pledge-remove", fingerprint(pledge))
        .lead(words::t("pledge-remove-lead"))
        .lead(words::t("remove-published"));
    Ok(response::render(&question))
}

/// Removes a pledge, if it has not changed since the confirmation was shown.
pub(super) async fn post_pledge(
    State(app): State<App>,
    Path(id): Path<String>,
    submitted: StaffForm,
) -> PageResult {
    let (scope, now) = (submitted.session.scope, app.clock.now_millis());
    let seen = submitted.form.raw("seen").to_owned();
    let section = app.database.write(move |tx| remove_pledge(tx, &scope, &id, &seen, now)).await?;
    Ok(response::redirect(&format!("{PROMISE}/sections/{section}?done=removed")))
}
