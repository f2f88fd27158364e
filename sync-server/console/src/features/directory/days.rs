//! Days on which offices are closed.

use askama::Template;
use axum::extract::{Path, Query, State};
use chrono::NaiveDate;
use promise_edition::max_length;
use promise_protocol::pack::ClosedDay;
use promise_services::{
    Permission, ServiceError,
    calendar::today,
    directory,
    publishing::drafts::{DraftRefusal, fingerprint},
};

use crate::{
    App,
    features::directory::{HOME, can_edit, nothing, open, read},
    kit::{
        forms::{Confirm, Field, Input, Posted, date, date_parts, mistake, too_long},
        page::{
            Mistake, NoticeQuery, Page,
            response::{self, Answer, Failure},
        },
        session::{Session, StaffForm},
        words::{self, times},
    },
};

pub(super) const DAYS: &str = "/console/directory/days";

struct Row {
    date: String,
    day: String,
    name: String,
    is_over: bool,
}

#[derive(Template)]
#[template(path = "directory/closed_days.html")]
struct DaysPage {
    page: Page,
    rows: Vec<Row>,
    can_edit: bool,
    fields: Vec<Field>,
}

#[derive(Template)]
#[template(path = "kit/form.html")]
struct DayPage {
    page: Page,
    lead: Vec<String>,
    action: String,
    hidden: Vec<(String, String)>,
    fields: Vec<Field>,
    button: String,
}

/// What was typed about a day.
#[derive(Default)]
struct Typed {
    date: [String; 3],
    name: String,
}

impl Typed {
    fn of(form: &Posted) -> Self {
        Self { date: date_parts(form, "date"), name: form.text("name") }
    }

    fn fields(&self, mistakes: &[Mistake]) -> Vec<Field> {
        let date = Field::new("date", "field-date", Input::Date(self.date.clone()));
        let name = Field::line("name", "day-name", &self.name).hint("day-name-hint");
        [date.hint("date-hint"), name].map(|field| field.checked(mistakes)).to_vec()
    }

    fn read(&self) -> Result<(NaiveDate, String), Vec<Mistake>> {
        let mut mistakes = Vec::new();
        let date = date(&self.date).flatten();
        if date.is_none() {
            mistakes.push(mistake("date-day", "meeting-date-wrong"));
        }
        if self.name.is_empty() {
            mistakes.push(mistake("name", "day-name-missing"));
        }
        if self.name.chars().count() > max_length("name") {
            mistakes.push(too_long("name", "day-name", max_length("name")));
        }
        date.filter(|_| mistakes.is_empty()).map(|date| (date, self.name.clone())).ok_or(mistakes)
    }
}

async fn page(
    app: &App,
    session: &Session,
    typed: &Typed,
    mistakes: Vec<Mistake>,
) -> Result<DaysPage, Failure> {
    let board = read(app, session).await?;
    let today = today(app.clock.now_millis());
    let row = |day: &ClosedDay| Row {
        date: day.date.to_string(),
        day: times::day(day.date),
        name: day.name.clone(),
        is_over: day.date < today,
    };
    let page = session.page(words::t("days-title"));
    Ok(DaysPage {
        rows: board.directory.closed_days.iter().map(row).collect(),
        can_edit: can_edit(session, &board),
        fields: typed.fields(&mistakes),
        page: page.back(HOME.to_owned(), words::t("directory-title")).mistakes(mistakes),
    })
}

/// Lists them, with a form for another one.
pub(super) async fn get_list(
    State(app): State<App>,
    session: Session,
    Query(query): Query<NoticeQuery>,
) -> Answer {
    let mut shown = page(&app, &session, &Typed::default(), Vec::new()).await?;
    shown.page = shown.page.notice("directory-done", query.done.as_deref());
    Ok(response::page(&shown))
}

/// Adds one.
pub(super) async fn post_new(State(app): State<App>, sent: StaffForm) -> Answer {
    let StaffForm { session, form } = sent;
    session.scope.permit(Permission::Edit)?;
    let typed = Typed::of(&form);
    let day = match typed.read() {
        Ok(day) => day,
        Err(mistakes) => {
            return Ok(response::not_right(&page(&app, &session, &typed, mistakes).await?));
        }
    };
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let added = app.database.write(move |tx| directory::add_days(tx, &scope, &[day], now)).await?;
    if added == 0 {
        let mistakes = vec![mistake("date-day", "day-twice")];
        return Ok(response::not_right(&page(&app, &session, &typed, mistakes).await?));
    }
    Ok(response::go(&format!("{DAYS}?done=day-saved")))
}

