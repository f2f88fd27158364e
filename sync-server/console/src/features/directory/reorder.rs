//! Moving a line up or down, and removing one.

use axum::extract::{Path, State};
use promise_services::{
    Entity, Permission, ServiceError, directory, publishing::drafts::fingerprint,
};

use crate::{
    App,
    features::directory::{DIRECTORY, find_line, line_name, load_editable},
    kit::{
        format,
        forms::Question,
        page::response::{self, PageResult},
        session::{Session, StaffForm},
        url::line_path,
        words,
    },
};

/// Moves a line by one place.
pub(super) async fn post_move(
    State(app): State<App>,
    Path(id): Path<String>,
    submitted: StaffForm,
) -> PageResult {
    let (scope, now) = (submitted.session.scope, app.clock.now_millis());
    scope.permit(Permission::Edit)?;
    let is_up = match submitted.form.raw("to") {
        "up" => true,
        "down" => false,
        _ => return Err(ServiceError::NotFound(Entity::Page).into()),
    };
    app.database.write(move |tx| directory::move_line(tx, &scope, &id, is_up, now)).await?;
    Ok(response::redirect(&format!("{DIRECTORY}?done=moved")))
}

/// Asks for a confirmation to remove a line.
pub(super) async fn get_remove(
    State(app): State<App>,
    session: Session,
    Path(id): Path<String>,
) -> PageResult {
    let view = load_editable(&app, &session).await?;
    let line = find_line(&view, &id)?;
    let page = session
        .page(words::with("line-remove-title", "name", line_name(line)))
        .back(DIRECTORY, words::t("directory-title"));
    let question = Question::removal(page, &line_path(&id), "line-remove", fingerprint(line))
        .lead(words::t("line-remove-lead"))
        .lead(words::t("remove-published"))
        .list(format::phones(&line.phones));
    Ok(response::render(&question))
}

/// Removes a line, if it has not changed since the confirmation was shown.
pub(super) async fn post_remove(
    State(app): State<App>,
    Path(id): Path<String>,
    submitted: StaffForm,
) -> PageResult {
    let (scope, now) = (submitted.session.scope, app.clock.now_millis());
    let seen = submitted.form.raw("seen").to_owned();
    app.database.write(move |tx| directory::remove_line(tx, &scope, &id, &seen, now)).await?;
    Ok(response::redirect(&format!("{DIRECTORY}?done=removed")))
}
