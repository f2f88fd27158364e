//! England's bank holidays, to be ticked and taken.

use std::collections::BTreeSet;

use axum::extract::State;
use chrono::{Datelike, NaiveDate};
use promise_services::{Permission, calendar::today, directory};

use crate::{
    App,
    features::directory::{days::DAYS, open},
    kit::{
        forms::{Choice, Confirm, Field, Input, choice},
        page::{
            Mistake,
            response::{self, Answer},
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
    mistakes: Vec<Mistake>,
) -> Confirm {
    let tick = |(date, name): &(NaiveDate, String)| {
        let text = words::say(
            "holiday-on",
            &[("name", name.as_str().into()), ("day", times::day(*date).into())],
        );
        Choice { is_chosen: true, ..choice(&date.to_string(), text, "") }
    };
    let new: Vec<Choice> = days.iter().filter(|(date, _)| !held.contains(date)).map(tick).collect();
    let known = days.iter().filter(|(date, _)| held.contains(date));
    let has_new = !new.is_empty();
    let fields = has_new.then(|| Field::new("day", "holiday-which", Input::Checks(new)));
    let lead = if has_new { "holiday-lead" } else { "holiday-none" };
    Confirm {
        fields: fields.into_iter().map(|field| field.checked(&mistakes)).collect(),
        page: session
            .page(words::t("holiday-title"))
            .back(DAYS.to_owned(), words::t("days-title"))
            .mistakes(mistakes),
        lead: vec![words::t(lead), words::t("holiday-rule")],
        names: known
            .map(|(date, name)| {
                words::say(
                    "holiday-known",
                    &[("name", name.as_str().into()), ("day", times::day(*date).into())],
                )
            })
            .collect(),
        action: "/console/directory/bank-holidays".to_owned(),
        hidden: Vec::new(),
        button: if has_new { words::t("holiday-button") } else { String::new() },
        is_danger: false,
    }
}

/// Shows those that are not there yet, each ticked.
pub(super) async fn get(State(app): State<App>, session: Session) -> Answer {
    let board = open(&app, &session).await?;
    let held = board.directory.closed_days.iter().map(|day| day.date).collect();
    Ok(response::page(&page(&session, &coming(&app), &held, Vec::new())))
}

/// Takes those that are ticked.
pub(super) async fn post(State(app): State<App>, sent: StaffForm) -> Answer {
    let StaffForm { session, form } = sent;
    session.scope.permit(Permission::Edit)?;
    let chosen = form.all("day");
    let days: Vec<(NaiveDate, String)> =
        coming(&app).into_iter().filter(|(date, _)| chosen.contains(&date.to_string())).collect();
    if days.is_empty() {
        let board = open(&app, &session).await?;
        let held = board.directory.closed_days.iter().map(|day| day.date).collect();
        let text = words::t("holiday-missing");
        let mistakes = vec![Mistake { field: "day-0".to_owned(), text }];
        return Ok(response::not_right(&page(&session, &coming(&app), &held, mistakes)));
    }
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    app.database.write(move |tx| directory::add_days(tx, &scope, &days, now)).await?;
    Ok(response::go(&format!("{DAYS}?done=holidays")))
}