async fn find(app: &App, session: &Session, day: &str) -> Result<ClosedDay, Failure> {
    let board = open(app, session).await?;
    let found = board.directory.closed_days.into_iter().find(|it| it.date.to_string() == day);
    found.ok_or_else(|| nothing("closed day"))
}

fn day_page(
    session: &Session,
    day: &str,
    typed: &Typed,
    seen: String,
    mistakes: Vec<Mistake>,
) -> DayPage {
    DayPage {
        fields: typed.fields(&mistakes),
        page: session
            .page(words::t("day-change"))
            .back(DAYS.to_owned(), words::t("days-title"))
            .mistakes(mistakes),
        lead: Vec::new(),
        action: format!("{DAYS}/{day}"),
        hidden: vec![("seen".to_owned(), seen)],
        button: words::t("promise-save"),
    }
}

/// Shows the form of one.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Path(day): Path<String>,
) -> Answer {
    let held = find(&app, &session, &day).await?;
    let typed = Typed {
        date: ["%-d", "%-m", "%Y"].map(|part| held.date.format(part).to_string()),
        name: held.name.clone(),
    };
    Ok(response::page(&day_page(&session, &day, &typed, fingerprint(&held), Vec::new())))
}

/// Saves one, if it is still what was seen.
pub(super) async fn post(
    State(app): State<App>,
    Path(day): Path<String>,
    sent: StaffForm,
) -> Answer {
    let StaffForm { session, form } = sent;
    session.scope.permit(Permission::Edit)?;
    let (typed, seen) = (Typed::of(&form), form.raw("seen").to_owned());
    let date: NaiveDate = day.parse().map_err(|_| nothing("closed day"))?;
    let again =
        |mistakes| response::not_right(&day_page(&session, &day, &typed, seen.clone(), mistakes));
    let (new, name) = match typed.read() {
        Ok(new) => new,
        Err(mistakes) => return Ok(again(mistakes)),
    };
    let (scope, now, print) = (session.scope.clone(), app.clock.now_millis(), seen.clone());
    let saved = app
        .database
        .write(move |tx| directory::save_day(tx, &scope, (date, &print), (new, &name), now));
    match saved.await {
        Ok(()) => Ok(response::go(&format!("{DAYS}?done=day-saved"))),
        Err(ServiceError::AlreadyExists(_)) => Ok(again(vec![mistake("date-day", "day-twice")])),
        Err(ServiceError::Draft(DraftRefusal::Submitted)) => {
            Ok(again(vec![mistake("date-day", "promise-late")]))
        }
        Err(error) => Err(error.into()),
    }
}

/// Asks before one goes.
pub(super) async fn get_remove(
    State(app): State<App>,
    session: Session,
    Path(day): Path<String>,
) -> Answer {
    let held = find(&app, &session, &day).await?;
    let page = session.page(words::with("day-remove-title", "name", &held.name));
    Ok(response::page(&Confirm {
        page: page.back(DAYS.to_owned(), words::t("days-title")),
        lead: vec![words::t("day-remove-lead"), words::t("remove-published")],
        names: vec![times::day(held.date)],
        action: format!("{DAYS}/{day}/remove"),
        hidden: vec![("seen".to_owned(), fingerprint(&held))],
        fields: Vec::new(),
        button: words::t("day-remove"),
        is_danger: true,
    }))
}

/// Removes one, if it is still what was seen.
pub(super) async fn post_remove(
    State(app): State<App>,
    Path(day): Path<String>,
    sent: StaffForm,
) -> Answer {
    let (scope, now) = (sent.session.scope, app.clock.now_millis());
    scope.permit(Permission::Edit)?;
    let date: NaiveDate = day.parse().map_err(|_| nothing("closed day"))?;
    let seen = sent.form.raw("seen").to_owned();
    app.database.write(move |tx| directory::remove_day(tx, &scope, (date, &seen), now)).await?;
    Ok(response::go(&format!("{DAYS}?done=day-removed")))
}
