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
    request::Visit,
    words,
};
use crate::{
    routes::App,
    service::{Act, ServiceError},
    store::StaffMember,
};

#[derive(Template)]
#[template(path = "cards.html")]
struct Cards {
    page: Page,
    cards: Vec<Link>,
}

/// Lists every card of the council, for managers.
pub(super) async fn list(State(app): State<App>, visit: Visit) -> Answer {
    let scope = visit.scope.clone();
    let read = app.readers.run(move |tx| {
        scope.permit(Act::AnyCard)?;
        Ok(tx.staff_of(scope.own_council().unwrap_or_default())?)
    });
    let all = read.await.map_err(|error: ServiceError| error)?;
    let cards = all
        .into_iter()
        .filter(|staff| !staff.has_left())
        .map(|staff| Link {
            href: format!("/console/cards/{}", staff.id),
            text: name(&staff),
            is_here: false,
        })
        .collect();
    Ok(answer::page(&Cards { page: Page::of(&visit, words::t("nav-cards")), cards }))
}

/// The name on a card.
pub(super) fn name(staff: &StaffMember) -> String {
    let name = staff.card.get("display_name").and_then(|name| name.as_str());
    name.unwrap_or(&staff.handle).to_owned()
}

/// Whose card it is, for whoever may change it.
async fn holder(app: &App, visit: &Visit, staff: String) -> Result<StaffMember, Failure> {
    let scope = visit.scope.clone();
    let found = app.readers.run(move |tx| scope.card_holder(tx, &staff)).await;
    found.map_err(|error: ServiceError| error.into())
}

/// "My card", or "Kim's card".
fn title(visit: &Visit, staff: &StaffMember) -> String {
    if visit.signed_in.staff == staff.id {
        words::t("card-mine")
    } else {
        words::with("card-of", "name", &name(staff))
    }
}
