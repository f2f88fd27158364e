//! The page with the form of a card.

use askama::Template;
use axum::extract::{Path, State};
use promise_database::StaffMember;
use promise_protocol::{schema::Kind, values::Leave};
use promise_services::{OsRandom, ServiceError, cards};

use crate::{
    App,
    features::cards::{
        Card, card_holder, card_path, conflict,
        form::{CardForm, Item},
        title,
    },
    kit::{
        format,
        forms::Input,
        page::{
            FieldError, Page,
            response::{self, PageResult},
        },
        session::{Session, StaffForm},
    },
};

#[derive(Template)]
#[template(path = "cards/card.html")]
struct CardTemplate {
    page: Page,
    action: String,
    /// The card as it was when the form was made, to detect changes by others.
    was: String,
    items: Vec<Item>,
    leave: Option<String>,
}

impl CardTemplate {
    fn new(
        session: &Session,
        staff: &StaffMember,
        form: CardForm,
        was: String,
        errors: Vec<FieldError>,
    ) -> Self {
        let leave = staff.card.get("leave");
        let has_leave = !format::list::<Leave>(leave).is_empty();
        Self {
            items: form.items(&errors),
            leave: leave.filter(|_| has_leave).map(|leave| format::value(Kind::Leave, leave)),
            page: session.page(title(session, staff)).with_errors(errors),
            action: card_path(&staff.id),
            was,
        }
    }
}

/// Shows the form.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Path(staff): Path<String>,
) -> PageResult {
    let staff = card_holder(&app, &session, staff).await?;
    let was = serde_json::to_string(&staff.card).unwrap_or_default();
    let form = CardForm::of_card(&staff.card);
    Ok(response::render(&CardTemplate::new(&session, &staff, form, was, Vec::new())))
}

/// Saves the card, unless another staff member changed the same field meanwhile.
pub(super) async fn post(
    State(app): State<App>,
    Path(staff): Path<String>,
    submitted: StaffForm,
) -> PageResult {
    let StaffForm { session, form } = submitted;
    let staff = card_holder(&app, &session, staff).await?;
    let was = form.raw("was").to_owned();
    let card_form = CardForm::read(&form);
    let mine = match card_form.parse() {
        Ok(mine) => mine,
        Err(errors) => {
            let template = CardTemplate::new(&session, &staff, card_form, was, errors);
            return Ok(response::invalid_form(&template));
        }
    };
    let was: Card = serde_json::from_str(&was).unwrap_or_default();
    let mine = conflict::changed(&was, mine);
    let choices = conflict::choices(&form);
    let (scope, now, id) = (session.scope.clone(), app.clock.now_millis(), staff.id.clone());
    let saved = app.database.write(move |tx| {
        // The card is read again in the transaction that writes it.
        let current = scope.card_holder(tx, &id)?;
        match conflict::resolve(&was, &current.card, mine, &choices) {
            Ok(fields) => cards::update(tx, &scope, &id, fields, now, &mut OsRandom).map(|_| None),
            Err(conflicts) => Ok(Some((current, conflicts))),
        }
    });
    match saved.await.map_err(|error: ServiceError| error)? {
        None => Ok(response::redirect(&format!("{}/phones?done=saved", card_path(&staff.id)))),
        Some((current, conflicts)) => Ok(conflict::page(&session, &current, &form, conflicts)),
    }
}
