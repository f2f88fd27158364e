//! CSV downloads: the empty template, the table, and the invalid rows of an uploaded sheet.

use std::iter;

use axum::{extract::State, response::Response};
use promise_edition::{
    Texts,
    opportunities::{TEMPLATE_COLUMNS, columns, to_csv, to_texts},
};
use promise_services::{
    Entity, Permission, ServiceError,
    publishing::{drafts, imports::InvalidRow},
};

use crate::{
    App,
    features::opportunities::{format, import::load_plan},
    kit::{csv, page::response::PageResult, session::Session},
};

fn download(name: &str, csv: Vec<u8>) -> Response {
    csv::download(name, "text/csv; charset=utf-8", csv.into())
}

/// Downloads the columns without any rows.
pub(super) async fn get_template(session: Session) -> PageResult {
    session.scope.permit(Permission::SeePublished)?;
    let rows = iter::empty::<(&Texts, Option<String>)>();
    let csv = to_csv(&TEMPLATE_COLUMNS, rows, false);
    Ok(download("opportunities-template.csv", csv))
}

/// Downloads every opportunity of the draft. Uploaded as it is, the file changes nothing.
pub(super) async fn get_table(State(app): State<App>, session: Session) -> PageResult {
    let scope = session.scope.clone();
    let draft = app.database.read(move |tx| drafts::load(tx, &scope)).await;
    let draft = draft.map_err(|error: ServiceError| error)?;
    let opportunities = &draft.content.opportunities.opportunities.0;
    let rows: Vec<Texts> = opportunities.iter().map(to_texts).collect();
    let columns: Vec<&'static str> = columns().collect();
    let csv = to_csv(&columns, rows.iter().map(|row| (row, None)), false);
    Ok(download("opportunities.csv", csv))
}

/// Downloads the invalid rows of the uploaded sheet, each with its issues.
pub(super) async fn get_invalid_rows(State(app): State<App>, session: Session) -> PageResult {
    let plan = load_plan(&app, &session).await?.ok_or(ServiceError::NotFound(Entity::Upload))?;
    let issues_of = |row: &InvalidRow| {
        let issues: Vec<String> = row.issues.iter().map(format::issue).collect();
        issues.join(". ")
    };
    let rows = plan.invalid.iter().map(|row| (&row.texts, Some(issues_of(row))));
    let csv = to_csv(&plan.columns, rows, true);
    Ok(download("opportunities-to-fix.csv", csv))
}
