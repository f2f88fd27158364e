//! The list of every card of the council, for managers.

use askama::Template;
use axum::extract::State;
use promise_services::{Permission, ServiceError};

use crate::{
    App,
    features::cards::card_path,
    kit::{
        format::staff_name,
        page::{
            Link, Page,
            response::{self, PageResult},
        },
        session::Session,
        words,
    },
};

#[derive(Template)]
#[template(path = "kit/links.html")]
struct ListTemplate {
    page: Page,
    links: Vec<Link>,
}

/// Shows the list.
pub(super) async fn get(State(app): State<App>, session: Session) -> PageResult {
    let scope = session.scope.clone();
    let read = app.database.read(move |tx| {
        scope.permit(Permission::AnyCard)?;
        Ok::<_, ServiceError>(tx.staff_of(scope.require_council()?)?)
    });
    let active = read.await?.into_iter().filter(|staff| !staff.is_deactivated());
    let links = active.map(|staff| Link::new(card_path(&staff.id), staff_name(&staff))).collect();
    Ok(response::render(&ListTemplate { page: session.page(words::t("nav-cards")), links }))
}
