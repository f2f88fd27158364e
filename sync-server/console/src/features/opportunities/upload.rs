//! Uploading a sheet, or pasting one.

use askama::Template;
use axum::{body::Bytes, extract::State};
use promise_database::DatabaseError;
use promise_edition::{Issue, IssueKind, Sheet, read_sheet};
use promise_services::{
    Permission, ServiceError,
    publishing::imports::{self, MAX_BYTES},
};

use crate::{
    App,
    features::opportunities::{HOME, format},
    kit::{
        forms::issue_text,
        page::{
            FieldError, Page,
            response::{self, PageError, PageResult},
        },
        session::{Session, UploadForm},
        words::{self, times},
    },
};

#[derive(Template)]
#[template(path = "opportunities/import.html")]
struct Uploading {
    page: Page,
    /// When the sheet that waits was uploaded; empty if none waits.
    waits: String,
    text: String,
    file_error: String,
    text_error: String,
}

fn uploading(session: &Session, waits: String, text: String, errors: Vec<FieldError>) -> Uploading {
    let of = |field: &str| {
        let own = errors.iter().find(|error| error.field == field);
        own.map(|error| error.message.clone()).unwrap_or_default()
    };
    let page = session.page(words::t("import-title"));
    Uploading {
        waits,
        text,
        file_error: of("file"),
        text_error: of("text"),
        page: page.back(HOME, words::t("opp-title")).with_errors(errors),
    }
}

/// Shows the form.
pub(super) async fn get(State(app): State<App>, session: Session) -> PageResult {
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let waiting = app.database.read(move |tx| imports::uploaded_at(tx, &scope, now)).await;
    let waits = waiting.map_err(|error: ServiceError| error)?;
    let waits = waits.map(|at| times::date_time(at, now)).unwrap_or_default();
    Ok(response::render(&uploading(&session, waits, String::new(), Vec::new())))
}

/// Keeps the sheet and shows what it would change.
pub(super) async fn post(State(app): State<App>, sent: UploadForm<MAX_BYTES>) -> PageResult {
    let UploadForm { session, form, file, is_too_large } = sent;
    session.scope.permit(Permission::Edit)?;
    let text = form.raw("text");
    let (field, bytes) = if file.is_empty() {
        ("text", Bytes::copy_from_slice(text.as_bytes()))
    } else {
        ("file", file)
    };
    let sheet = if is_too_large || bytes.len() > MAX_BYTES {
        Err(words::t("import-too-large"))
    } else if bytes.iter().all(u8::is_ascii_whitespace) {
        Err(words::t("import-missing"))
    } else {
        read(&app, bytes).await?.map_err(|issue| refusal(&issue)).and_then(with_rows)
    };
    let sheet = match sheet {
        Ok(sheet) => sheet,
        Err(said) => {
            let field = if text.trim().is_empty() { "file" } else { field };
            let errors = vec![FieldError { field: field.to_owned(), message: said }];
            let page = uploading(&session, String::new(), text.to_owned(), errors);
            return Ok(response::invalid_form(&page));
        }
    };
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    app.database.write(move |tx| imports::store(tx, &scope, &sheet, now)).await?;
    Ok(response::redirect(&format!("{HOME}/import/check")))
}

/// Reads a sheet on a thread of its own, one at a time: a workbook takes up to a second and 200 MB.
async fn read(app: &App, bytes: Bytes) -> Result<Result<Sheet, Issue>, PageError> {
    let stopped = || PageError::from(DatabaseError::Stopped);
    let _turn = app.state.preparing.acquire().await.map_err(|_| stopped())?;
    #[expect(clippy::result_large_err, reason = "one for each sheet that cannot be read")]
    let read = move || read_sheet(&bytes);
    tokio::task::spawn_blocking(read).await.map_err(|_| stopped())
}

fn with_rows(sheet: Sheet) -> Result<Sheet, String> {
    if sheet.rows.is_empty() { Err(words::t("import-no-rows")) } else { Ok(sheet) }
}

fn refusal(issue: &Issue) -> String {
    let with_columns = |key, columns: &[&str]| words::with(key, "columns", &columns.join(", "));
    match (&issue.kind, issue.field()) {
        (IssueKind::EmptySheet { .. }, _) => words::t("import-missing"),
        (IssueKind::MissingColumns { columns }, _) => with_columns("import-columns", columns),
        (IssueKind::DuplicateColumn, Some(column)) => {
            with_columns("import-twice", &[column, &format::label(column)])
        }
        _ => issue_text(issue, ""),
    }
}
