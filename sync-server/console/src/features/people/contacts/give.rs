//! The page on which an adviser gives a young person an entry of the address book.

use axum::extract::{Path, Query, State};
use promise_database::AddressBookEntry;
use promise_protocol::ids::{EntryId, PersonId};
use promise_services::{OsRandom, ServiceError, address_book, calendar::today};
use serde::Deserialize;

use crate::{
    App,
    features::people::{NamedPerson, contacts::contacts_path},
    kit::{
        forms::{Field, FormData, Input, Question, choice, date_parts, field_error, parse_date},
        page::{
            FieldError,
            response::{self, PageError, PageResult},
        },
        session::{Session, StaffForm},
        words,
    },
};

/// What the form holds.
#[derive(Default)]
struct GivingForm {
    entry: String,
    /// The first day; empty from now on.
    from: [String; 3],
}

impl GivingForm {
    fn read(form: &FormData) -> Self {
        Self { entry: form.text("entry"), from: date_parts(form, "start") }
    }
}

#[derive(Deserialize)]
pub(in crate::features::people) struct GivingQuery {
    /// The entry that is chosen in the form.
    #[serde(default)]
    entry: String,
}

/// Reads the person, and the entries that they do not have.
async fn load(
    app: &App,
    session: &Session,
    id: PersonId,
) -> Result<(NamedPerson, Vec<AddressBookEntry>), PageError> {
    let (scope, today) = (session.scope.clone(), today(app.clock.now_millis()));
    let read = app.database.read(move |tx| {
        let person = scope.person_to_change(tx, &id)?;
        let mut entries = address_book::list(tx, &scope)?;
        let given = tx.given_contacts_of_person(&person.id)?;
        // One that ended can be given again.
        let current = given.into_iter().filter(|given| !given.is_over_on(today));
        let current: Vec<EntryId> = current.map(|given| given.entry).collect();
        entries.retain(|entry| !current.contains(&entry.id));
        Ok((NamedPerson::load(tx, &scope, person)?, entries))
    });
    read.await.map_err(|error: ServiceError| error.into())
}

fn question(
    session: &Session,
    named: &NamedPerson,
    entries: &[AddressBookEntry],
    form: &GivingForm,
    errors: Vec<FieldError>,
) -> Question {
    let text = |entry: &AddressBookEntry| match entry.card.text("role") {
        "" => entry.name().to_owned(),
        role => format!("{}, {role}", entry.name()),
    };
    let mut choices = vec![choice("", words::t("give-choose"), &form.entry)];
    choices.extend(entries.iter().map(|it| choice(it.id.as_str(), text(it), &form.entry)));
    let fields = [
        Field::new("entry", "give-entry", Input::Select(choices)),
        Field::new("start", "give-start", Input::Date(form.from.clone())).hint("give-start-hint"),
    ];
    let fields = fields.map(|field| field.with_error(&errors)).to_vec();
    let path = contacts_path(&named.person.id);
    let title = words::with("give-title", "name", &named.name());
    let page = named.page(session, title).with_errors(errors);
    Question::new(page, format!("{path}/give"), "give-button")
        .lead(words::t("give-lead"))
        .fields(fields)
        .link(format!("{path}/new"), words::t("new-entry-link"))
        .link(format!("{path}/only"), words::t("new-only-link"))
}

/// Shows the form.
pub(in crate::features::people) async fn get(
    State(app): State<App>,
    session: Session,
    Path(person): Path<PersonId>,
    Query(GivingQuery { entry }): Query<GivingQuery>,
) -> PageResult {
    let (named, entries) = load(&app, &session, person).await?;
    let form = GivingForm { entry, ..GivingForm::default() };
    Ok(response::render(&question(&session, &named, &entries, &form, Vec::new())))
}

/// Gives the entry, which is on the person's phones with their next sync.
pub(in crate::features::people) async fn post(
    State(app): State<App>,
    Path(person): Path<PersonId>,
    submitted: StaffForm,
) -> PageResult {
    let (session, form) = (submitted.session, GivingForm::read(&submitted.form));
    let (named, entries) = load(&app, &session, person).await?;
    let starts = parse_date(&form.from);
    let mut errors = Vec::new();
    if !entries.iter().any(|entry| entry.id == *form.entry) {
        errors.push(field_error("entry", "give-entry-missing"));
    }
    let (true, Ok(starts)) = (errors.is_empty(), starts) else {
        if starts.is_err() {
            errors.push(field_error("start-day", "give-start-wrong"));
        }
        let question = question(&session, &named, &entries, &form, errors);
        return Ok(response::invalid_form(&question));
    };
    let (scope, now) = (session.scope, app.clock.now_millis());
    let (person, entry) = (named.person.id, EntryId::from(form.entry));
    let done = format!("{}?done=contact-given", contacts_path(&person));
    let given = app.database.write(move |tx| {
        address_book::give(tx, &scope, (&person, &entry), starts, now, &mut OsRandom)
    });
    given.await?;
    Ok(response::redirect(&done))
}
