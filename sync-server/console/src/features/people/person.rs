//! A young person's page.

use askama::Template;
use axum::extract::{Path, Query, State};
use promise_database::Device;
use promise_services::{
    Permission, Record, StaffScope,
    people::page::{self, PersonPage, PlannedHandOver},
};

use crate::{
    App,
    kit::{
        format::{self, display_reference},
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
    when: String,
}

struct Meeting {
    id: String,
    title: String,
    when: String,
    place: String,
    answer: String,
}

struct Asked {
    id: String,
    text: String,
    shown: String,
    when: String,
    waits: bool,
    status: String,
    reply: String,
}

struct Phone {
    id: String,
    paired: String,
    last: String,
    has_all: bool,
}

struct Going {
    staff: String,
    name: String,
    day: String,
}

#[derive(Template)]
#[template(path = "people/person.html")]
struct Person {
    page: Page,
    id: String,
    may_change: bool,
    may_give: bool,
    may_export: bool,
    contacts: Vec<Contact>,
    meetings: Vec<Meeting>,
    asks: Vec<Asked>,
    phones: Vec<Phone>,
    taken_off: Vec<String>,
    going: Vec<Going>,
}

/// Shows it. That it was looked at is noted.
pub(crate) async fn get(
    State(app): State<App>,
    session: Session,
    Path(id): Path<String>,
    Query(query): Query<NoticeQuery>,
) -> PageResult {
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let read = app.database.write(move |tx| page::open(tx, &scope, &id, now)).await?;
    let title = display_reference(&read.person.id, read.person.reference.as_deref());
    let page = session
        .page(title)
        .back("/console/people", words::t("nav-people"))
        .notice("done", query.done.as_deref());
    Ok(response::render(&shown(page, read, &session.scope, now)))
}

fn shown(page: Page, read: PersonPage, scope: &StaffScope, now: i64) -> Person {
    let taken_off = |device: &Device| {
        let at = device.revoked_at.map(|at| times::date_time(at, now)).unwrap_or_default();
        words::with("person-phone-off", "when", &at)
    };
    Person {
        page,
        may_change: scope.may(Permission::ChangePeople),
        may_give: scope.may(Permission::GivePeople),
        may_export: scope.may(Permission::ExportPeople),
        contacts: read.contacts.iter().map(contact).collect(),
        meetings: read.appointments.iter().map(|it| meeting(it, now)).collect(),
        asks: read.asks.iter().map(|ask| asked(ask, now)).collect(),
        phones: read.phones.iter().map(|(device, has_all)| phone(device, *has_all, now)).collect(),
        taken_off: read.revoked_phones.iter().map(taken_off).collect(),
        going: read.hand_overs.into_iter().map(going).collect(),
        id: read.person.id,
    }
}

fn contact(record: &Record) -> Contact {
    let day = |field: &str| times::stored_day(record.text(field));
    let when = match (record.text("valid_from"), record.text("valid_to")) {
        ("", "") => String::new(),
        ("", _) => words::with("contact-until", "day", &day("valid_to")),
        (_, "") => words::with("contact-from", "day", &day("valid_from")),
        _ => words::format(
            "contact-between",
            &[("from", day("valid_from").into()), ("to", day("valid_to").into())],
        ),
    };
    Contact {
        name: record.text("display_name").to_owned(),
        role: record.text("role").to_owned(),
        phones: format::phones(&format::list(record.fields.get("phones"))),
        email: record.text("email").to_owned(),
        when,
    }
}

fn meeting(record: &Record, now: i64) -> Meeting {
    let answer = record.text("answer");
    Meeting {
        id: record.id.clone(),
        title: record.text("title").to_owned(),
        when: times::stored_date_time(record.text("starts_at"), now),
        place: record.text("place").to_owned(),
        answer: if answer.is_empty() {
            words::t("meeting-no-answer")
        } else {
            words::t(&format!("meeting-{}", answer.replace('_', "-")))
        },
    }
}

fn asked(ask: &promise_services::people::asks::Ask, now: i64) -> Asked {
    let status = ask.text("status");
    Asked {
        id: ask.id.clone(),
        text: ask.text("text").to_owned(),
        shown: ask.text("shown").to_owned(),
        when: times::stored_date_time(ask.text("asked_at"), now),
        waits: ask.is_waiting(),
        status: words::t(&format!("status-{}", if status.is_empty() { "new" } else { status })),
        reply: ask.text("reply").to_owned(),
    }
}

fn phone(device: &Device, has_all: bool, now: i64) -> Phone {
    let last = device.last_sync_at.map(|at| times::date_time(at, now));
    Phone {
        id: device.author.to_string(),
        paired: times::date_time(device.paired_at, now),
        last: last.unwrap_or_else(|| words::t("phone-never")),
        has_all,
    }
}

fn going(leaving: PlannedHandOver) -> Going {
    Going { staff: leaving.staff, name: leaving.name, day: times::day(leaving.on) }
}
