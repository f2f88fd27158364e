//! The list of the entries that every young person of the council can be given.

use askama::Template;
use axum::extract::{Query, State};
use promise_database::AddressBookEntry;
use promise_services::{address_book, calendar::today, cards::CardId};

use crate::{
    App,
    features::cards::{card_path, details_check::ShownCheck},
    kit::{
        page::{
            NoticeQuery, Page,
            response::{self, PageResult},
        },
        session::Session,
        words,
    },
};

/// An entry.
struct Row {
    href: String,
    name: String,
    /// What it is, and where.
    role: String,
    /// When its details were checked.
    check: Option<ShownCheck>,
}

#[derive(Template)]
#[template(path = "address_book/list.html")]
struct ListTemplate {
    page: Page,
    rows: Vec<Row>,
}

/// Shows the list.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Query(query): Query<NoticeQuery>,
) -> PageResult {
    let (scope, today) = (session.scope.clone(), today(app.clock.now_millis()));
    let entries = app.database.read(move |tx| address_book::list(tx, &scope)).await?;
    let row = |entry: AddressBookEntry| Row {
        href: card_path(&CardId::from(&entry.id)),
        name: entry.name().to_owned(),
        role: entry.card.text("role").to_owned(),
        check: ShownCheck::of_card(&entry.card, today),
    };
    Ok(response::render(&ListTemplate {
        page: session.page(words::t("nav-address-book")).notice(query.done.as_deref()),
        rows: entries.into_iter().map(row).collect(),
    }))
}
