//! The list of every card of the council, for managers.

use askama::Template;
use axum::extract::State;
use promise_database::StaffMember;
use promise_services::{
    calendar::today,
    cards::{self, CardId},
};

use crate::{
    App,
    features::cards::{card_path, details_check::ShownCheck},
    kit::{
        format::staff_name,
        page::{
            Page,
            response::{self, PageResult},
        },
        session::Session,
        words,
    },
};

/// A card.
struct Row {
    href: String,
    name: String,
    /// When its details were checked; `None` if there are none.
    check: Option<ShownCheck>,
}

#[derive(Template)]
#[template(path = "cards/list.html")]
struct ListTemplate {
    page: Page,
    rows: Vec<Row>,
}

/// Shows the list.
pub(super) async fn get(State(app): State<App>, session: Session) -> PageResult {
    let (scope, today) = (session.scope.clone(), today(app.clock.now_millis()));
    let staff = app.database.read(move |tx| cards::list(tx, &scope)).await?;
    let row = |staff: StaffMember| Row {
        href: card_path(&CardId::from(&staff.id)),
        name: staff_name(&staff),
        check: ShownCheck::of_card(&staff.card, today),
    };
    Ok(response::render(&ListTemplate {
        page: session.page(words::t("nav-cards")),
        rows: staff.into_iter().map(row).collect(),
    }))
}
