//! The form in which an adviser records when a visit or a review was, when the next one is planned, and from
//! when the first one counts.

use axum::extract::{Path, State};
use chrono::NaiveDate;
use promise_protocol::{ids::PersonId, pack::Timescale};
use promise_services::{
    Permission, ServiceError, calendar,
    people::timescales::{self, InvalidDays, RecordedDays, RecordedTimescale},
};

use crate::{
    App,
    features::people::{NamedPerson, person_path},
    kit::{
        self,
        forms::{
            Field, FormData, Input, Question, date_parts, field_error, parse_date, parts_of_date,
        },
        page::{
            FieldError,
            response::{self, PageError, PageResult},
        },
        session::{Session, StaffForm},
        words,
    },
};

/// The names of the dates.
const FROM: &str = "from";
const LAST: &str = "last";
const NEXT: &str = "next";

/// The days as they are typed.
struct TimescaleForm {
    /// `None` if the form does not ask for it. Then it stays as it is recorded.
    from: Option<[String; 3]>,
    last: [String; 3],
    next: [String; 3],
}

impl TimescaleForm {
    fn read(form: &FormData) -> Self {
        let is_asked = !form.all("from-day").is_empty();
        let from = is_asked.then(|| date_parts(form, FROM));
        Self { from, last: date_parts(form, LAST), next: date_parts(form, NEXT) }
    }

    fn of_recorded(recorded: &RecordedTimescale) -> Self {
        let parts = |day: Option<NaiveDate>| day.map(parts_of_date).unwrap_or_default();
        let RecordedTimescale { from_on, last_on, next_on, .. } = recorded;
        Self { from: Some(parts(*from_on)), last: parts(*last_on), next: parts(*next_on) }
    }

    fn parse(&self, today: NaiveDate) -> Result<RecordedDays, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut read = |parts: &[String; 3], field: &str| {
            parse_date(parts).unwrap_or_else(|_| {
                errors.push(field_error(field, "meeting-date-wrong"));
                None
            })
        };
        let from = self.from.as_ref().map(|parts| read(parts, "from-day"));
        let (last, next) = (read(&self.last, "last-day"), read(&self.next, "next-day"));
        if !errors.is_empty() {
            return Err(errors);
        }
        let days = RecordedDays::new(last, next, today).map_err(|error| {
            vec![match error {
                InvalidDays::LastToCome => field_error("last-day", "timescale-last-wrong"),
                InvalidDays::NextNotAfterLast => field_error("next-day", "timescale-next-wrong"),
            }]
        })?;
        Ok(match from {
            Some(from) => days.counted_from(from),
            None => days,
        })
    }

    /// The fields of a timescale. From when the first one counts is asked only if the law limits it.
    fn fields(&self, timescale: &Timescale, errors: &[FieldError]) -> Vec<Field> {
        let has_first = timescale.law.as_ref().is_some_and(|law| law.first.is_some());
        let from = has_first.then(|| {
            let from = self.from.clone().unwrap_or_default();
            Field::new(FROM, "timescale-from", Input::Date(from)).hint("timescale-from-hint")
        });
        let others = [
            Field::new(LAST, "timescale-last", Input::Date(self.last.clone())).hint("date-hint"),
            Field::new(NEXT, "timescale-next", Input::Date(self.next.clone()))
                .hint("timescale-next-hint"),
        ];
        from.into_iter().chain(others).map(|field| field.with_error(errors)).collect()
    }
}

/// Reads a timescale of a person whom the caller may change.
async fn load(
    app: &App,
    session: &Session,
    person: PersonId,
    id: String,
) -> Result<(NamedPerson, RecordedTimescale), PageError> {
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let read = app.database.read(move |tx| {
        scope.permit(Permission::ChangePeople)?;
        let recorded = timescales::find(tx, &scope, &person, &id, now)?;
        let person = scope.person(tx, &person)?;
        Ok::<_, ServiceError>((NamedPerson::load(tx, &scope, person)?, recorded))
    });
    Ok(read.await?)
}

fn question(
    session: &Session,
    (named, recorded): &(NamedPerson, RecordedTimescale),
    form: &TimescaleForm,
    errors: Vec<FieldError>,
) -> Question {
    let fields = form.fields(&recorded.timescale, &errors);
    let title = kit::timescales::name(&recorded.timescale);
    let page = named.page(session, title).with_errors(errors);
    let path = format!("{}/timescales/{}", person_path(&named.person.id), recorded.timescale.id);
    let mut question = Question::new(page, path, "timescale-button")
        .lead(words::t("timescale-lead"))
        .fields(fields);
    for line in kit::timescales::limits(&recorded.timescale) {
        question = question.lead(line);
    }
    question
}

/// Shows the form.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Path((person, id)): Path<(PersonId, String)>,
) -> PageResult {
    let loaded = load(&app, &session, person, id).await?;
    let form = TimescaleForm::of_recorded(&loaded.1);
    Ok(response::render(&question(&session, &loaded, &form, Vec::new())))
}

/// Saves the days. Empty ones are emptied.
pub(super) async fn post(
    State(app): State<App>,
    Path((person, id)): Path<(PersonId, String)>,
    submitted: StaffForm,
) -> PageResult {
    let StaffForm { session, form } = submitted;
    let (form, now) = (TimescaleForm::read(&form), app.clock.now_millis());
    let days = match form.parse(calendar::today(now)) {
        Ok(days) => days,
        Err(errors) => {
            let loaded = load(&app, &session, person, id).await?;
            return Ok(response::invalid_form(&question(&session, &loaded, &form, errors)));
        }
    };
    let done = format!("{}?done=timescale", person_path(&person));
    let scope = session.scope;
    let saved = app.database.write(move |tx| timescales::save(tx, &scope, &person, &id, days, now));
    saved.await?;
    Ok(response::redirect(&done))
}
