//! The page that uploads the three files.

use std::{collections::BTreeMap, sync::Arc};

use askama::Template;
use axum::{body::Bytes, extract::State};
use promise_database::DatabaseError;
use promise_edition::{Issue, IssueKind};
use promise_services::{
    Permission, ServiceError,
    allocations::{
        self, AllocationFile, AllocationFiles, AllocationRefusal, CountedRoles, Extract, MAX_BYTES,
        UnreadableFile,
    },
};

use crate::{
    App,
    features::allocations::plan,
    kit::{
        forms::{Field, FormData, Input, field_error, issue_text},
        page::{
            FieldError, Page,
            response::{self, PageError, PageResult},
        },
        session::{Session, UploadForm},
        words,
    },
};

const FILES: [AllocationFile; 3] =
    [AllocationFile::Involvements, AllocationFile::Professionals, AllocationFile::Directory];

/// The field with the roles that count, one in each line.
const ROLES: &str = "roles";

/// A field that chooses a file.
struct FileField {
    name: &'static str,
    label: String,
    hint: String,
    error: String,
}

#[derive(Template)]
#[template(path = "allocations/upload.html")]
struct UploadTemplate {
    page: Page,
    files: Vec<FileField>,
    fields: Vec<Field>,
}

fn template(session: &Session, roles: &str, errors: Vec<FieldError>) -> UploadTemplate {
    let file = |file: AllocationFile| {
        let name = file.as_str();
        let own = errors.iter().find(|error| error.field == name);
        FileField {
            name,
            label: words::t(&format!("alloc-file-{name}")),
            hint: words::t(&format!("alloc-file-{name}-hint")),
            error: own.map(|error| error.message.clone()).unwrap_or_default(),
        }
    };
    let roles = Field::area(ROLES, "alloc-roles", roles).hint("alloc-roles-hint");
    UploadTemplate {
        files: FILES.map(file).into(),
        fields: vec![roles.with_error(&errors)],
        page: session
            .page(words::t("alloc-title"))
            .back("/console/people", words::t("nav-people"))
            .with_errors(errors),
    }
}

/// Shows the form.
pub(super) async fn get(session: Session) -> PageResult {
    session.scope.permit(Permission::GivePeople)?;
    Ok(response::render(&template(&session, "", Vec::new())))
}

/// Shows the form again, because the council's assignments changed after the plan was shown.
pub(super) fn upload_again(session: &Session) -> axum::response::Response {
    let errors = vec![field_error(AllocationFile::Involvements.as_str(), "alloc-changed")];
    response::conflict(&template(session, "", errors))
}

/// Shows what the files would change.
pub(super) async fn post(State(app): State<App>, submitted: UploadForm<MAX_BYTES>) -> PageResult {
    let UploadForm { session, form, mut others, is_too_large, .. } = submitted;
    session.scope.permit(Permission::GivePeople)?;
    let typed = form.lines(ROLES);
    let files = FILES.map(|file| take(&mut others, &form, file));
    let errors = if is_too_large {
        vec![field_error(AllocationFile::Involvements.as_str(), "alloc-too-large")]
    } else {
        let empty = FILES.iter().zip(&files).filter(|(_, bytes)| bytes.is_empty());
        empty.map(|(file, _)| field_error(file.as_str(), "alloc-file-missing")).collect()
    };
    if !errors.is_empty() {
        return Ok(response::invalid_form(&template(&session, &typed, errors)));
    }
    let extract = match parse(&app, files).await? {
        Ok(extract) => Arc::new(extract),
        Err(unreadable) => {
            let errors = vec![unreadable_error(&unreadable)];
            return Ok(response::invalid_form(&template(&session, &typed, errors)));
        }
    };
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let roles = CountedRoles::new(typed.lines());
    let planned = app.database.read(move |tx| {
        let council = scope.require_council()?.clone();
        allocations::plan(tx, &scope, &council, &extract, &roles, now)
    });
    match planned.await {
        Ok(planned) => Ok(response::render(&plan::template(&session, &planned))),
        Err(ServiceError::Allocations(AllocationRefusal::NoCountedRole { roles })) => {
            let message = words::with("alloc-no-role", "roles", &roles.join(", "));
            let errors = vec![FieldError { field: ROLES.to_owned(), message }];
            Ok(response::invalid_form(&template(&session, &typed, errors)))
        }
        Err(error) => Err(error.into()),
    }
}

/// Returns the bytes of a file. A form that has no files has their text in its fields.
fn take(files: &mut BTreeMap<String, Bytes>, form: &FormData, file: AllocationFile) -> Bytes {
    let chosen = files.remove(file.as_str());
    chosen.unwrap_or_else(|| Bytes::copy_from_slice(form.raw(file.as_str()).as_bytes()))
}

/// Reads the files, one upload at a time: they can be large.
async fn parse(app: &App, files: [Bytes; 3]) -> Result<Result<Extract, UnreadableFile>, PageError> {
    let stopped = || PageError::from(DatabaseError::Stopped);
    let _permit = app.state.preparing.acquire().await.map_err(|_| stopped())?;
    let extract = tokio::task::spawn_blocking(move || {
        let [involvements, professionals, directory] = &files;
        Extract::read(&AllocationFiles { involvements, professionals, directory })
    });
    extract.await.map_err(|_| stopped())
}

fn unreadable_error(unreadable: &UnreadableFile) -> FieldError {
    let (file, message) = match unreadable {
        UnreadableFile::Sheet { file, issue } => (*file, sheet_message(issue)),
        UnreadableFile::NoRows(file) => (*file, words::t("alloc-no-rows")),
        UnreadableFile::MonthFirst { row } => {
            (AllocationFile::Involvements, words::count("alloc-month-first", *row))
        }
    };
    FieldError { field: file.as_str().to_owned(), message }
}

fn sheet_message(issue: &Issue) -> String {
    match (&issue.kind, issue.field()) {
        (IssueKind::EmptySheet { .. }, _) => words::t("alloc-no-rows"),
        (IssueKind::MissingColumns { columns }, _) => {
            words::with("alloc-missing-columns", "columns", &columns.join(", "))
        }
        (IssueKind::DuplicateColumn, Some(column)) => {
            words::with("alloc-duplicate-column", "column", column)
        }
        _ => issue_text(issue, ""),
    }
}
