//! Which phones have a card, filling up as they sync.

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use promise_database::StaffMember;
use promise_services::{
    ServiceError,
    cards::{self, DeliveryStatus, PhoneDelivery},
};

use crate::{
    App,
    features::cards::title,
    kit::{
        format::display_reference,
        page::{
            NoticeQuery, Page,
            response::{self, Answer, Failure},
        },
        session::Session,
        words::{self, times},
    },
};

struct Phone {
    person: String,
    name: String,
    last: String,
    has_it: bool,
}

/// The part of the page that is fetched again.
#[derive(Template)]
#[template(path = "cards/delivery_status_list.html")]
struct List {
    page: Page,
    summary: String,
    have: usize,
    all: usize,
    phones: Vec<Phone>,
    without: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "cards/delivery_status.html")]
struct Shown {
    page: Page,
    list: String,
    source: String,
    is_done: bool,
    edit: String,
}

async fn find(
    app: &App,
    session: &Session,
    staff: String,
) -> Result<(StaffMember, DeliveryStatus), Failure> {
    let scope = session.scope.clone();
    let found = app.database.read(move |tx| cards::delivery_status(tx, &scope, &staff)).await;
    found.map_err(|error: ServiceError| error.into())
}

fn list(page: Page, spread: DeliveryStatus, now: i64) -> List {
    let (have, all) = (spread.have_it(), spread.phones.len());
    let summary = match (have, all) {
        (_, 0) => words::t("delivery-none"),
        (have, all) if have == all => words::count("delivery-all", all),
        _ => words::say("delivery-some", &[("have", have.into()), ("all", all.into())]),
    };
    let named = |(id, reference): (String, Option<String>)| {
        let name = display_reference(&id, reference.as_deref());
        (id, name)
    };
    List {
        page,
        summary,
        have,
        all,
        phones: spread.phones.into_iter().map(|it| phone(it, now)).collect(),
        without: spread.without_phone.into_iter().map(named).collect(),
    }
}

fn phone(phone: PhoneDelivery, now: i64) -> Phone {
    Phone {
        name: display_reference(&phone.person, phone.reference.as_deref()),
        person: phone.person,
        last: phone
            .last_sync_at
            .map_or_else(|| words::t("phone-never"), |at| times::moment(at, now)),
        has_it: phone.has_it,
    }
}

/// Shows the page.
pub(crate) async fn get(
    State(app): State<App>,
    session: Session,
    Path(staff): Path<String>,
    Query(query): Query<NoticeQuery>,
) -> Answer {
    let (staff, spread) = find(&app, &session, staff).await?;
    let page = session
        .page(words::t("delivery-title"))
        .back(format!("/console/cards/{}", staff.id), title(&session, &staff))
        .notice("done", query.done.as_deref());
    let is_done = spread.have_it() == spread.phones.len();
    let part = list(page.clone(), spread, app.clock.now_millis());
    Ok(response::page(&Shown {
        page,
        list: part.render().map_err(|_| ServiceError::Compression)?,
        source: format!("/console/cards/{}/phones/list", staff.id),
        is_done,
        edit: format!("/console/cards/{}", staff.id),
    }))
}

/// The part of it that changes.
pub(crate) async fn get_list(
    State(app): State<App>,
    session: Session,
    Path(staff): Path<String>,
) -> Result<Response, Failure> {
    let (_, spread) = find(&app, &session, staff).await?;
    let page = session.page(String::new());
    Ok(response::page(&list(page, spread, app.clock.now_millis())))
}
