//! The form that corrects an invalid row of an uploaded sheet.

use axum::extract::{Path, State};
use promise_edition::{Issue, opportunities::normalise_texts};
use promise_services::{
    ServiceError,
    publishing::imports::{self, InvalidRow},
};

use crate::{
    App,
    features::opportunities::{
        form::OpportunityForm,
        format,
        import::{CHECK, IMPORT},
        parts::PARTS,
    },
    kit::{
        forms::{Question, cost_confirmation},
        page::{
            FieldError,
            response::{self, PageError, PageResult},
        },
        session::{Session, StaffForm},
        words,
    },
};

/// The hidden field with the fingerprint of the row as the form shows it.
const SEEN: &str = "seen";

fn question(
    session: &Session,
    row: &InvalidRow,
    form: &OpportunityForm,
    issues: &[Issue],
) -> Question {
    let line = row.line;
    let of_row = issues.iter().filter(|issue| issue.field().is_none()).map(format::issue);
    // The error summary links issues with the row as a whole to its first field.
    let at_field = |error: FieldError| {
        let field = if error.field.is_empty() { "ref".to_owned() } else { error.field };
        FieldError { field, ..error }
    };
    let errors: Vec<FieldError> = form.errors(issues).into_iter().map(at_field).collect();
    let fields = form.fields(&errors);
    let page = session
        .page(words::count("import-fix-title", line))
        .back(CHECK, words::t("import-check-title"))
        .with_errors(errors);
    let question = Question::new(page, format!("{IMPORT}/rows/{line}"), "import-fix-button")
        .lead(words::t("import-fix-lead"))
        .hidden(vec![(SEEN.to_owned(), row.fingerprint())])
        .fields(fields);
    of_row.fold(question, Question::lead)
}

/// Returns the columns of a row in the order of the forms, with those that have issues.
fn columns(row: &InvalidRow) -> Vec<&'static str> {
    let parts = PARTS.iter().flat_map(|part| part.columns.iter().copied());
    let all = ["ref"].into_iter().chain(parts).chain(["status"]);
    let has = |name: &str| {
        row.texts.contains_key(name) || row.issues.iter().any(|issue| issue.field() == Some(name))
    };
    // The fields of places hold both columns.
    all.filter(|column| has(column) || (*column == "area" && has("postcode"))).collect()
}

async fn load_row(app: &App, session: &Session, line: &str) -> Result<InvalidRow, PageError> {
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let line = line.parse().unwrap_or_default();
    let row = app.database.read(move |tx| imports::find_invalid_row(tx, &scope, line, now)).await;
    row.map_err(|error: ServiceError| error.into())
}

/// Shows a row with its issues.
pub(in crate::features::opportunities) async fn get(
    State(app): State<App>,
    session: Session,
    Path(line): Path<String>,
) -> PageResult {
    let row = load_row(&app, &session, &line).await?;
    let texts = normalise_texts(&row.texts, &row.issues);
    let form = OpportunityForm::of_texts(&columns(&row), &texts);
    Ok(response::render(&question(&session, &row, &form, &row.issues)))
}

/// Saves the row in the uploaded sheet, if it is valid.
pub(in crate::features::opportunities) async fn post(
    State(app): State<App>,
    submitted: StaffForm,
) -> PageResult {
    let StaffForm { session, form: data } = submitted;
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let seen = data.raw(SEEN).to_owned();
    let row =
        app.database.read(move |tx| imports::find_unchanged_row(tx, &scope, &seen, now)).await;
    let row = row.map_err(|error: ServiceError| error)?;
    let mut form = OpportunityForm::read(&columns(&row), &data);
    let costly = form.confirm_cost(&data);
    if form.is_invalid() {
        return Ok(response::invalid_form(&question(&session, &row, &form, &[])));
    }
    if !data.raw(cost_confirmation::CHANGE).is_empty() {
        return Ok(response::render(&question(&session, &row, &form, &[])));
    }
    if !costly.is_empty() {
        let page = session.page(words::t("phone-cost-title"));
        let action = format!("{IMPORT}/rows/{}", row.line);
        let question = cost_confirmation::question(page, action, &data, &costly);
        return Ok(response::render(&question));
    }
    let (scope, texts, seen) = (session.scope.clone(), form.texts.clone(), row.fingerprint());
    let issues =
        app.database.write(move |tx| imports::correct_row(tx, &scope, &seen, &texts, now)).await?;
    if issues.is_empty() {
        return Ok(response::redirect(&format!("{CHECK}?done=fixed")));
    }
    Ok(response::invalid_form(&question(&session, &row, &form, &issues)))
}
