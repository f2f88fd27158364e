//! The order of lines, and taking one away.

use axum::extract::{Path, State};
use promise_services::{Permission, directory, publishing::drafts::fingerprint};

use crate::{
    App,
    features::directory::{HOME, nothing, open},
    kit::{
        format,
        forms::Question,
        page::response::{self, PageResult},
        session::{Session, StaffForm},
        url::line_path,
        words,
    },
};

/// Moves a line up or down.
pub(super) async fn post_move(
    State(app): State<App>,
    Path(id): Path<String>,
    sent: StaffForm,
) -> PageResult {
    let (scope, now) = (sent.session.scope, app.clock.now_millis());
    scope.permit(Permission::Edit)?;
    let up = match sent.form.raw("to") {
        "up" => true,
        "down" => false,
        _ => return Err(nothing("direction")),
    };
    app.database.write(move |tx| directory::move_line(tx, &scope, &id, up, now)).await?;
    Ok(response::redirect(&format!("{HOME}?done=moved")))
}

/// Asks before a line goes.
pub(super) async fn get_remove(
    State(app): State<App>,
    session: Session,
    Path(id): Path<String>,
) -> PageResult {
    let board = open(&app, &session).await?;
    let line = board.directory.lines.0.iter().find(|line| line.id == id);
    let line = line.ok_or_else(|| nothing("line"))?;
    let name = line.display_name.get("en").unwrap_or(&line.id).clone();
    let page = session.page(words::with("line-remove-title", "name", &name));
    Ok(response::render(
        &Question::new(
            page.back(HOME, words::t("directory-title")),
            format!("{}/remove", line_path(&id)),
            "line-remove",
        )
        .lead(words::t("line-remove-lead"))
        .lead(words::t("remove-published"))
        .list(format::phones(&line.phones))
        .hidden(vec![("seen".to_owned(), fingerprint(line))])
        .danger(),
    ))
}

/// Removes a line, if it is still what was seen.
pub(super) async fn post_remove(
    State(app): State<App>,
    Path(id): Path<String>,
    sent: StaffForm,
) -> PageResult {
    let (scope, now) = (sent.session.scope, app.clock.now_millis());
    let seen = sent.form.raw("seen").to_owned();
    app.database.write(move |tx| directory::remove_line(tx, &scope, &id, &seen, now)).await?;
    Ok(response::redirect(&format!("{HOME}?done=removed")))
}
