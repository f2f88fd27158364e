//! Validated edits of a card.

use std::collections::{BTreeMap, BTreeSet};

use promise_database::ContactCard;
use promise_edition::email;
use promise_protocol::schema::{self, DELETED, END_NOTE, Format, POSITION, Refusal, VERIFIED_ON};
use serde_json::Value;

use crate::{ServiceError, assignments::CONTACT, staff_writes::ValidFields};

/// Some or all fields of a card, valid in the schema. `null` empties a field.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CardEdit {
    pub(super) fields: BTreeMap<String, Value>,
    pub(super) typed_numbers: BTreeMap<String, String>,
}

/// A submitted form.
#[derive(Clone, Debug, Default)]
pub struct CardForm {
    /// The card as the form showed it when it was opened.
    pub shown: ContactCard,
    /// The fields that came back.
    pub submitted: CardEdit,
    /// By field, `true` to keep the submitted value of a conflict and `false` to keep the saved one.
    pub choices: BTreeMap<String, bool>,
}

impl CardEdit {
    /// Validates fields. Returns [`ServiceError::InvalidField`] for an unknown field or a value that
    /// does not fit. Only [`confirm_details`](super::confirm_details) sets the day of a check. Why a contact
    /// ends and where it stands in a list is of one young person, and not on the card.
    pub fn new(fields: BTreeMap<String, Value>) -> Result<Self, ServiceError> {
        for field in [DELETED, VERIFIED_ON, END_NOTE, POSITION] {
            if fields.contains_key(field) {
                let refusal = Refusal::UnknownField;
                return Err(ServiceError::InvalidField { field: field.into(), refusal });
            }
        }
        if let Some(field) = fields.iter().find_map(|(field, value)| invalid_email(field, value)) {
            let refusal = Refusal::WrongType;
            return Err(ServiceError::InvalidField { field: field.to_owned(), refusal });
        }
        let fields = ValidFields::validate(CONTACT, "card", fields)?.into_inner();
        Ok(Self { fields, typed_numbers: BTreeMap::new() })
    }

    /// Adds telephone numbers as they were typed, by the number in the fields.
    #[must_use]
    pub fn with_typed_numbers(self, typed_numbers: BTreeMap<String, String>) -> Self {
        Self { typed_numbers, ..self }
    }

    /// Returns the card of a new staff member.
    pub(crate) fn into_card(self) -> ContactCard {
        let mut card = ContactCard::default();
        self.apply_to(&mut card);
        card
    }

    pub(super) fn apply_to(self, card: &mut ContactCard) {
        card.fields.extend(self.fields);
        card.typed_numbers.extend(self.typed_numbers);
        let numbers: BTreeSet<String> = card.phones().into_iter().map(|it| it.number).collect();
        card.typed_numbers.retain(|number, _| numbers.contains(number));
    }

    /// Returns the names of the fields whose value is not that of the card.
    pub(super) fn changed_fields(&self, card: &ContactCard) -> Vec<&str> {
        let fields = self.fields.iter().filter(|(name, value)| card.value(name) != *value);
        let mut names: Vec<&str> = fields.map(|(name, _)| name.as_str()).collect();
        let mut typed = self.typed_numbers.iter();
        if !names.contains(&"phones")
            && typed.any(|(number, typed)| card.typed_numbers.get(number) != Some(typed))
        {
            names.push("phones");
        }
        names
    }
}

impl CardForm {
    /// Returns the numbers that the form contains in another writing than it showed.
    pub(super) fn changed_typed_numbers(&self) -> BTreeMap<String, String> {
        let mut typed = self.submitted.typed_numbers.clone();
        typed.retain(|number, typed| self.shown.typed_numbers.get(number) != Some(typed));
        typed
    }
}

/// Returns the names of the fields that a card holds otherwise than when it was shown. When its details were
/// checked makes no difference.
pub fn changed_since(shown: &ContactCard, now: &ContactCard) -> Vec<String> {
    let names: BTreeSet<&String> = shown.fields.keys().chain(now.fields.keys()).collect();
    let names = names.into_iter().filter(|name| name.as_str() != VERIFIED_ON);
    names.filter(|name| !is_same(shown.value(name), now.value(name))).cloned().collect()
}

/// Returns the name of the field if it holds a text that is not an e-mail address but should be one.
fn invalid_email<'a>(field: &'a str, value: &Value) -> Option<&'a str> {
    let is_email = schema::CONTACT.field(field)?.format == Format::Email;
    (is_email && !email::is_valid(value.as_str()?)).then_some(field)
}

/// Compares values of a form: a box that is not ticked equals a field that was never set.
pub(super) fn is_same(a: &Value, b: &Value) -> bool {
    let is_empty = |value: &Value| value.is_null() || *value == Value::Bool(false);
    a == b || (is_empty(a) && is_empty(b))
}
