//! Cards: changing one, who is away, and which phones have it.

mod conflict;
pub(crate) mod delivery_status;
pub(crate) mod edit;
pub(crate) mod format;
pub(crate) mod leave;
pub(crate) mod parse;

pub(crate) use edit::{KINDS, LANGUAGES};

use askama::Template;
use axum::extract::State;
use promise_database::StaffMember;
use promise_services::{Permission, ServiceError};

use crate::{
    App,
    kit::{
        page::{
            Link, Page,
            response::{self, Answer, Failure},
        },
        session::Session,
        words,
    },
};

#[derive(Template)]
#[template(path = "kit/links.html")]
struct Cards {
    page: Page,
    cards: Vec<Link>,
}

/// Lists every card of the council, for managers.
pub(crate) async fn list(State(app): State<App>, session: Session) -> Answer {
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
    Ok(response::page(&Cards { page: Page::of(&session, words::t("nav-cards")), cards }))
}

/// The name on a card.
pub(crate) fn name(staff: &StaffMember) -> String {
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
