//! The page that shows what a young person's phone shows of their contacts now.

use askama::Template;
use axum::extract::{Path, Query, State};
use chrono::NaiveDate;
use promise_protocol::{ids::PersonId, schema};
use promise_services::{
    Permission, Record, StaffScope,
    calendar::today,
    cards::CardId,
    people::{
        contacts_today::{self, ContactState},
        page::{self, PersonPage},
    },
};

use crate::{
    App,
    features::{
        cards::card_path,
        people::{contacts::contacts_path, person_path},
    },
    kit::{
        format,
        page::{
            NoticeQuery, Page,
            response::{self, PageResult},
        },
        session::Session,
        words::{self, times},
    },
};

struct ContactRow {
    id: String,
    name: String,
    role: String,
    phones: Vec<String>,
    email: String,
    state: String,
    helps: bool,
    /// Why the contact ended or will, and who helps now.
    end_note: String,
    is_discreet: bool,
    /// The path of the entry's card, if the contact is from the address book and the entry was not removed.
    card: Option<String>,
    /// The path of the page that ends it and the text of the link, if it is from the address book.
    ending: Option<(String, String)>,
    is_first: bool,
    is_last: bool,
}

struct PhoneRow {
    paired: String,
    is_up_to_date: bool,
}

#[derive(Template)]
#[template(path = "people/contacts.html")]
struct ContactsTemplate {
    page: Page,
    path: String,
    can_change: bool,
    /// What is unusual: no adviser today, or more than one.
    notes: Vec<String>,
    contacts: Vec<ContactRow>,
    phones: Vec<PhoneRow>,
}

impl ContactsTemplate {
    fn new(page: Page, person: &PersonPage, scope: &StaffScope, now: i64) -> Self {
        let (today, path) = (today(now), contacts_path(&person.person.id));
        let count = person.contacts.len();
        let rows = person.contacts.iter().enumerate().map(|(index, record)| ContactRow {
            is_first: index == 0,
            is_last: index + 1 == count,
            ..row(person, record, today, &path)
        });
        let phones = person.phones.iter().map(|(device, is_up_to_date)| PhoneRow {
            paired: times::date_time(device.paired_at, now),
            is_up_to_date: *is_up_to_date,
        });
        let contacts = rows.collect();
        Self {
            page,
            can_change: scope.may(Permission::ChangePeople),
            notes: notes(person, today),
            contacts,
            phones: phones.collect(),
            path,
        }
    }
}

/// Returns what is unusual about who looks after the young person today.
fn notes(person: &PersonPage, today: NaiveDate) -> Vec<String> {
    let of_staff = person.contacts.iter().filter(|record| !is_given(person, record));
    let helping =
        of_staff.filter(|record| contacts_today::state(&person.contacts, record, today).helps());
    match helping.count() {
        0 => vec![words::t("shown-no-adviser")],
        1 => Vec::new(),
        several => vec![words::count("shown-several-advisers", several)],
    }
}

fn is_given(person: &PersonPage, record: &Record) -> bool {
    person.given.iter().any(|(given, _)| given.contact == record.id)
}

fn row(person: &PersonPage, record: &Record, today: NaiveDate, path: &str) -> ContactRow {
    let given = person.given.iter().find(|(given, _)| given.contact == record.id);
    let state = contacts_today::state(&person.contacts, record, today);
    ContactRow {
        id: record.id.clone(),
        name: record.text("display_name").to_owned(),
        role: record.text("role").to_owned(),
        phones: format::phones(&format::list(record.fields.get("phones"))),
        email: record.text("email").to_owned(),
        helps: state.helps(),
        state: state_text(&state),
        end_note: record.text(schema::END_NOTE).to_owned(),
        is_discreet: record.fields.get(schema::DISCREET).and_then(serde_json::Value::as_bool)
            == Some(true),
        card: given.and_then(|(given, is_in_book)| {
            is_in_book.then(|| card_path(&CardId::from(&given.entry)))
        }),
        ending: given.map(|(given, is_in_book)| {
            let text = if *is_in_book { "shown-end" } else { "shown-take-off" };
            (format!("{path}/{}/end", given.entry), words::t(text))
        }),
        is_first: false,
        is_last: false,
    }
}

fn state_text(state: &ContactState) -> String {
    match state {
        ContactState::Helps { until: None } => words::t("shown-helps"),
        ContactState::Helps { until: Some(day) } => {
            words::with("shown-helps-until", "day", &times::day(*day))
        }
        ContactState::Away { until, cover } => {
            let key = if cover.is_some() { "shown-away-cover" } else { "shown-away" };
            let cover = cover.clone().unwrap_or_default();
            let arguments = [("until", times::day(*until).into()), ("cover", cover.into())];
            words::format(key, &arguments)
        }
        ContactState::Begins(day) => words::with("contact-from", "day", &times::day(*day)),
        ContactState::Ended(day) => words::with("shown-ended", "day", &times::day(*day)),
    }
}

/// Shows the page, and records the access.
pub(in crate::features::people) async fn get(
    State(app): State<App>,
    session: Session,
    Path(id): Path<PersonId>,
    Query(query): Query<NoticeQuery>,
) -> PageResult {
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let person = app.database.write(move |tx| page::open(tx, &scope, &id, now)).await?;
    let name = format::person_name(&person.person, person.label.as_ref());
    let page = session
        .page(words::with("shown-title", "name", &name))
        .back(person_path(&person.person.id), name)
        .notice(query.done.as_deref());
    Ok(response::render(&ContactsTemplate::new(page, &person, &session.scope, now)))
}
