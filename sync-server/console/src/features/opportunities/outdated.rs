//! The pages that remove opportunities that ended more than a month ago.

use std::collections::BTreeMap;

use axum::extract::State;
use promise_edition::opportunities::to_texts;
use promise_services::{
    Permission, ServiceError,
    opportunities::{self, OpportunityRow},
    publishing::drafts::DraftRefusal,
};

use crate::{
    App,
    features::opportunities::{OPPORTUNITIES, check_editable, format},
    kit::{
        forms::{Choice, Field, Input, Question, choice, field_error},
        page::{
            FieldError,
            response::{self, PageResult},
        },
        session::{Session, StaffForm},
        words,
    },
};

/// The name of the checkboxes.
const FIELD: &str = "outdated";

/// An outdated opportunity with its fingerprint.
type Outdated = (OpportunityRow, String);

async fn load(app: &App, session: &Session) -> Result<Vec<Outdated>, ServiceError> {
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    scope.permit(Permission::Edit)?;
    let (outdated, stage) =
        app.database.read(move |tx| opportunities::list_outdated(tx, &scope, now)).await?;
    check_editable(session, &stage)?;
    Ok(outdated)
}

/// Returns the value of an opportunity's checkbox: its id and fingerprint.
fn checkbox_value((row, fingerprint): &Outdated) -> String {
    format!("{} {fingerprint}", row.opportunity.id)
}

/// Returns the id and fingerprint in the value of a checkbox.
fn parse_checkbox(value: &str) -> Option<(String, String)> {
    let (id, fingerprint) = value.split_once(' ')?;
    Some((id.to_owned(), fingerprint.to_owned()))
}

fn label((row, _): &Outdated) -> String {
    let opportunity = &row.opportunity;
    let texts = to_texts(opportunity);
    let column = if opportunity.closes_at.is_some() { "closes" } else { "ends" };
    let day = format::value(column, texts.get(column).map_or("", String::as_str));
    let arguments = [("title", opportunity.title.as_str().into()), ("day", day.into())];
    words::format("opp-outdated-one", &arguments)
}

fn path() -> String {
    format!("{OPPORTUNITIES}/outdated")
}

/// The form. All are selected at first.
fn form(
    session: &Session,
    outdated: &[Outdated],
    selected: Option<&[String]>,
    errors: Vec<FieldError>,
) -> Question {
    let option = |outdated: &Outdated| {
        let value = checkbox_value(outdated);
        let is_selected = selected.is_none_or(|selected| selected.contains(&value));
        Choice { is_selected, ..choice(&value, label(outdated), "") }
    };
    let options = outdated.iter().map(option).collect();
    let field = Field::new(FIELD, "opp-outdated-which", Input::Checks(options));
    let field = field.with_error(&errors);
    let page = session
        .page(words::t("opp-outdated-title"))
        .back(OPPORTUNITIES, words::t("opp-title"))
        .with_errors(errors);
    Question::new(page, path(), "opp-outdated-button")
        .lead(words::t("opp-outdated-lead"))
        .fields(vec![field])
}

/// Lists the outdated opportunities.
pub(super) async fn get(State(app): State<App>, session: Session) -> PageResult {
    let outdated = load(&app, &session).await?;
    if outdated.is_empty() {
        let page = session.page(words::t("opp-outdated-title"));
        let page = page.back(OPPORTUNITIES, words::t("opp-title"));
        let info = Question::info(page).lead(words::t("opp-outdated-none"));
        return Ok(response::render(&info));
    }
    Ok(response::render(&form(&session, &outdated, None, Vec::new())))
}

/// Asks for a confirmation of the selected ones.
pub(super) async fn post(State(app): State<App>, submitted: StaffForm) -> PageResult {
    let StaffForm { session, form: data } = submitted;
    let outdated = load(&app, &session).await?;
    let selected = data.all(FIELD);
    if selected.is_empty() {
        let errors = vec![field_error(&format!("{FIELD}-0"), "opp-outdated-missing")];
        return Ok(response::invalid_form(&form(&session, &outdated, Some(&selected), errors)));
    }
    let is_selected = |outdated: &&Outdated| selected.contains(&checkbox_value(outdated));
    let labels: Vec<String> = outdated.iter().filter(is_selected).map(label).collect();
    if labels.len() != selected.len() {
        return Err(ServiceError::from(DraftRefusal::ChangedSinceRead).into());
    }
    let page = session
        .page(words::count("opp-outdated-check", labels.len()))
        .back(path(), words::t("opp-outdated-title"));
    let question = Question::new(page, format!("{}/remove", path()), "opp-outdated-remove")
        .lead(words::t("opp-remove-lead"))
        .lead(words::t("remove-published"))
        .list(labels)
        .hidden(selected.into_iter().map(|value| (FIELD.to_owned(), value)).collect())
        .danger();
    Ok(response::render(&question))
}

/// Removes the selected ones, if they have not changed since the confirmation was shown.
pub(super) async fn post_remove(State(app): State<App>, submitted: StaffForm) -> PageResult {
    let (scope, now) = (submitted.session.scope, app.clock.now_millis());
    let values = submitted.form.all(FIELD);
    let selected: BTreeMap<String, String> =
        values.iter().filter_map(|value| parse_checkbox(value)).collect();
    app.database
        .write(move |tx| opportunities::remove_outdated(tx, &scope, &selected, now))
        .await?;
    Ok(response::redirect(&format!("{OPPORTUNITIES}?done=outdated")))
}
