//! The page that uploads a sheet, as a file or as pasted text.

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
    features::opportunities::{OPPORTUNITIES, format, import::CHECK},
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
struct UploadTemplate {
    page: Page,
    /// When the last sheet was uploaded, if it was not applied yet.
    uploaded: Option<String>,
    text: String,
    file_error: String,
    text_error: String,
}

impl UploadTemplate {
    fn new(
        session: &Session,
        uploaded: Option<String>,
        text: String,
        errors: Vec<FieldError>,
    ) -> Self {
        let error_of = |field: &str| {
            let error = errors.iter().find(|error| error.field == field);
            error.map(|error| error.message.clone()).unwrap_or_default()
        };
        let page = session.page(words::t("import-title"));
        Self {
            uploaded,
            text,
            file_error: error_of("file"),
            text_error: error_of("text"),
            page: page.back(OPPORTUNITIES, words::t("opp-title")).with_errors(errors),
        }
    }
}

/// Shows the form.
pub(in crate::features::opportunities) async fn get(
    State(app): State<App>,
    session: Session,
) -> PageResult {
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let uploaded = app.database.read(move |tx| imports::uploaded_at(tx, &scope, now)).await;
    let uploaded = uploaded.map_err(|error: ServiceError| error)?;
    let uploaded = uploaded.map(|at| times::date_time(at, now));
    Ok(response::render(&UploadTemplate::new(&session, uploaded, String::new(), Vec::new())))
}

/// Stores a sheet, and redirects to what it would change.
pub(in crate::features::opportunities) async fn post(
    State(app): State<App>,
    submitted: UploadForm<MAX_BYTES>,
) -> PageResult {
    let UploadForm { session, form, file, is_too_large, .. } = submitted;
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
        parse(&app, bytes).await?
    };
    let sheet = match sheet {
        Ok(sheet) => sheet,
        Err(message) => {
            let field = if text.trim().is_empty() { "file" } else { field };
            let errors = vec![FieldError { field: field.to_owned(), message }];
            let template = UploadTemplate::new(&session, None, text.to_owned(), errors);
            return Ok(response::invalid_form(&template));
        }
    };
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    app.database.write(move |tx| imports::store(tx, &scope, &sheet, now)).await?;
    Ok(response::redirect(CHECK))
}

/// Reads a sheet, or returns the message of its issue. Sheets are read one at a time, because a
/// workbook takes up to a second and 200 MB.
async fn parse(app: &App, bytes: Bytes) -> Result<Result<Sheet, String>, PageError> {
    let stopped = || PageError::from(DatabaseError::Stopped);
    let _permit = app.state.preparing.acquire().await.map_err(|_| stopped())?;
    #[expect(clippy::result_large_err, reason = "one for each sheet that cannot be read")]
    let sheet = tokio::task::spawn_blocking(move || read_sheet(&bytes)).await;
    Ok(match sheet.map_err(|_| stopped())? {
        Ok(sheet) if sheet.rows.is_empty() => Err(words::t("import-no-rows")),
        Ok(sheet) => Ok(sheet),
        Err(issue) => Err(message(&issue)),
    })
}

/// Returns the message of an issue with the sheet as a whole.
fn message(issue: &Issue) -> String {
    let with_columns = |key, columns: &[&str]| words::with(key, "columns", &columns.join(", "));
    match (&issue.kind, issue.field()) {
        (IssueKind::EmptySheet { .. }, _) => words::t("import-missing"),
        (IssueKind::MissingColumns { columns }, _) => {
            with_columns("import-required-columns", columns)
        }
        (IssueKind::DuplicateColumn, Some(column)) => {
            with_columns("import-duplicate-column", &[column, &format::label(column)])
        }
        _ => issue_text(issue, ""),
    }
}
