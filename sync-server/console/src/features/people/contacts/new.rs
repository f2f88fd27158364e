//! The pages on which an adviser adds someone to the address book, or for one young person alone, and gives
//! them to the young person in one step.

use axum::{
    extract::{Path, State},
    response::Response,
};
use promise_database::{AddressBookEntry, ContactCard};
use promise_protocol::ids::PersonId;
use promise_services::{
    OsRandom, Permission, ServiceError,
    address_book::{self, Reach},
    cards::CardId,
};

use crate::{
    App,
    features::{
        cards::{CardKind, CardTemplate, card_path, form::CardForm},
        people::{NamedPerson, contacts::contacts_path, person_to_change},
    },
    kit::{
        forms::{FormData, Question, cost_confirmation},
        page::{
            FieldError,
            response::{self, PageResult},
        },
        session::{Session, StaffForm},
        url::with_query,
        words,
    },
};

/// The field that says that none of the similar entries is meant.
const IS_NEW: &str = "is-new";

/// Who can be given the new entry: the last part of the path, and the beginning of its words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum For {
    Everyone,
    PersonOnly,
}

impl For {
    fn path(self, named: &NamedPerson) -> String {
        let last = match self {
            Self::Everyone => "new",
            Self::PersonOnly => "only",
        };
        format!("{}/{last}", contacts_path(&named.person.id))
    }

    fn form(
        self,
        session: &Session,
        named: &NamedPerson,
        form: CardForm,
        errors: Vec<FieldError>,
    ) -> CardTemplate {
        let (title, lead, button) = match self {
            Self::Everyone => ("new-entry-title", "new-entry-lead", "new-entry-button"),
            Self::PersonOnly => ("new-only-title", "new-only-lead", "new-only-button"),
        };
        let title = words::with(title, "name", &named.name());
        let page = named.page(session, title).with_errors(errors);
        CardTemplate::new_card(page, self.path(named), (words::t(lead), button), form)
    }
}

async fn empty_form(app: App, session: Session, person: PersonId, reach: For) -> PageResult {
    session.scope.permit(Permission::UseAddressBook)?;
    let named = person_to_change(&app, &session.scope, person).await?;
    let form = CardForm::of_card(&ContactCard::default(), CardKind::Entry);
    Ok(response::render(&reach.form(&session, &named, form, Vec::new())))
}

/// Shows the form of an entry that every young person of the council can be given.
pub(in crate::features::people) async fn get(
    State(app): State<App>,
    session: Session,
    Path(person): Path<PersonId>,
) -> PageResult {
    empty_form(app, session, person, For::Everyone).await
}

/// Shows the form of an entry of this young person alone.
pub(in crate::features::people) async fn get_only(
    State(app): State<App>,
    session: Session,
    Path(person): Path<PersonId>,
) -> PageResult {
    empty_form(app, session, person, For::PersonOnly).await
}

/// Adds an entry that every young person of the council can be given, and gives it.
pub(in crate::features::people) async fn post(
    State(app): State<App>,
    Path(person): Path<PersonId>,
    submitted: StaffForm,
) -> PageResult {
    save(app, person, submitted, For::Everyone).await
}

/// Adds an entry of this young person alone, and gives it.
pub(in crate::features::people) async fn post_only(
    State(app): State<App>,
    Path(person): Path<PersonId>,
    submitted: StaffForm,
) -> PageResult {
    save(app, person, submitted, For::PersonOnly).await
}

async fn save(app: App, person: PersonId, submitted: StaffForm, reach: For) -> PageResult {
    let StaffForm { session, form } = submitted;
    session.scope.permit(Permission::UseAddressBook)?;
    let named = person_to_change(&app, &session.scope, person).await?;
    let card_form = CardForm::read(&form, CardKind::Entry);
    let edit = match card_form.parse() {
        Ok(edit) => edit,
        Err(errors) => {
            let template = reach.form(&session, &named, card_form, errors);
            return Ok(response::invalid_form(&template));
        }
    };
    if !form.raw(cost_confirmation::CHANGE).is_empty() {
        let template = reach.form(&session, &named, card_form, Vec::new());
        return Ok(response::render(&template));
    }
    let costly = card_form.unconfirmed(&[]);
    if !cost_confirmation::is_confirmed(&form, &costly) {
        let page = named.page(&session, words::t("phone-cost-title"));
        let question = cost_confirmation::question(page, reach.path(&named), &form, &costly);
        return Ok(response::render(&question));
    }
    if reach == For::Everyone && form.raw(IS_NEW).is_empty() {
        let (scope, new) = (session.scope.clone(), edit.clone());
        let read = app.database.read(move |tx| address_book::find_similar(tx, &scope, &new));
        let similar = read.await?;
        if !similar.is_empty() {
            return Ok(ask_whether_new(&session, &named, &form, &similar));
        }
    }
    let (scope, now) = (session.scope, app.clock.now_millis());
    let person = named.person.id;
    let added = app.database.write(move |tx| {
        let reach = match reach {
            For::Everyone => Reach::Council,
            For::PersonOnly => Reach::Person(person.clone()),
        };
        let entry = address_book::add(tx, &scope, reach, edit, now, &mut OsRandom)?;
        address_book::give(tx, &scope, (&person, &entry), None, now, &mut OsRandom)?;
        Ok::<_, ServiceError>(entry)
    });
    let path = card_path(&CardId::from(added.await?));
    Ok(response::redirect(&format!("{path}/phones?done=entry-given")))
}

/// Asks whether the new entry is one that is in the book already.
fn ask_whether_new(
    session: &Session,
    named: &NamedPerson,
    form: &FormData,
    similar: &[AddressBookEntry],
) -> Response {
    let page = named.page(session, words::t("similar-title"));
    let mut hidden = form.fields_except(&["csrf", IS_NEW]);
    hidden.push((IS_NEW.to_owned(), "1".to_owned()));
    let names = similar.iter().map(|entry| entry.name().to_owned()).collect();
    let give = format!("{}/give", contacts_path(&named.person.id));
    let question = Question::new(page, For::Everyone.path(named), "similar-button")
        .lead(words::t("similar-lead"))
        .list(names)
        .hidden(hidden);
    let question = similar.iter().fold(question, |question, entry| {
        let path = with_query(&give, &[("entry", entry.id.as_str())]);
        question.link(path, words::with("similar-give", "name", entry.name()))
    });
    response::render(&question)
}
