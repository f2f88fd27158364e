//! Cards: changing one, who is away, and which phones have it.

mod conflict;
pub(super) mod edit;
pub(super) mod leave;
pub(super) mod read;
pub(super) mod say;
pub(super) mod spread;

pub(super) use edit::{KINDS, LANGUAGES};
pub(super) use read::is_address;

use askama::Template;
use axum::extract::State;

use super::{
    answer::{self, Answer, Failure},
    page::{Link, Page},
    request::Session,
    words,
};
use crate::App;
use promise_database::StaffMember;
use promise_services::{Permission, ServiceError};

#[derive(Template)]
#[template(path = "cards.html")]
struct Cards {
    page: Page,
    cards: Vec<Link>,
}

/// Lists every card of the council, for managers.
pub(super) async fn list(State(app): State<App>, session: Session) -> Answer {
    let scope = session.scope.clone();
    let read = app.database.read(move |tx| {
        scope.permit(Permission::AnyCard)?;
        Ok(tx.staff_of(scope.own_council().unwrap_or_default())?)
    });
    let all = read.await.map_err(|error: ServiceError| error)?;
    let cards = all
        .into_iter()
        .filter(|staff| !staff.is_deactivated())
        .map(|staff| Link {
            href: format!("/console/cards/{}", staff.id),
            text: name(&staff),
            is_here: false,
        })
        .collect();
    Ok(answer::page(&Cards { page: Page::of(&session, words::t("nav-cards")), cards }))
}

/// The name on a card.
pub(super) fn name(staff: &StaffMember) -> String {
    let name = staff.card.get("display_name").and_then(|name| name.as_str());
    name.unwrap_or(&staff.handle).to_owned()
}

/// Whose card it is, for whoever may change it.
async fn holder(app: &App, session: &Session, staff: String) -> Result<StaffMember, Failure> {
    let scope = session.scope.clone();
    let found = app.database.read(move |tx| scope.card_holder(tx, &staff)).await;
    found.map_err(|error: ServiceError| error.into())
}

/// "My card", or "Kim's card".
fn title(session: &Session, staff: &StaffMember) -> String {
    if session.signed_in.staff == staff.id {
        words::t("card-mine")
    } else {
        words::with("card-of", "name", &name(staff))
    }
}
