//! Days on which offices are closed.

use askama::Template;
use axum::extract::{Path, Query, State};
use chrono::NaiveDate;
use promise_edition::{IssueKind, check_length};
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
        forms::{
            Field, FormData, Input, Question, date_parts, field_error, issue_error, parse_date,
        },
        page::{
            FieldError, NoticeQuery, Page,
            response::{self, PageError, PageResult},
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
    fn of(form: &FormData) -> Self {
        Self { date: date_parts(form, "date"), name: form.text("name") }
    }

    fn fields(&self, errors: &[FieldError]) -> Vec<Field> {
        let date = Field::new("date", "field-date", Input::Date(self.date.clone()));
        let name = Field::line("name", "day-name", &self.name).hint("day-name-hint");
        [date.hint("date-hint"), name].map(|field| field.with_error(errors)).to_vec()
    }

    fn read(&self) -> Result<(NaiveDate, String), Vec<FieldError>> {
        let mut errors = Vec::new();
        let date = parse_date(&self.date).ok().flatten();
        if date.is_none() {
            errors.push(field_error("date-day", "meeting-date-wrong"));
        }
        let name = match self.name.as_str() {
            "" => Err(IssueKind::Missing),
            name => check_length("name", name),
        };
        errors.extend(name.err().map(|kind| issue_error("name".into(), "day-name", kind)));
        date.filter(|_| errors.is_empty()).map(|date| (date, self.name.clone())).ok_or(errors)
    }
}

async fn page(
    app: &App,
    session: &Session,
    typed: &Typed,
    errors: Vec<FieldError>,
) -> Result<DaysPage, PageError> {
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
        fields: typed.fields(&errors),
        page: page.back(HOME, words::t("directory-title")).with_errors(errors),
    })
}

/// Lists them, with a form for another one.
pub(super) async fn get_list(
    State(app): State<App>,
    session: Session,
    Query(query): Query<NoticeQuery>,
) -> PageResult {
    let mut shown = page(&app, &session, &Typed::default(), Vec::new()).await?;
    shown.page = shown.page.notice("directory-done", query.done.as_deref());
    Ok(response::render(&shown))
}

/// Adds one.
pub(super) async fn post_new(State(app): State<App>, sent: StaffForm) -> PageResult {
    let StaffForm { session, form } = sent;
    session.scope.permit(Permission::Edit)?;
    let typed = Typed::of(&form);
    let day = match typed.read() {
        Ok(day) => day,
        Err(errors) => {
            return Ok(response::invalid_form(&page(&app, &session, &typed, errors).await?));
        }
    };
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let added = app.database.write(move |tx| directory::add_days(tx, &scope, &[day], now)).await?;
    if added == 0 {
        let errors = vec![field_error("date-day", "day-twice")];
        return Ok(response::invalid_form(&page(&app, &session, &typed, errors).await?));
    }
    Ok(response::redirect(&format!("{DAYS}?done=day-saved")))
}

async fn find(app: &App, session: &Session, day: &str) -> Result<ClosedDay, PageError> {
    let board = open(app, session).await?;
    let found = board.directory.closed_days.into_iter().find(|it| it.date.to_string() == day);
    found.ok_or_else(|| nothing("closed day"))
}

fn day_page(
    session: &Session,
    day: &str,
    typed: &Typed,
    seen: String,
    errors: Vec<FieldError>,
) -> DayPage {
    DayPage {
        fields: typed.fields(&errors),
        page: session
            .page(words::t("day-change"))
            .back(DAYS, words::t("days-title"))
            .with_errors(errors),
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
) -> PageResult {
    let held = find(&app, &session, &day).await?;
    let typed = Typed {
        date: ["%-d", "%-m", "%Y"].map(|part| held.date.format(part).to_string()),
        name: held.name.clone(),
    };
    Ok(response::render(&day_page(&session, &day, &typed, fingerprint(&held), Vec::new())))
}

/// Saves one, if it is still what was seen.
pub(super) async fn post(
    State(app): State<App>,
    Path(day): Path<String>,
    sent: StaffForm,
) -> PageResult {
    let StaffForm { session, form } = sent;
    session.scope.permit(Permission::Edit)?;
    let (typed, seen) = (Typed::of(&form), form.raw("seen").to_owned());
    let date: NaiveDate = day.parse().map_err(|_| nothing("closed day"))?;
    let again =
        |errors| response::invalid_form(&day_page(&session, &day, &typed, seen.clone(), errors));
    let (new, name) = match typed.read() {
        Ok(new) => new,
        Err(errors) => return Ok(again(errors)),
    };
    let (scope, now, print) = (session.scope.clone(), app.clock.now_millis(), seen.clone());
    let saved = app
        .database
        .write(move |tx| directory::save_day(tx, &scope, (date, &print), (new, &name), now));
    match saved.await {
        Ok(()) => Ok(response::redirect(&format!("{DAYS}?done=day-saved"))),
        Err(ServiceError::AlreadyExists(_)) => {
            Ok(again(vec![field_error("date-day", "day-twice")]))
        }
        Err(ServiceError::Draft(DraftRefusal::Submitted)) => {
            Ok(again(vec![field_error("date-day", "promise-late")]))
        }
        Err(error) => Err(error.into()),
    }
}

/// Asks before one goes.
pub(super) async fn get_remove(
    State(app): State<App>,
    session: Session,
    Path(day): Path<String>,
) -> PageResult {
    let held = find(&app, &session, &day).await?;
    let page = session.page(words::with("day-remove-title", "name", &held.name));
    Ok(response::render(
        &Question::new(
            page.back(DAYS, words::t("days-title")),
            format!("{DAYS}/{day}/remove"),
            "day-remove",
        )
        .lead(words::t("day-remove-lead"))
        .lead(words::t("remove-published"))
        .list(vec![times::day(held.date)])
        .hidden(vec![("seen".to_owned(), fingerprint(&held))])
        .danger(),
    ))
}

/// Removes one, if it is still what was seen.
pub(super) async fn post_remove(
    State(app): State<App>,
    Path(day): Path<String>,
    sent: StaffForm,
) -> PageResult {
    let (scope, now) = (sent.session.scope, app.clock.now_millis());
    scope.permit(Permission::Edit)?;
    let date: NaiveDate = day.parse().map_err(|_| nothing("closed day"))?;
    let seen = sent.form.raw("seen").to_owned();
    app.database.write(move |tx| directory::remove_day(tx, &scope, (date, &seen), now)).await?;
    Ok(response::redirect(&format!("{DAYS}?done=day-removed")))
}
