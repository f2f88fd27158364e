//! The page that shows which phones have a card. It updates itself as they sync.

use askama::Template;
use axum::extract::{Path, Query, State};
use promise_protocol::ids::PersonId;
use promise_services::{
    ServiceError,
    cards::{self, CardHolder, CardId, DeliveryStatus, PhoneCount, PhoneDelivery},
};
use serde::de::DeserializeOwned;

use crate::{
    App,
    features::cards::{CardKind, card_path, read_card, title},
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
    /// What the column about the card is called.
    state: String,
    phones: Vec<PhoneRow>,
    /// How many phones are of young people whom the caller does not see; empty if none is.
    elsewhere: String,
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
    card: CardId,
) -> Result<(CardHolder, DeliveryStatus), PageError> {
    read_card(app, session, card, |tx, scope, card| cards::delivery_status(tx, scope, card)).await
}

impl DeliveryStatusListTemplate {
    fn new(page: Page, kind: CardKind, status: DeliveryStatus, now: i64) -> Self {
        let PhoneCount { delivered: have, all } = status.count();
        let summary = match (have, all) {
            (_, 0) => kind.t("delivery-none"),
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
            state: kind.t("delivery-state"),
            elsewhere: elsewhere(status.elsewhere),
            phones: status.phones.into_iter().map(|phone| phone_row(phone, now)).collect(),
            without: status.without_phone.into_iter().map(person).collect(),
        }
    }
}

/// Returns how many phones are of young people whom the caller does not see.
fn elsewhere(count: PhoneCount) -> String {
    if count.all == 0 {
        return String::new();
    }
    let arguments = [("have", count.delivered.into()), ("all", count.all.into())];
    words::format("delivery-elsewhere", &arguments)
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
pub(super) async fn get<I: Into<CardId> + DeserializeOwned + Send>(
    State(app): State<App>,
    session: Session,
    Path(card): Path<I>,
    Query(query): Query<NoticeQuery>,
) -> PageResult {
    let (holder, status) = load(&app, &session, card.into()).await?;
    let id = holder.id();
    let kind = CardKind::from(&id);
    let page = session
        .page(kind.t("delivery-title"))
        .back(card_path(&id), title(&session, &holder))
        .notice(query.done.as_deref());
    let PhoneCount { delivered, all } = status.count();
    let list = DeliveryStatusListTemplate::new(page.clone(), kind, status, app.clock.now_millis());
    Ok(response::render(&DeliveryStatusTemplate {
        page,
        list: list.render().map_err(|_| ServiceError::Compression)?,
        source: format!("{}/phones/list", card_path(&id)),
        is_complete: delivered == all,
        edit: card_path(&id),
    }))
}

/// Shows the part of the page that changes.
pub(super) async fn get_list<I: Into<CardId> + DeserializeOwned + Send>(
    State(app): State<App>,
    session: Session,
    Path(card): Path<I>,
) -> PageResult {
    // The page is another one once the entry is merged, so nothing leads on from here.
    let (scope, id): (_, CardId) = (session.scope.clone(), card.into());
    let read = app.database.read(move |tx| cards::delivery_status(tx, &scope, &id)).await;
    let (holder, status) = read.map_err(|error: ServiceError| error)?;
    let page = session.page(String::new());
    let (kind, now) = (CardKind::from(&holder.id()), app.clock.now_millis());
    Ok(response::render(&DeliveryStatusListTemplate::new(page, kind, status, now)))
}
