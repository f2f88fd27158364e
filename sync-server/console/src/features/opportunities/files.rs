//! What can be downloaded as CSV: the template, the table, and rows with a mistake.

use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use promise_edition::{
    Texts,
    opportunities::{TEMPLATE_COLUMNS, columns, to_csv, to_texts},
};
use promise_services::{
    Permission, ServiceError,
    publishing::{drafts, imports},
};

use crate::{
    App,
    features::opportunities::format,
    kit::{page::response::PageResult, session::Session},
};

fn download(name: &'static str, bytes: Vec<u8>) -> Response {
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static(name));
    response
}

/// The columns to fill in, and nothing else.
pub(super) async fn get_template(session: Session) -> PageResult {
    session.scope.permit(Permission::SeePublished)?;
    let none = std::iter::empty::<(&Texts, Option<String>)>();
    let bytes = to_csv(&TEMPLATE_COLUMNS, none, false);
    Ok(download("attachment; filename=\"opportunities-template.csv\"", bytes))
}

/// Every opportunity of the draft. Uploaded as it is, it changes nothing.
pub(super) async fn get_table(State(app): State<App>, session: Session) -> PageResult {
    let scope = session.scope.clone();
    let work = app.database.read(move |tx| drafts::load(tx, &scope)).await;
    let work = work.map_err(|error: ServiceError| error)?;
    let rows: Vec<Texts> =
        work.content.opportunities.opportunities.0.iter().map(to_texts).collect();
    let columns: Vec<&'static str> = columns().collect();
    let bytes = to_csv(&columns, rows.iter().map(|row| (row, None)), false);
    Ok(download("attachment; filename=\"opportunities.csv\"", bytes))
}

/// The rows of the sheet with a mistake, each with what is wrong.
pub(super) async fn get_rows_with_issues(State(app): State<App>, session: Session) -> PageResult {
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let plan = app.database.read(move |tx| imports::plan(tx, &scope, now)).await;
    let plan = plan.map_err(|error: ServiceError| error)?;
    let plan = plan.ok_or(ServiceError::NotFound("upload"))?;
    let rows = plan.wrong.iter().map(|row| {
        let issues: Vec<String> = row.issues.iter().map(format::issue).collect();
        (&row.texts, Some(issues.join(". ")))
    });
    let bytes = to_csv(&plan.columns, rows, true);
    Ok(download("attachment; filename=\"opportunities-to-mend.csv\"", bytes))
}
