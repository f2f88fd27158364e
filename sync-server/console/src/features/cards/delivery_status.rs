//! The page that shows which phones have a card. It updates itself as they sync.

use askama::Template;
use axum::extract::{Path, Query, State};
use promise_database::StaffMember;
use promise_protocol::ids::{PersonId, StaffId};
use promise_services::{
    ServiceError,
    cards::{self, DeliveryStatus, PhoneDelivery},
};

use crate::{
    App,
    features::cards::{card_path, title},
    kit::{
        format::display_reference,
        page::{
            NoticeQuery, Page,
            response::{self, PageError, PageResult},
        },
        session::Session,
        words::{self, times},
    },
};

struct PhoneRow {
    person: String,
    name: String,
    last_sync: String,
    has_it: bool,
}

/// The part of the page that the script fetches again.
#[derive(Template)]
#[template(path = "cards/delivery_status_list.html")]
struct DeliveryStatusListTemplate {
    page: Page,
    summary: String,
    have: usize,
    all: usize,
    phones: Vec<PhoneRow>,
    /// Young people without a phone: id and reference.
    without: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "cards/delivery_status.html")]
struct DeliveryStatusTemplate {
    page: Page,
    list: String,
    /// The path of the part that is fetched again.
    source: String,
    is_complete: bool,
    edit: String,
}

async fn load(
    app: &App,
    session: &Session,
    staff: StaffId,
) -> Result<(StaffMember, DeliveryStatus), PageError> {
    let scope = session.scope.clone();
    let status = app.database.read(move |tx| cards::delivery_status(tx, &scope, &staff)).await;
    status.map_err(|error: ServiceError| error.into())
}

impl DeliveryStatusListTemplate {
    fn new(page: Page, status: DeliveryStatus, now: i64) -> Self {
        let (have, all) = (status.count_delivered(), status.phones.len());
        let summary = match (have, all) {
            (_, 0) => words::t("delivery-none"),
            (have, all) if have == all => words::count("delivery-all", all),
            _ => words::format("delivery-some", &[("have", have.into()), ("all", all.into())]),
        };
        let person = |(id, reference): (PersonId, Option<String>)| {
            let name = display_reference(id.as_str(), reference.as_deref());
            (id.into_string(), name)
        };
        Self {
            page,
            summary,
            have,
            all,
            phones: status.phones.into_iter().map(|phone| phone_row(phone, now)).collect(),
            without: status.without_phone.into_iter().map(person).collect(),
        }
    }
}

fn phone_row(phone: PhoneDelivery, now: i64) -> PhoneRow {
    let last_sync = phone.last_sync_at.map(|at| times::date_time(at, now));
    PhoneRow {
        name: display_reference(phone.person.as_str(), phone.reference.as_deref()),
        person: phone.person.into_string(),
        last_sync: last_sync.unwrap_or_else(|| words::t("phone-never")),
        has_it: phone.is_delivered,
    }
}

/// Shows the page.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Path(staff): Path<StaffId>,
    Query(query): Query<NoticeQuery>,
) -> PageResult {
    let (staff, status) = load(&app, &session, staff).await?;
    let page = session
        .page(words::t("delivery-title"))
        .back(card_path(&staff.id), title(&session, &staff))
        .notice(query.done.as_deref());
    let is_complete = status.count_delivered() == status.phones.len();
    let list = DeliveryStatusListTemplate::new(page.clone(), status, app.clock.now_millis());
    Ok(response::render(&DeliveryStatusTemplate {
        page,
        list: list.render().map_err(|_| ServiceError::Compression)?,
        source: format!("{}/phones/list", card_path(&staff.id)),
        is_complete,
        edit: card_path(&staff.id),
    }))
}

/// Shows the part of the page that changes.
pub(super) async fn get_list(
    State(app): State<App>,
    session: Session,
    Path(staff): Path<StaffId>,
) -> PageResult {
    let (_, status) = load(&app, &session, staff).await?;
    let page = session.page(String::new());
    let now = app.clock.now_millis();
    Ok(response::render(&DeliveryStatusListTemplate::new(page, status, now)))
}
