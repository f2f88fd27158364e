//! The page with the form of a card.

use askama::Template;
use axum::extract::{Path, State};
use promise_database::StaffMember;
use promise_protocol::ids::StaffId;
use promise_protocol::schema::Kind;
use promise_services::{
    OsRandom,
    calendar::today,
    cards::{self, SaveOutcome},
};

use crate::{
    App,
    features::cards::{
        card_holder, card_path, conflict,
        details_check::CheckBox,
        form::{CardForm, Item},
        title,
    },
    kit::{
        format,
        forms::{Input, cost_confirmation},
        page::{
            FieldError, Page,
            response::{self, PageResult},
        },
        session::{Session, StaffForm},
        words,
    },
};

#[derive(Template)]
#[template(path = "cards/card.html")]
pub(super) struct CardTemplate {
    page: Page,
    action: String,
    /// The card as it was when the form was made, to detect changes by others.
    was: String,
    items: Vec<Item>,
    leave: Option<String>,
    check: Option<CheckBox>,
}

impl CardTemplate {
    pub(super) fn new(
        session: &Session,
        staff: &StaffMember,
        (form, was): (CardForm, String),
        errors: Vec<FieldError>,
        now_millis: i64,
    ) -> Self {
        let has_leave = !staff.card.leave().is_empty();
        Self {
            items: form.items(&errors),
            leave: has_leave.then(|| format::value(Kind::Leave, staff.card.value("leave"))),
            page: session.page(title(session, staff)).with_errors(errors),
            action: card_path(&staff.id),
            check: CheckBox::of_card(&staff.card, today(now_millis)),
            was,
        }
    }
}

/// Shows the form.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Path(staff): Path<StaffId>,
) -> PageResult {
    let staff = card_holder(&app, &session, staff).await?;
    let was = serde_json::to_string(&staff.card).unwrap_or_default();
    let form = CardForm::of_card(&staff.card);
    let now = app.clock.now_millis();
    Ok(response::render(&CardTemplate::new(&session, &staff, (form, was), Vec::new(), now)))
}

/// Saves the card, unless another staff member changed the same field meanwhile.
pub(super) async fn post(
    State(app): State<App>,
    Path(staff): Path<StaffId>,
    submitted: StaffForm,
) -> PageResult {
    let StaffForm { session, form } = submitted;
    let (was, now) = (form.raw("was").to_owned(), app.clock.now_millis());
    let card_form = CardForm::read(&form);
    let edit = match card_form.parse() {
        Ok(edit) => edit,
        Err(errors) => {
            let staff = card_holder(&app, &session, staff).await?;
            let template = CardTemplate::new(&session, &staff, (card_form, was), errors, now);
            return Ok(response::invalid_form(&template));
        }
    };
    if !form.raw(cost_confirmation::CHANGE).is_empty() {
        let holder = card_holder(&app, &session, staff).await?;
        let template = CardTemplate::new(&session, &holder, (card_form, was), Vec::new(), now);
        return Ok(response::render(&template));
    }
    let holder = card_holder(&app, &session, staff.clone()).await?;
    let costly = card_form.unconfirmed(&holder.card.phones());
    if !cost_confirmation::is_confirmed(&form, &costly) {
        let page = session.page(words::t("phone-cost-title"));
        let question = cost_confirmation::question(page, card_path(&staff), &form, &costly);
        return Ok(response::render(&question));
    }
    let submitted = cards::CardForm {
        shown: serde_json::from_str(&was).unwrap_or_default(),
        submitted: edit,
        choices: conflict::choices(&form),
    };
    let (scope, id) = (session.scope.clone(), staff.clone());
    let saved = app
        .database
        .write(move |tx| cards::save_form(tx, &scope, &id, &submitted, now, &mut OsRandom));
    match saved.await? {
        SaveOutcome::Saved(_) => {
            Ok(response::redirect(&format!("{}/phones?done=card", card_path(&staff))))
        }
        SaveOutcome::Conflicting(current, conflicts) => {
            Ok(conflict::page(&session, &current, &form, conflicts))
        }
    }
}
