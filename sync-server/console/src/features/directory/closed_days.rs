//! The days on which offices are closed.

use askama::Template;
use axum::extract::{Path, Query, State};
use chrono::NaiveDate;
use promise_edition::{IssueKind, check_length};
use promise_protocol::pack::ClosedDay;
use promise_services::{
    Entity, Permission, ServiceError, calendar::today, directory, publishing::drafts::fingerprint,
};

use crate::{
    App,
    features::directory::{DIRECTORY, can_edit, load, load_editable},
    kit::{
        forms::{
            Field, FormData, Input, Question, date_parts, field_error, issue_error, parse_date,
            parts_of_date,
        },
        page::{
            FieldError, NoticeQuery, Page,
            response::{self, PageError, PageResult},
        },
        session::{Session, StaffForm},
        words::{self, times},
    },
};

/// The path of the list.
pub(super) const DAYS: &str = "/console/directory/days";

struct Row {
    date: String,
    day: String,
    name: String,
    is_past: bool,
}

#[derive(Template)]
#[template(path = "directory/closed_days.html")]
struct ListTemplate {
    page: Page,
    rows: Vec<Row>,
    can_edit: bool,
    /// The fields of a new day.
    fields: Vec<Field>,
}

/// A closed day as it is typed.
#[derive(Default)]
struct DayForm {
    date: [String; 3],
    name: String,
}

impl DayForm {
    fn of_day(day: &ClosedDay) -> Self {
        Self { date: parts_of_date(day.date), name: day.name.clone() }
    }

    fn read(form: &FormData) -> Self {
        Self { date: date_parts(form, "date"), name: form.text("name") }
    }

    fn fields(&self, errors: &[FieldError]) -> Vec<Field> {
        let date = Field::new("date", "field-date", Input::Date(self.date.clone()));
        let name = Field::line("name", "day-name", &self.name).hint("day-name-hint");
        [date.hint("date-hint"), name].map(|field| field.with_error(errors)).to_vec()
    }

    fn parse(&self) -> Result<(NaiveDate, String), Vec<FieldError>> {
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

    /// The page of a day in the draft. `seen` is the day's fingerprint when the page was made.
    fn question(
        &self,
        session: &Session,
        day: &str,
        seen: String,
        errors: Vec<FieldError>,
    ) -> Question {
        let fields = self.fields(&errors);
        let page = session.page(words::t("day-change")).back(DAYS, words::t("days-title"));
        Question::new(page.with_errors(errors), format!("{DAYS}/{day}"), "promise-save")
            .fields(fields)
            .hidden(vec![("seen".to_owned(), seen)])
    }
}

async fn list(
    app: &App,
    session: &Session,
    form: &DayForm,
    errors: Vec<FieldError>,
) -> Result<ListTemplate, PageError> {
    let view = load(app, session).await?;
    let today = today(app.clock.now_millis());
    let row = |day: &ClosedDay| Row {
        date: day.date.to_string(),
        day: times::day(day.date),
        name: day.name.clone(),
        is_past: day.date < today,
    };
    let page = session.page(words::t("days-title"));
    Ok(ListTemplate {
        rows: view.directory.closed_days.iter().map(row).collect(),
        can_edit: can_edit(session, &view),
        fields: form.fields(&errors),
        page: page.back(DIRECTORY, words::t("directory-title")).with_errors(errors),
    })
}

/// Finds a day of the draft by its date, for a caller who is about to edit it.
async fn find(app: &App, session: &Session, date: &str) -> Result<ClosedDay, PageError> {
    let view = load_editable(app, session).await?;
    let mut days = view.directory.closed_days.into_iter();
    let day = days.find(|day| day.date.to_string() == date);
    Ok(day.ok_or(ServiceError::NotFound(Entity::ClosedDay))?)
}

fn parse_path_date(date: &str) -> Result<NaiveDate, ServiceError> {
    date.parse().map_err(|_| ServiceError::NotFound(Entity::ClosedDay))
}

/// Shows the list, with a form for another day.
pub(super) async fn get_list(
    State(app): State<App>,
    session: Session,
    Query(query): Query<NoticeQuery>,
) -> PageResult {
    let mut template = list(&app, &session, &DayForm::default(), Vec::new()).await?;
    template.page = template.page.notice(query.done.as_deref());
    Ok(response::render(&template))
}

/// Adds a day.
pub(super) async fn post_new(State(app): State<App>, submitted: StaffForm) -> PageResult {
    let StaffForm { session, form } = submitted;
    session.scope.permit(Permission::Edit)?;
    let form = DayForm::read(&form);
    let day = match form.parse() {
        Ok(day) => day,
        Err(errors) => {
            return Ok(response::invalid_form(&list(&app, &session, &form, errors).await?));
        }
    };
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let added = app.database.write(move |tx| directory::add_days(tx, &scope, &[day], now)).await?;
    if added == 0 {
        let errors = vec![field_error("date-day", "day-twice")];
        return Ok(response::invalid_form(&list(&app, &session, &form, errors).await?));
    }
    Ok(response::redirect(&format!("{DAYS}?done=day-saved")))
}

/// Shows the form of a day.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Path(date): Path<String>,
) -> PageResult {
    let day = find(&app, &session, &date).await?;
    let template = DayForm::of_day(&day).question(&session, &date, fingerprint(&day), Vec::new());
    Ok(response::render(&template))
}

