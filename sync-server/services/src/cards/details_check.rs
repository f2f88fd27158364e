//! When the telephone numbers and the e-mail address on a card were last checked.
//!
//! Saving a card does not count as a check: an adviser who corrects one number may not have read the
//! others. Only the button does, about the details that its page shows. A changed number or address ends
//! the check, because what was checked is gone.

use chrono::{Months, NaiveDate};
use promise_database::{ContactCard, Tx};
use promise_protocol::schema::VERIFIED_ON;
use serde_json::Value;

use super::{CardEdit, CardHolder, CardId, store};
use crate::{Random, ServiceError, StaffScope, calendar};

/// The fields that a check is about.
const DETAILS: [&str; 2] = ["phones", "email"];

/// A check that is this many calendar months old has to be repeated.
const MAX_AGE: Months = Months::new(6);

/// Whether the details on a card were checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DetailsCheck {
    /// They were never checked, or have changed since.
    Never,
    /// They were checked on this day in London, less than six months ago.
    Recent(NaiveDate),
    /// They were checked on this day in London, six months ago or earlier.
    Outdated(NaiveDate),
}

/// The result of confirming details.
#[derive(Clone, Debug, PartialEq)]
pub enum ConfirmOutcome {
    /// They count as checked today. Contains how many young people's phones change.
    Confirmed(usize),
    /// They are not those that the caller saw, or there are none. Nothing is saved. Contains the card as it is
    /// now.
    Changed(Box<CardHolder>),
}

impl DetailsCheck {
    /// Returns the state of a check that was made on `checked_on`, if there was one.
    pub fn new(checked_on: Option<NaiveDate>, today: NaiveDate) -> Self {
        let Some(day) = checked_on else { return Self::Never };
        let is_recent = day.checked_add_months(MAX_AGE).is_none_or(|due| today < due);
        if is_recent { Self::Recent(day) } else { Self::Outdated(day) }
    }

    /// Returns the state of a card's check.
    pub fn of_card(card: &ContactCard, today: NaiveDate) -> Self {
        Self::new(card.text(VERIFIED_ON).parse().ok(), today)
    }

    /// Returns `true` if the check is six months old or more.
    pub fn is_outdated(self) -> bool {
        matches!(self, Self::Outdated(_))
    }
}

/// Returns `true` if the card has a telephone number or an e-mail address.
pub fn has_details(card: &ContactCard) -> bool {
    DETAILS.iter().any(|field| !card.value(field).is_null())
}

/// Records that the details on a card are right today. `shown` is the card as the caller saw it.
pub fn confirm_details(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    card: impl Into<CardId>,
    shown: &ContactCard,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<ConfirmOutcome, ServiceError> {
    // Read in the transaction that writes, so that no other edit comes between.
    let holder = CardHolder::find(tx, scope, card)?;
    let card = holder.card();
    let is_as_shown = DETAILS.iter().all(|field| card.value(field) == shown.value(field));
    if !is_as_shown || !has_details(card) {
        return Ok(ConfirmOutcome::Changed(Box::new(holder)));
    }
    let today = calendar::today(now_millis).to_string();
    if card.text(VERIFIED_ON) == today {
        return Ok(ConfirmOutcome::Confirmed(0));
    }
    let fields = [(VERIFIED_ON.to_owned(), Value::from(today))].into();
    let edit = CardEdit { fields, ..CardEdit::default() };
    store(tx, scope, holder, edit, now_millis, random).map(ConfirmOutcome::Confirmed)
}

/// Adds to an edit that changes the details of a card that they are not checked any more. Writes
/// nothing for a card that never was: a first sync stays as small as it is.
pub(super) fn clear_outdated(card: &ContactCard, edit: &mut CardEdit) {
    let changes =
        |field: &&str| edit.fields.get(*field).is_some_and(|value| value != card.value(field));
    if !card.value(VERIFIED_ON).is_null() && DETAILS.iter().any(changes) {
        edit.fields.insert(VERIFIED_ON.to_owned(), Value::Null);
    }
}

#[cfg(test)]
mod tests;
