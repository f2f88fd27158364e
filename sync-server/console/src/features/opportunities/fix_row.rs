//! Mending a row of an uploaded sheet.

use axum::extract::{Path, State};
use promise_edition::{Issue, opportunities::normalise_texts};
use promise_services::{
    ServiceError,
    publishing::imports::{self, InvalidRow},
};

use crate::{
    App,
    features::opportunities::{HOME, edit::Form, form::Typed, format, parts::PARTS},
    kit::{
        page::{
            FieldError,
            response::{self, PageError, PageResult},
        },
        session::{Session, StaffForm},
        words,
    },
};

fn form(session: &Session, line: usize, typed: &Typed, issues: &[Issue]) -> Form {
    let page = session.page(words::count("import-fix-title", line));
    let errors = typed.errors(issues);
    // What is wrong with the row as a whole has no field.
    let whole = issues.iter().filter(|issue| issue.field().is_none()).map(format::issue);
    let lead = [words::t("import-fix-lead")].into_iter().chain(whole);
    let first = || "ref".to_owned();
    let at_field = |it: FieldError| {
        let field = if it.field.is_empty() { first() } else { it.field };
        FieldError { field, ..it }
    };
    let errors: Vec<FieldError> = errors.into_iter().map(at_field).collect();
    let back = format!("{HOME}/import/check");
    Form {
        fields: typed.fields(&errors),
        page: page.back(back, words::t("import-check-title")).with_errors(errors),
        lead: lead.collect(),
        action: format!("{HOME}/import/rows/{line}"),
        hidden: Vec::new(),
        button: words::t("import-fix-button"),
    }
}

/// The columns of a row in the order of the forms, and those in which something is wrong.
fn columns(row: &InvalidRow) -> Vec<&'static str> {
    let all = PARTS.iter().flat_map(|part| part.columns.iter().copied());
    let all = ["ref"].into_iter().chain(all).chain(["status"]);
    let is_there = |column: &&str| {
        let has = |name: &str| {
            row.texts.contains_key(name)
                || row.issues.iter().any(|issue| issue.field() == Some(name))
        };
        has(column) || (*column == "area" && has("postcode"))
    };
    all.filter(is_there).collect()
}

async fn row(app: &App, session: &Session, line: &str) -> Result<InvalidRow, PageError> {
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let line = line.parse().unwrap_or_default();
    let row = app.database.read(move |tx| imports::find_invalid_row(tx, &scope, line, now)).await;
    row.map_err(|error: ServiceError| error.into())
}

/// Shows a row as a form, with what is wrong.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Path(line): Path<String>,
) -> PageResult {
    let row = row(&app, &session, &line).await?;
    let typed = Typed::held(&columns(&row), &normalise_texts(&row.texts, &row.issues));
    Ok(response::render(&form(&session, row.line, &typed, &row.issues)))
}

/// Puts it into the sheet, if it is right.
pub(super) async fn post(
    State(app): State<App>,
    Path(line): Path<String>,
    sent: StaffForm,
) -> PageResult {
    let StaffForm { session, form: posted } = sent;
    let row = row(&app, &session, &line).await?;
    let line = row.line;
    let typed = Typed::sent(&columns(&row), &posted);
    if typed.is_wrong() {
        return Ok(response::invalid_form(&form(&session, line, &typed, &[])));
    }
    let (scope, now, texts) = (session.scope.clone(), app.clock.now_millis(), typed.texts.clone());
    let issues =
        app.database.write(move |tx| imports::correct_row(tx, &scope, line, &texts, now)).await?;
    if issues.is_empty() {
        return Ok(response::redirect(&format!("{HOME}/import/check?done=mended")));
    }
    Ok(response::invalid_form(&form(&session, line, &typed, &issues)))
}