/// Saves a day, if it has not changed since the form was made.
pub(super) async fn post(
    State(app): State<App>,
    Path(date): Path<String>,
    submitted: StaffForm,
) -> PageResult {
    let StaffForm { session, form: data } = submitted;
    session.scope.permit(Permission::Edit)?;
    let (form, seen) = (DayForm::read(&data), data.raw("seen").to_owned());
    let old_date = parse_path_date(&date)?;
    let invalid =
        |errors| response::invalid_form(&form.question(&session, &date, seen.clone(), errors));
    let (new_date, name) = match form.parse() {
        Ok(day) => day,
        Err(errors) => return Ok(invalid(errors)),
    };
    let (scope, now, print) = (session.scope.clone(), app.clock.now_millis(), seen.clone());
    let saved = app.database.write(move |tx| {
        directory::save_day(tx, &scope, (old_date, &print), (new_date, &name), now)
    });
    match saved.await {
        Ok(()) => Ok(response::redirect(&format!("{DAYS}?done=day-saved"))),
        Err(ServiceError::AlreadyExists(_)) => {
            Ok(invalid(vec![field_error("date-day", "day-twice")]))
        }
        Err(error) => response::unsaved(error, |key| {
            form.question(&session, &date, seen.clone(), vec![field_error("date-day", key)])
        }),
    }
}

/// Asks for a confirmation to remove a day.
pub(super) async fn get_remove(
    State(app): State<App>,
    session: Session,
    Path(date): Path<String>,
) -> PageResult {
    let day = find(&app, &session, &date).await?;
    let page = session
        .page(words::with("day-remove-title", "name", &day.name))
        .back(DAYS, words::t("days-title"));
    let question =
        Question::removal(page, &format!("{DAYS}/{date}"), "day-remove", fingerprint(&day))
            .lead(words::t("day-remove-lead"))
            .lead(words::t("remove-published"))
            .list(vec![times::day(day.date)]);
    Ok(response::render(&question))
}

/// Removes a day, if it has not changed since the confirmation was shown.
pub(super) async fn post_remove(
    State(app): State<App>,
    Path(date): Path<String>,
    submitted: StaffForm,
) -> PageResult {
    let (scope, now) = (submitted.session.scope, app.clock.now_millis());
    scope.permit(Permission::Edit)?;
    let date = parse_path_date(&date)?;
    let seen = submitted.form.raw("seen").to_owned();
    app.database.write(move |tx| directory::remove_day(tx, &scope, (date, &seen), now)).await?;
    Ok(response::redirect(&format!("{DAYS}?done=day-removed")))
}
