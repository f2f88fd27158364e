//! The page on which a manager merges an entry into another one, or removes it, although phones have it.
//!
//! It says so if a colleague merged, removed or changed one of the two while the page was open.

use axum::{
    extract::{Path, State},
    response::Response,
};
use promise_database::{AddressBookEntry, ContactCard};
use promise_protocol::{ids::EntryId, schema};
use promise_services::{
    ServiceError,
    address_book::{self, Gone},
    cards::{self, CardId},
};

use crate::{
    App,
    features::{
        address_book::ADDRESS_BOOK,
        cards::{
            CardKind, card_path,
            form::{label_key, shown_value},
            redirect_to_successor,
        },
    },
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

/// The hidden field with the entry's card as the page showed it.
const WAS: &str = "was";

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

    /// Returns the entry that is given instead, if one is chosen.
    fn target(&self) -> Option<EntryId> {
        (!self.into.is_empty()).then(|| EntryId::new(self.into.clone()))
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
    /// What became of the chosen entry, if it is not in the book any more.
    target: Option<Gone>,
}

/// Reads an entry. One that a colleague merged leads to the one that is given instead, and one that they
/// removed leads to the list.
async fn load(
    app: &App,
    session: &Session,
    id: EntryId,
    target: Option<EntryId>,
) -> Result<Removal, PageError> {
    let scope = session.scope.clone();
    let read = app.database.read(move |tx| {
        let (entry, people) = match address_book::count_people(tx, &scope, &id) {
            Err(ServiceError::NotFound(entity)) => {
                let gone = address_book::gone(tx, &scope, &id)?;
                return gone.map(Err).ok_or(ServiceError::NotFound(entity));
            }
            found => found?,
        };
        let mut others = address_book::list(tx, &scope)?;
        others.retain(|other| other.id != entry.id);
        let target = match target {
            Some(target) => address_book::gone(tx, &scope, &target)?,
            None => None,
        };
        Ok(Ok(Removal { entry, people, others, target }))
    });
    read.await?.map_err(|gone| {
        PageError::from(match gone {
            Gone::Merged(successor) => redirect_to_successor(&CardId::from(&successor.id)),
            Gone::Removed => response::redirect(&format!("{ADDRESS_BOOK}?done=entry-was-removed")),
        })
    })
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
        let was = serde_json::to_string(&self.entry.card).unwrap_or_default();
        Question::new(page, format!("{path}/remove"), "entry-remove-button")
            .lead(words::count("entry-remove-people", self.people))
            .lead(words::t("entry-remove-lead"))
            .hidden(vec![(WAS.to_owned(), was)])
            .fields(fields)
            .danger()
    }

    /// The page again, with what a colleague did meanwhile: the entry was changed, or the chosen one is not in
    /// the book any more. `None` if neither is so.
    fn conflict(
        &self,
        session: &Session,
        form: &RemovalForm,
        shown: &ContactCard,
    ) -> Option<Response> {
        let changed = self.changes(shown);
        if changed.is_empty() && self.target.is_none() {
            return None;
        }
        let (mut into, mut errors) = (form.into.clone(), Vec::new());
        if let Some(gone) = &self.target {
            errors.push(field_error("into", "entry-into-gone"));
            into = match gone {
                // The two may have been merged the other way round.
                Gone::Merged(successor) if successor.id != self.entry.id => {
                    successor.id.as_str().to_owned()
                }
                Gone::Merged(_) | Gone::Removed => String::new(),
            };
        }
        let form = RemovalForm { into, note: form.note.clone() };
        let question = self.question(session, &form, errors);
        Some(response::conflict(&if changed.is_empty() {
            question
        } else {
            question
                .lead(words::t("entry-changed-lead"))
                .titled_list("entry-changed-title", changed)
        }))
    }

    /// The details of the entry that are others than on the page, as they are now.
    fn changes(&self, shown: &ContactCard) -> Vec<String> {
        let names = cards::changed_since(shown, &self.entry.card);
        let fields =
            schema::CONTACT.fields.iter().filter(|field| names.contains(&field.name.into()));
        let line = |field: &schema::Field| {
            let label = match field.name {
                "leave" => words::t("leave-title"),
                _ => words::t(&label_key(field, CardKind::Entry)),
            };
            let value = self.entry.card.value(field.name);
            format!("{label}: {}", shown_value(field, value, CardKind::Entry))
        };
        fields.map(line).collect()
    }
}

/// Asks into which other entry to merge it, or for the word why it is removed.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Path(id): Path<EntryId>,
) -> PageResult {
    let removal = load(&app, &session, id, None).await?;
    Ok(response::render(&removal.question(&session, &RemovalForm::default(), Vec::new())))
}

/// Merges or removes the entry.
pub(super) async fn post(
    State(app): State<App>,
    Path(id): Path<EntryId>,
    submitted: StaffForm,
) -> PageResult {
    let (session, form) = (submitted.session, RemovalForm::read(&submitted.form));
    let shown: ContactCard = serde_json::from_str(submitted.form.raw(WAS)).unwrap_or_default();
    let removal = load(&app, &session, id.clone(), form.target()).await?;
    if let Some(conflict) = removal.conflict(&session, &form, &shown) {
        return Ok(conflict);
    }
    let errors = form.errors(&removal.others);
    if !errors.is_empty() {
        return Ok(response::invalid_form(&removal.question(&session, &form, errors)));
    }
    let target = form.target();
    let path = target.as_ref().map_or_else(
        || format!("{ADDRESS_BOOK}?done=entry-removed"),
        |into| format!("{}/phones?done=entry-merged", card_path(&CardId::from(into))),
    );
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let (entry, note, was) = (id.clone(), form.note.clone(), shown.clone());
    let done = app.database.write(move |tx| {
        // Checked again where it is written, so that no edit comes between.
        let (current, _) = address_book::count_people(tx, &scope, &entry)?;
        if !cards::changed_since(&was, &current.card).is_empty() {
            return Ok(false);
        }
        match &target {
            Some(into) => address_book::merge(tx, &scope, (&entry, into), now)?,
            None => address_book::remove(tx, &scope, &entry, &note, now)?,
        };
        Ok::<_, ServiceError>(true)
    });
    match done.await {
        Ok(true) => Ok(response::redirect(&path)),
        Ok(false) | Err(ServiceError::NotFound(_)) => {
            let removal = load(&app, &session, id, form.target()).await?;
            let conflict = removal.conflict(&session, &form, &shown);
            Ok(conflict.unwrap_or_else(|| {
                response::conflict(&removal.question(&session, &form, Vec::new()))
            }))
        }
        Err(error) => Err(error.into()),
    }
}
