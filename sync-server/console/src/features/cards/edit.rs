//! The page with the form of a card.

use askama::Template;
use axum::extract::{Path, State};
use promise_protocol::schema::Kind;
use promise_services::{
    OsRandom, Permission, ServiceError,
    calendar::today,
    cards::{self, CardHolder, CardId, SaveOutcome},
};
use serde::de::DeserializeOwned;

use crate::{
    App,
    features::cards::{
        CardKind, card_holder, card_path, conflict,
        details_check::CheckBox,
        form::{CardForm, Item, unreachable_error},
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
pub(crate) struct CardTemplate {
    page: Page,
    lead: String,
    action: String,
    /// The card as it was when the form was made, to detect changes by others.
    was: String,
    items: Vec<Item>,
    /// What can be done with a stored card; `None` while it is new.
    stored: Option<Stored>,
    button: String,
}

/// What is beside the form of a stored card.
struct Stored {
    leave: Option<String>,
    check: Option<CheckBox>,
    /// The page that merges or removes the entry, if the caller may.
    remove: Option<String>,
}

impl CardTemplate {
    /// The page of a stored card.
    pub(super) fn new(
        session: &Session,
        holder: &CardHolder,
        (form, was): (CardForm, String),
        errors: Vec<FieldError>,
        now_millis: i64,
    ) -> Self {
        let (id, card) = (holder.id(), holder.card());
        let kind = CardKind::from(&id);
        let has_leave = !card.leave().is_empty();
        let is_shared = matches!(holder, CardHolder::Entry(entry) if entry.only_for.is_none());
        let can_remove = is_shared && session.scope.may(Permission::CurateAddressBook);
        let action = card_path(&id);
        Self {
            lead: match holder {
                CardHolder::Entry(entry) if entry.only_for.is_some() => words::t("entry-only-lead"),
                _ => kind.t("card-lead"),
            },
            items: form.items(&errors),
            stored: Some(Stored {
                leave: has_leave.then(|| format::value(Kind::Leave, card.value("leave"))),
                check: CheckBox::of_card(card, today(now_millis)),
                remove: can_remove.then(|| format!("{action}/remove")),
            }),
            page: session.page(title(session, holder)).with_errors(errors),
            action,
            was,
            button: words::t("card-button"),
        }
    }

    /// The page with the form of a new card, which is sent to `action` by a button with the message of key
    /// `button`.
    pub(crate) fn new_card(
        page: Page,
        action: String,
        (lead, button): (String, &str),
        form: CardForm,
    ) -> Self {
        Self {
            items: form.items(&page.errors),
            page,
            lead,
            action,
            was: String::new(),
            stored: None,
            button: words::t(button),
        }
    }
}

/// Shows the form.
pub(super) async fn get<I: Into<CardId> + DeserializeOwned + Send>(
    State(app): State<App>,
    session: Session,
    Path(card): Path<I>,
) -> PageResult {
    let holder = card_holder(&app, &session, card.into()).await?;
    let was = serde_json::to_string(holder.card()).unwrap_or_default();
    let form = CardForm::of_card(holder.card(), CardKind::from(&holder.id()));
    let now = app.clock.now_millis();
    Ok(response::render(&CardTemplate::new(&session, &holder, (form, was), Vec::new(), now)))
}

/// Saves the card, unless another staff member changed the same field meanwhile.
pub(super) async fn post<I: Into<CardId> + DeserializeOwned + Send>(
    State(app): State<App>,
    Path(card): Path<I>,
    submitted: StaffForm,
) -> PageResult {
    let StaffForm { session, form } = submitted;
    let (card, now) = (card.into(), app.clock.now_millis());
    let was = form.raw("was").to_owned();
    let card_form = CardForm::read(&form, CardKind::from(&card));
    let holder = card_holder(&app, &session, card.clone()).await?;
    let edit = match card_form.parse() {
        Ok(edit) => edit,
        Err(errors) => {
            let template = CardTemplate::new(&session, &holder, (card_form, was), errors, now);
            return Ok(response::invalid_form(&template));
        }
    };
    if !form.raw(cost_confirmation::CHANGE).is_empty() {
        let template = CardTemplate::new(&session, &holder, (card_form, was), Vec::new(), now);
        return Ok(response::render(&template));
    }
    let costly = card_form.unconfirmed(&holder.card().phones());
    if !cost_confirmation::is_confirmed(&form, &costly) {
        let page = session.page(words::t("phone-cost-title"));
        let question = cost_confirmation::question(page, card_path(&card), &form, &costly);
        return Ok(response::render(&question));
    }
    let submitted = cards::CardForm {
        shown: serde_json::from_str(&was).unwrap_or_default(),
        submitted: edit,
        choices: conflict::choices(&form),
    };
    let (scope, id) = (session.scope.clone(), card.clone());
    let saved = app
        .database
        .write(move |tx| cards::save_form(tx, &scope, &id, &submitted, now, &mut OsRandom));
    match saved.await {
        Ok(SaveOutcome::Saved(_)) => {
            let done = CardKind::from(&card).done("card");
            Ok(response::redirect(&format!("{}/phones?done={done}", card_path(&card))))
        }
        Ok(SaveOutcome::Conflicting(current, conflicts)) => {
            Ok(conflict::page(&session, &current, &form, conflicts))
        }
        // The form has a way, and a colleague removed the other one meanwhile.
        Err(ServiceError::Unreachable) => {
            let errors = vec![unreachable_error()];
            let template = CardTemplate::new(&session, &holder, (card_form, was), errors, now);
            Ok(response::invalid_form(&template))
        }
        Err(error) => Err(error.into()),
    }
}
