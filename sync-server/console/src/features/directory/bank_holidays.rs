//! England's bank holidays, to be ticked and taken.

use std::collections::BTreeSet;

use axum::extract::State;
use chrono::{Datelike, NaiveDate};
use promise_services::{Permission, calendar::today, directory};

use crate::{
    App,
    features::directory::{days::DAYS, open},
    kit::{
        forms::{Choice, Field, Input, Question, choice},
        page::{
            FieldError,
            response::{self, PageResult},
        },
        session::{Session, StaffForm},
        words::{self, times},
    },
};

/// Those from today until the end of next year.
fn coming(app: &App) -> Vec<(NaiveDate, String)> {
    let today = today(app.clock.now_millis());
    let years = [today.year(), today.year() + 1];
    let all = years.into_iter().flat_map(directory::bank_holidays);
    all.filter(|(date, ..)| *date >= today)
        .map(|(date, which, is_instead)| {
            let name = words::t(&format!("holiday-{}", which.name()));
            let name =
                if is_instead { words::with("holiday-instead", "name", &name) } else { name };
            (date, name)
        })
        .collect()
}

fn page(
    session: &Session,
    days: &[(NaiveDate, String)],
    held: &BTreeSet<NaiveDate>,
    errors: Vec<FieldError>,
) -> Question {
    let tick = |(date, name): &(NaiveDate, String)| {
        let text = words::format(
            "holiday-on",
            &[("name", name.as_str().into()), ("day", times::day(*date).into())],
        );
        Choice { is_selected: true, ..choice(&date.to_string(), text, "") }
    };
    let new: Vec<Choice> = days.iter().filter(|(date, _)| !held.contains(date)).map(tick).collect();
    let known = days.iter().filter(|(date, _)| held.contains(date));
    let has_new = !new.is_empty();
    let fields = has_new.then(|| Field::new("day", "holiday-which", Input::Checks(new)));
    let lead = if has_new { "holiday-lead" } else { "holiday-none" };
    let fields = fields.into_iter().map(|field| field.with_error(&errors)).collect();
    let page = session
        .page(words::t("holiday-title"))
        .back(DAYS, words::t("days-title"))
        .with_errors(errors);
    let question = if has_new {
        Question::new(page, "/console/directory/bank-holidays", "holiday-button")
    } else {
        Question::info(page)
    };
    let known = known.map(|(date, name)| {
        let arguments = [("name", name.as_str().into()), ("day", times::day(*date).into())];
        words::format("holiday-known", &arguments)
    });
    question
        .lead(words::t(lead))
        .lead(words::t("holiday-rule"))
        .list(known.collect())
        .fields(fields)
}

/// Shows those that are not there yet, each ticked.
pub(super) async fn get(State(app): State<App>, session: Session) -> PageResult {
    let board = open(&app, &session).await?;
    let held = board.directory.closed_days.iter().map(|day| day.date).collect();
    Ok(response::render(&page(&session, &coming(&app), &held, Vec::new())))
}

/// Takes those that are ticked.
pub(super) async fn post(State(app): State<App>, sent: StaffForm) -> PageResult {
    let StaffForm { session, form } = sent;
    session.scope.permit(Permission::Edit)?;
    let chosen = form.all("day");
    let days: Vec<(NaiveDate, String)> =
        coming(&app).into_iter().filter(|(date, _)| chosen.contains(&date.to_string())).collect();
    if days.is_empty() {
        let board = open(&app, &session).await?;
        let held = board.directory.closed_days.iter().map(|day| day.date).collect();
        let text = words::t("holiday-missing");
        let errors = vec![FieldError { field: "day-0".to_owned(), message: text }];
        return Ok(response::invalid_form(&page(&session, &coming(&app), &held, errors)));
    }
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    app.database.write(move |tx| directory::add_days(tx, &scope, &days, now)).await?;
    Ok(response::redirect(&format!("{DAYS}?done=holidays")))
}
