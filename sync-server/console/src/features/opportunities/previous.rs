//! Clearing away what has been over for more than a month: ticked, checked, done.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State;
use promise_edition::opportunities::to_texts;
use promise_services::{
    Permission, ServiceError,
    opportunities::{self, OpportunityRow},
    publishing::drafts::DraftRefusal,
};

use crate::{
    App,
    features::opportunities::{HOME, can_edit, edit::Form, format},
    kit::{
        forms::{Choice, Field, Input, Question, choice},
        page::{
            FieldError, Page,
            response::{self, PageResult},
        },
        session::{Session, StaffForm},
        words,
    },
};

/// What was over, with its fingerprint.
type Old = Vec<(OpportunityRow, String)>;

#[derive(Template)]
#[template(path = "opportunities/previous_none.html")]
struct Nothing {
    page: Page,
    text: String,
}

async fn read(app: &App, session: &Session) -> Result<Old, ServiceError> {
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    scope.permit(Permission::Edit)?;
    let (old, stage) =
        app.database.read(move |tx| opportunities::list_outdated(tx, &scope, now)).await?;
    if can_edit(session, &stage) { Ok(old) } else { Err(DraftRefusal::Submitted.into()) }
}

/// One of them and its fingerprint, in the value of a box to tick.
fn value(row: &OpportunityRow, print: &str) -> String {
    format!("{} {print}", row.opportunity.id)
}

fn called(row: &OpportunityRow) -> String {
    let texts = to_texts(&row.opportunity);
    let column = if row.opportunity.closes_at.is_some() { "closes" } else { "ends" };
    let day = texts.get(column).map_or("", String::as_str);
    words::format(
        "opp-old-one",
        &[
            ("title", row.opportunity.title.as_str().into()),
            ("day", format::told(column, day).into()),
        ],
    )
}

fn form(session: &Session, old: &Old, chosen: Option<&[String]>, errors: Vec<FieldError>) -> Form {
    let tick = |(row, print): &(OpportunityRow, String)| {
        let value = value(row, print);
        let is_selected = chosen.is_none_or(|chosen| chosen.contains(&value));
        Choice { is_selected, ..choice(&value, called(row), "") }
    };
    let field = Field::new("old", "opp-old-which", Input::Checks(old.iter().map(tick).collect()));
    Form {
        fields: vec![field.with_error(&errors)],
        page: session
            .page(words::t("opp-old-title"))
            .back(HOME, words::t("opp-title"))
            .with_errors(errors),
        lead: vec![words::t("opp-old-lead")],
        action: format!("{HOME}/old"),
        hidden: Vec::new(),
        button: words::t("opp-old-button"),
    }
}

/// Lists them, each ticked.
pub(super) async fn get(State(app): State<App>, session: Session) -> PageResult {
    let old = read(&app, &session).await?;
    if old.is_empty() {
        let page = session.page(words::t("opp-old-title"));
        let page = page.back(HOME, words::t("opp-title"));
        return Ok(response::render(&Nothing { page, text: words::t("opp-old-none") }));
    }
    Ok(response::render(&form(&session, &old, None, Vec::new())))
}

/// Shows those that are ticked once more.
pub(super) async fn post_check(State(app): State<App>, sent: StaffForm) -> PageResult {
    let StaffForm { session, form: sent } = sent;
    let old = read(&app, &session).await?;
    let chosen = sent.all("old");
    let names: Vec<String> = old
        .iter()
        .filter(|(row, print)| chosen.contains(&value(row, print)))
        .map(|(row, _)| called(row))
        .collect();
    if chosen.is_empty() {
        let text = words::t("opp-old-missing");
        let errors = vec![FieldError { field: "old-0".to_owned(), message: text }];
        return Ok(response::invalid_form(&form(&session, &old, Some(&chosen), errors)));
    }
    if names.len() != chosen.len() {
        return Err(ServiceError::from(DraftRefusal::ChangedSinceRead).into());
    }
    let page = session.page(words::count("opp-old-check", names.len()));
    Ok(response::render(
        &Question::new(
            page.back(format!("{HOME}/old"), words::t("opp-old-title")),
            format!("{HOME}/old/remove"),
            "opp-old-remove",
        )
        .lead(words::t("opp-remove-lead"))
        .lead(words::t("remove-published"))
        .list(names)
        .hidden(chosen.into_iter().map(|it| ("old".to_owned(), it)).collect())
        .danger(),
    ))
}

/// Removes them, if they are still what was seen.
pub(super) async fn post_remove(State(app): State<App>, sent: StaffForm) -> PageResult {
    let (scope, now) = (sent.session.scope, app.clock.now_millis());
    let named: BTreeMap<String, String> = sent
        .form
        .all("old")
        .iter()
        .filter_map(|it| it.split_once(' '))
        .map(|(id, print)| (id.to_owned(), print.to_owned()))
        .collect();
    app.database.write(move |tx| opportunities::remove_outdated(tx, &scope, &named, now)).await?;
    Ok(response::redirect(&format!("{HOME}?done=old")))
}
