//! The page that adds England's bank holidays as closed days.

use std::collections::BTreeSet;

use axum::extract::State;
use chrono::{Datelike, NaiveDate};
use promise_services::{
    Permission,
    calendar::today,
    directory::{self, DirectoryView},
};

use crate::{
    App,
    features::directory::{closed_days::DAYS, load_editable},
    kit::{
        forms::{Choice, Field, Input, Question, choice, field_error},
        page::{
            FieldError,
            response::{self, PageResult},
        },
        session::{Session, StaffForm},
        words::{self, times},
    },
};

/// A bank holiday's date and name.
type Holiday = (NaiveDate, String);

/// Returns the bank holidays from today until the end of next year.
fn upcoming(app: &App) -> Vec<Holiday> {
    let today = today(app.clock.now_millis());
    let years = [today.year(), today.year() + 1];
    let all = years.into_iter().flat_map(directory::bank_holidays);
    all.filter(|(date, ..)| *date >= today)
        .map(|(date, holiday, is_substitute)| {
            let name = words::t(&format!("holiday-{}", holiday.name()));
            let substitute = || words::with("holiday-instead", "name", &name);
            (date, if is_substitute { substitute() } else { name })
        })
        .collect()
}

fn question(
    session: &Session,
    view: &DirectoryView,
    holidays: &[Holiday],
    errors: &[FieldError],
) -> Question {
    let text = |key: &str, (date, name): &Holiday| {
        let arguments = [("name", name.as_str().into()), ("day", times::day(*date).into())];
        words::format(key, &arguments)
    };
    let existing: BTreeSet<NaiveDate> =
        view.directory.closed_days.iter().map(|day| day.date).collect();
    let (known, new): (Vec<_>, Vec<_>) =
        holidays.iter().partition(|(date, _)| existing.contains(date));
    let option = |holiday: &&Holiday| Choice {
        is_selected: true,
        ..choice(&holiday.0.to_string(), text("holiday-on", holiday), "")
    };
    let page = session
        .page(words::t("holiday-title"))
        .back(DAYS, words::t("days-title"))
        .with_errors(errors.to_vec());
    let question = if new.is_empty() {
        Question::info(page).lead(words::t("holiday-none"))
    } else {
        let options = Input::Checks(new.iter().map(option).collect());
        let field = Field::new("day", "holiday-which", options).with_error(errors);
        Question::new(page, "/console/directory/bank-holidays", "holiday-button")
            .lead(words::t("holiday-lead"))
            .fields(vec![field])
    };
    question
        .lead(words::t("holiday-rule"))
        .list(known.iter().map(|holiday| text("holiday-known", holiday)).collect())
}

/// Shows the holidays that are not closed days yet, all selected.
pub(super) async fn get(State(app): State<App>, session: Session) -> PageResult {
    let view = load_editable(&app, &session).await?;
    Ok(response::render(&question(&session, &view, &upcoming(&app), &[])))
}

/// Adds the selected holidays.
pub(super) async fn post(State(app): State<App>, submitted: StaffForm) -> PageResult {
    let StaffForm { session, form } = submitted;
    session.scope.permit(Permission::Edit)?;
    let selected = form.all("day");
    let mut days = upcoming(&app);
    days.retain(|(date, _)| selected.contains(&date.to_string()));
    if days.is_empty() {
        let view = load_editable(&app, &session).await?;
        let errors = vec![field_error("day-0", "holiday-missing")];
        let template = question(&session, &view, &upcoming(&app), &errors);
        return Ok(response::invalid_form(&template));
    }
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    app.database.write(move |tx| directory::add_days(tx, &scope, &days, now)).await?;
    Ok(response::redirect(&format!("{DAYS}?done=holidays")))
}
