//! The page on which a manager merges an entry into another one, or removes it, although phones have it.

use axum::extract::{Path, State};
use promise_database::AddressBookEntry;
use promise_protocol::{ids::EntryId, schema};
use promise_services::{ServiceError, address_book, cards::CardId};

use crate::{
    App,
    features::{address_book::ADDRESS_BOOK, cards::card_path},
    kit::{
        forms::{Field, FormData, Input, Question, choice, field_error, too_long_error},
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
struct RemovalForm {
    /// The id of the entry that is given instead; empty to give none.
    into: String,
    /// The word why, for the phones of those who get none instead.
    note: String,
}

impl RemovalForm {
    fn read(form: &FormData) -> Self {
        Self { into: form.text("into"), note: form.lines("note") }
    }

    fn errors(&self, others: &[AddressBookEntry]) -> Vec<FieldError> {
        if !self.into.is_empty() {
            let is_other = others.iter().any(|other| other.id == *self.into);
            return if is_other {
                Vec::new()
            } else {
                vec![field_error("into", "entry-into-wrong")]
            };
        }
        note_error(&self.note).into_iter().collect()
    }
}

/// Returns the error of a word why a contact ends, if it is missing or too long.
fn note_error(note: &str) -> Option<FieldError> {
    let max = schema::CONTACT.field(schema::END_NOTE).and_then(schema::Field::max_chars);
    if note.is_empty() {
        return Some(field_error("note", "end-note-missing"));
    }
    let max = max.filter(|max| note.chars().count() > *max)?;
    Some(too_long_error("note", "end-note", max))
}

/// An entry, how many young people have it, and the others of the book.
struct Removal {
    entry: AddressBookEntry,
    people: usize,
    others: Vec<AddressBookEntry>,
}

async fn load(app: &App, session: &Session, id: EntryId) -> Result<Removal, PageError> {
    let scope = session.scope.clone();
    let read = app.database.read(move |tx| {
        let (entry, people) = address_book::count_people(tx, &scope, &id)?;
        let mut others = address_book::list(tx, &scope)?;
        others.retain(|other| other.id != entry.id);
        Ok(Removal { entry, people, others })
    });
    read.await.map_err(|error: ServiceError| error.into())
}

impl Removal {
    fn question(&self, session: &Session, form: &RemovalForm, errors: Vec<FieldError>) -> Question {
        let path = card_path(&CardId::from(&self.entry.id));
        let mut choices = vec![choice("", words::t("entry-into-none"), &form.into)];
        let others = self.others.iter();
        choices.extend(others.map(|it| choice(it.id.as_str(), it.name().to_owned(), &form.into)));
        let fields = vec![
            Field::new("into", "entry-into", Input::Select(choices))
                .hint("entry-into-hint")
                .with_error(&errors),
            Field::area("note", "end-note", &form.note).hint("entry-note-hint").with_error(&errors),
        ];
        let title = words::with("entry-remove-title", "name", self.entry.name());
        let page = session
            .page(title)
            .back(path.clone(), self.entry.name().to_owned())
            .with_errors(errors);
        Question::new(page, format!("{path}/remove"), "entry-remove-button")
            .lead(words::count("entry-remove-people", self.people))
            .lead(words::t("entry-remove-lead"))
            .fields(fields)
            .danger()
    }
}

/// Asks into which other entry to merge it, or for the word why it is removed.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Path(id): Path<EntryId>,
) -> PageResult {
    let removal = load(&app, &session, id).await?;
    Ok(response::render(&removal.question(&session, &RemovalForm::default(), Vec::new())))
}

/// Merges or removes the entry.
pub(super) async fn post(
    State(app): State<App>,
    Path(id): Path<EntryId>,
    submitted: StaffForm,
) -> PageResult {
    let (session, form) = (submitted.session, RemovalForm::read(&submitted.form));
    let removal = load(&app, &session, id.clone()).await?;
    let errors = form.errors(&removal.others);
    if !errors.is_empty() {
        return Ok(response::invalid_form(&removal.question(&session, &form, errors)));
    }
    let (scope, now) = (session.scope, app.clock.now_millis());
    let RemovalForm { into, note } = form;
    let target = Some(EntryId::from(into)).filter(|into| !into.as_str().is_empty());
    let path = target.as_ref().map_or_else(
        || format!("{ADDRESS_BOOK}?done=entry-removed"),
        |into| format!("{}/phones?done=entry-merged", card_path(&CardId::from(into))),
    );
    let done = app.database.write(move |tx| match &target {
        Some(into) => address_book::merge(tx, &scope, (&id, into), now),
        None => address_book::remove(tx, &scope, &id, &note, now),
    });
    done.await?;
    Ok(response::redirect(&path))
}
