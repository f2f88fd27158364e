//! The page on which an adviser ends a contact of the address book for one young person, with a word why.

use axum::extract::{Path, State};
use chrono::NaiveDate;
use promise_database::{AddressBookEntry, GivenContact};
use promise_protocol::{
    ids::{EntryId, PersonId},
    schema,
};
use promise_services::{
    Entity, ServiceError,
    address_book::{self, End},
    calendar::today,
};

use crate::{
    App,
    features::people::{NamedPerson, contacts::contacts_path},
    kit::{
        forms::{
            Field, FormData, Input, Question, date_parts, field_error, parse_date, parts_of_date,
            too_long_error,
        },
        page::{
            FieldError,
            response::{self, PageError, PageResult},
        },
        session::{Session, StaffForm},
        words::{self, times},
    },
};

/// The button that takes an end back.
const REOPEN: &str = "reopen";
/// The button that deletes a contact which was given by mistake, or whose entry was removed.
const MISTAKE: &str = "mistake";

/// The end as it is typed.
struct EndForm {
    day: [String; 3],
    note: String,
}

impl EndForm {
    fn read(form: &FormData) -> Self {
        Self { day: date_parts(form, "day"), note: form.lines("note") }
    }

    fn parse(&self, given: &GivenContact, today: NaiveDate) -> Result<End, Vec<FieldError>> {
        let mut errors = Vec::new();
        let day = parse_date(&self.day).ok().flatten();
        let yesterday = today.pred_opt().unwrap_or(today);
        match day {
            None => errors.push(field_error("day-day", "end-day-wrong")),
            Some(day) if day < yesterday => errors.push(field_error("day-day", "end-day-over")),
            Some(day) if given.starts.is_some_and(|starts| day < starts) => {
                errors.push(field_error("day-day", "end-day-before"));
            }
            Some(_) => {}
        }
        let max = schema::CONTACT.field(schema::END_NOTE).and_then(schema::Field::max_chars);
        if self.note.is_empty() {
            errors.push(field_error("note", "end-note-missing"));
        } else if let Some(max) = max.filter(|max| self.note.chars().count() > *max) {
            errors.push(too_long_error("note", "end-note", max));
        }
        match day {
            Some(last_day) if errors.is_empty() => Ok(End { last_day, note: self.note.clone() }),
            _ => Err(errors),
        }
    }
}

/// A young person with a contact from the address book.
struct ContactToEnd {
    person: NamedPerson,
    entry: AddressBookEntry,
    given: GivenContact,
}

async fn load(
    app: &App,
    session: &Session,
    (person, id): (PersonId, EntryId),
) -> Result<ContactToEnd, PageError> {
    let scope = session.scope.clone();
    let read = app.database.read(move |tx| {
        let person = scope.person_to_change(tx, &person)?;
        let all = address_book::list_given(tx, &scope, &person.id)?;
        let (entry, given) = all
            .into_iter()
            .find(|(entry, _)| entry.id == id)
            .ok_or(ServiceError::NotFound(Entity::AddressBookEntry))?;
        Ok(ContactToEnd { person: NamedPerson::load(tx, &scope, person)?, entry, given })
    });
    read.await.map_err(|error: ServiceError| error.into())
}

impl ContactToEnd {
    fn question(&self, session: &Session, form: &EndForm, errors: Vec<FieldError>) -> Question {
        let fields = [
            Field::new("day", "end-day", Input::Date(form.day.clone())).hint("date-hint"),
            Field::area("note", "end-note", &form.note).hint("end-note-hint"),
        ];
        let fields = fields.map(|field| field.with_error(&errors)).to_vec();
        let title = words::with("end-title", "name", self.entry.name());
        let path = contacts_path(&self.person.person.id);
        let page = self.person.page(session, title).with_errors(errors);
        let action = format!("{path}/{}/end", self.entry.id);
        if self.entry.is_removed() {
            let hidden = vec![(MISTAKE.to_owned(), "1".to_owned())];
            let question = Question::new(page, action, "end-removed-button").hidden(hidden);
            return question.lead(words::t("end-removed"));
        }
        let question = Question::new(page, action, "end-button").lead(words::t("end-lead"));
        let last_day = self.given.ends.and_then(|ends| ends.pred_opt());
        match last_day {
            Some(last_day) => question
                .lead(words::with("end-planned", "day", &times::day(last_day)))
                .fields(fields)
                .second_button(REOPEN, "end-reopen"),
            None => question.fields(fields).second_button(MISTAKE, "end-mistake"),
        }
    }
}

/// Shows the form. The last day is today, unless another one is planned.
pub(in crate::features::people) async fn get(
    State(app): State<App>,
    session: Session,
    Path(path): Path<(PersonId, EntryId)>,
) -> PageResult {
    let given = load(&app, &session, path).await?;
    let last_day = given.given.ends.and_then(|ends| ends.pred_opt());
    let day = last_day.unwrap_or_else(|| today(app.clock.now_millis()));
    let form = EndForm { day: parts_of_date(day), note: String::new() };
    Ok(response::render(&given.question(&session, &form, Vec::new())))
}

/// Ends the contact, takes its end back, or deletes it.
pub(in crate::features::people) async fn post(
    State(app): State<App>,
    Path(path): Path<(PersonId, EntryId)>,
    submitted: StaffForm,
) -> PageResult {
    let StaffForm { session, form } = submitted;
    let given = load(&app, &session, path).await?;
    let now = app.clock.now_millis();
    let scope = session.scope.clone();
    let (person, entry) = (given.person.person.id.clone(), given.entry.id.clone());
    let contacts = contacts_path(&person);
    let is_pressed = |button: &str| !form.raw(button).is_empty();
    let done = if is_pressed(REOPEN) {
        let job =
            app.database.write(move |tx| address_book::reopen(tx, &scope, (&person, &entry), now));
        job.await?;
        "contact-reopened"
    } else if is_pressed(MISTAKE) {
        let job =
            app.database.write(move |tx| address_book::delete(tx, &scope, (&person, &entry), now));
        job.await?;
        "contact-deleted"
    } else {
        let end_form = EndForm::read(&form);
        let end = match end_form.parse(&given.given, today(now)) {
            Ok(end) => end,
            Err(errors) => {
                let question = given.question(&session, &end_form, errors);
                return Ok(response::invalid_form(&question));
            }
        };
        let job = app
            .database
            .write(move |tx| address_book::end(tx, &scope, (&person, &entry), &end, now));
        job.await?;
        "contact-ended"
    };
    Ok(response::redirect(&format!("{contacts}?done={done}")))
}
