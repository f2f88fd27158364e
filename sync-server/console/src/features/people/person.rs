//! A young person's page.

use askama::Template;
use axum::extract::{Path, Query, State};
use chrono::NaiveDate;
use promise_database::Device;
use promise_protocol::{ids::PersonId, schema, vocabulary::AskStatus};
use promise_services::{
    Permission, Record, StaffScope,
    calendar::today,
    cards::DetailsCheck,
    people::{
        asks,
        page::{self, PersonPage, PlannedHandOver},
    },
};

use crate::{
    App,
    features::{
        cards::details_check::ShownCheck,
        people::{shown_timescale::ShownTimescale, unpair},
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

struct Contact {
    name: String,
    role: String,
    phones: Vec<String>,
    email: String,
    /// The days on which the contact is responsible.
    days: String,
    /// When the details were checked; `None` if there are none.
    check: Option<ShownCheck>,
}

struct Appointment {
    id: String,
    title: String,
    when: String,
    place: String,
    /// The young person's answer.
    answer: String,
}

struct Ask {
    id: String,
    text: String,
    /// A private note that the young person chose to show with it.
    shown: String,
    when: String,
    is_waiting: bool,
    status: String,
    reply: String,
}

struct PhoneRow {
    id: String,
    paired: String,
    last_sync: String,
    is_up_to_date: bool,
    /// It waits to be confirmed.
    is_limited: bool,
}

struct RevokedPhoneRow {
    id: String,
    /// What becomes of it, and when it was taken off.
    line: String,
    can_be_wiped: bool,
}

struct HandOver {
    staff: String,
    name: String,
    day: String,
}

#[derive(Template)]
#[template(path = "people/person.html")]
struct PersonTemplate {
    page: Page,
    id: String,
    can_change: bool,
    can_give_adviser: bool,
    can_export: bool,
    can_label: bool,
    has_label: bool,
    contacts: Vec<Contact>,
    appointments: Vec<Appointment>,
    timescales: Vec<ShownTimescale>,
    asks: Vec<Ask>,
    phones: Vec<PhoneRow>,
    revoked_phones: Vec<RevokedPhoneRow>,
    /// The ids of codes with which a phone waits for a yes.
    waiting: Vec<String>,
    hand_overs: Vec<HandOver>,
}

impl PersonTemplate {
    fn new(page: Page, person: PersonPage, scope: &StaffScope, now: i64) -> Self {
        let today = today(now);
        let contacts = person.contacts.iter().map(|record| contact(record, today)).collect();
        let appointments = person.appointments.iter().map(|record| appointment(record, now));
        let asks = person.asks.iter().map(|stored| ask(stored, now));
        let phones =
            person.phones.iter().map(|(device, is_up_to_date)| phone(device, *is_up_to_date, now));
        let revoked = person.revoked_phones.iter().map(|device| revoked_phone(device, now));
        Self {
            page,
            can_change: scope.may(Permission::ChangePeople),
            can_give_adviser: scope.may(Permission::GivePeople),
            can_export: scope.may(Permission::ExportPeople),
            can_label: person.can_label,
            has_label: person.label.is_some(),
            contacts,
            appointments: appointments.collect(),
            timescales: person.timescales.iter().map(ShownTimescale::new).collect(),
            asks: asks.collect(),
            phones: phones.collect(),
            revoked_phones: revoked.collect(),
            waiting: person.waiting,
            hand_overs: person.hand_overs.into_iter().map(hand_over).collect(),
            id: person.person.id.into_string(),
        }
    }
}

/// Shows the page, and records the access.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Path(id): Path<PersonId>,
    Query(query): Query<NoticeQuery>,
) -> PageResult {
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let person = app.database.write(move |tx| page::open(tx, &scope, &id, now)).await?;
    let page = session
        .page(format::person_name(&person.person, person.label.as_ref()))
        .back("/console/people", words::t("nav-people"))
        .notice(query.done.as_deref());
    Ok(response::render(&PersonTemplate::new(page, person, &session.scope, now)))
}

fn contact(record: &Record, today: NaiveDate) -> Contact {
    let day = |field: &str| times::stored_day(record.text(field));
    let days = match (record.text("valid_from"), record.text("valid_to")) {
        ("", "") => String::new(),
        ("", _) => words::with("contact-until", "day", &day("valid_to")),
        (_, "") => words::with("contact-from", "day", &day("valid_from")),
        _ => words::format(
            "contact-between",
            &[("from", day("valid_from").into()), ("to", day("valid_to").into())],
        ),
    };
    let phones = format::phones(&format::list(record.fields.get("phones")));
    let email = record.text("email").to_owned();
    let has_details = !phones.is_empty() || !email.is_empty();
    let checked_on = record.text(schema::VERIFIED_ON).parse().ok();
    Contact {
        name: record.text("display_name").to_owned(),
        role: record.text("role").to_owned(),
        check: has_details.then(|| ShownCheck::new(DetailsCheck::new(checked_on, today))),
        phones,
        email,
        days,
    }
}

fn appointment(record: &Record, now: i64) -> Appointment {
    let answer = match record.text("answer") {
        "" => "no-answer".to_owned(),
        answer => answer.replace('_', "-"),
    };
    Appointment {
        id: record.id.clone(),
        title: record.text("title").to_owned(),
        when: times::stored_date_time(record.text("starts_at"), now),
        place: record.text("place").to_owned(),
        answer: words::t(&format!("meeting-{answer}")),
    }
}

fn ask(ask: &asks::Ask, now: i64) -> Ask {
    let status = ask.status();
    let status = status.as_ref().map_or("new", AskStatus::as_str);
    Ask {
        id: ask.id.clone(),
        text: ask.text("text").to_owned(),
        shown: ask.text("shown").to_owned(),
        when: times::stored_date_time(ask.text("asked_at"), now),
        is_waiting: ask.is_waiting(),
        status: words::t(&format!("status-{status}")),
        reply: ask.text("reply").to_owned(),
    }
}

fn phone(device: &Device, is_up_to_date: bool, now: i64) -> PhoneRow {
    let last_sync = device.last_sync_at.map(|at| times::date_time(at, now));
    PhoneRow {
        id: device.author.to_string(),
        paired: times::date_time(device.paired_at, now),
        last_sync: last_sync.unwrap_or_else(|| words::t("phone-never")),
        is_up_to_date,
        is_limited: device.limited,
    }
}

fn revoked_phone(device: &Device, now: i64) -> RevokedPhoneRow {
    let when = device.revoked_at().map(|at| times::date_time(at, now)).unwrap_or_default();
    let can_be_wiped = !unpair::reasons(device).is_empty();
    let line = if can_be_wiped { "person-phone-released" } else { "person-phone-wiped" };
    RevokedPhoneRow {
        id: device.author.to_string(),
        line: words::with(line, "when", &when),
        can_be_wiped,
    }
}

fn hand_over(planned: PlannedHandOver) -> HandOver {
    HandOver { staff: planned.staff.into_string(), name: planned.name, day: times::day(planned.on) }
}
