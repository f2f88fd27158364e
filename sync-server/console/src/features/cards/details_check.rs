//! When the details on a card were last checked, and the button that says they are right.

use axum::extract::{Path, State};
use chrono::NaiveDate;
use promise_database::{ContactCard, StaffMember};
use promise_services::{
    OsRandom,
    cards::{self, CardId, ConfirmOutcome, DetailsCheck},
};
use serde::de::DeserializeOwned;

use crate::{
    App,
    features::cards::{CardKind, CardTemplate, card_path, form::CardForm},
    kit::{
        format,
        forms::field_error,
        page::response::{self, PageResult},
        session::StaffForm,
        words::{self, times},
    },
};

/// The id of the box on the card's page.
const ANCHOR: &str = "details-check";

/// The state of a check, for a page.
pub(crate) struct ShownCheck {
    pub(crate) text: String,
    /// Whether it is six months old or more.
    pub(crate) is_outdated: bool,
}

impl ShownCheck {
    pub(crate) fn new(check: DetailsCheck) -> Self {
        let text = match check {
            DetailsCheck::Never => words::t("details-never"),
            DetailsCheck::Recent(day) | DetailsCheck::Outdated(day) => {
                words::with("details-on", "day", &times::short_day(day))
            }
        };
        Self { text, is_outdated: check.is_outdated() }
    }

    /// Returns the state of a card's check. A card without a number and an address has none.
    pub(crate) fn of_card(card: &ContactCard, today: NaiveDate) -> Option<Self> {
        cards::has_details(card).then(|| Self::new(DetailsCheck::of_card(card, today)))
    }
}

/// The box on a card's page.
pub(super) struct CheckBox {
    pub(super) check: ShownCheck,
    /// The numbers that the button is about.
    pub(super) phones: Vec<String>,
    /// The e-mail address that it is about; empty if there is none.
    pub(super) email: String,
    /// The card that they are from.
    pub(super) shown: String,
}

impl CheckBox {
    /// Returns the box of a card. A card without a number and an address has none.
    pub(super) fn of_card(card: &ContactCard, today: NaiveDate) -> Option<Self> {
        ShownCheck::of_card(card, today).map(|check| Self {
            check,
            phones: format::phones(&card.phones()),
            email: card.text("email").to_owned(),
            shown: serde_json::to_string(card).unwrap_or_default(),
        })
    }
}

/// A reminder for a staff member whose own details were not checked for six months, or never.
pub(crate) struct Reminder {
    pub(crate) check: ShownCheck,
    /// The path of the box on their card.
    pub(crate) path: String,
}

impl Reminder {
    /// Returns the reminder if one is due.
    pub(crate) fn of_staff(staff: &StaffMember, today: NaiveDate) -> Option<Self> {
        let check = DetailsCheck::of_card(&staff.card, today);
        let is_due = !matches!(check, DetailsCheck::Recent(_)) && cards::has_details(&staff.card);
        is_due.then(|| Self {
            check: ShownCheck::new(check),
            path: format!("{}#{ANCHOR}", card_path(&CardId::from(&staff.id))),
        })
    }
}

/// Records that the details are right today, if they are still those that the page showed.
pub(super) async fn post<I: Into<CardId> + DeserializeOwned + Send>(
    State(app): State<App>,
    Path(card): Path<I>,
    submitted: StaffForm,
) -> PageResult {
    let StaffForm { session, form } = submitted;
    let card = card.into();
    let shown: ContactCard = serde_json::from_str(form.raw("was")).unwrap_or_default();
    let (scope, now, id) = (session.scope.clone(), app.clock.now_millis(), card.clone());
    let confirmed = app
        .database
        .write(move |tx| cards::confirm_details(tx, &scope, &id, &shown, now, &mut OsRandom));
    match confirmed.await? {
        ConfirmOutcome::Confirmed(_) => {
            let done = CardKind::from(&card).done("checked");
            Ok(response::redirect(&format!("{}/phones?done={done}", card_path(&card))))
        }
        ConfirmOutcome::Changed(current) => {
            let was = serde_json::to_string(current.card()).unwrap_or_default();
            let form = CardForm::of_card(current.card(), CardKind::from(&card));
            let errors = vec![field_error(ANCHOR, "details-changed")];
            let template = CardTemplate::new(&session, &current, (form, was), errors, now);
            Ok(response::conflict(&template))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_old_check_is_flagged() {
        let day: NaiveDate = "2026-11-03".parse().unwrap();
        let shown = ShownCheck::new(DetailsCheck::Recent(day));
        assert_eq!(
            (shown.text.as_str(), shown.is_outdated),
            ("Checked on 3 November 2026.", false)
        );
        assert!(ShownCheck::new(DetailsCheck::Outdated(day)).is_outdated);
        let never = ShownCheck::new(DetailsCheck::Never);
        assert_eq!((never.text.as_str(), never.is_outdated), ("Not checked yet.", false));
    }
}
