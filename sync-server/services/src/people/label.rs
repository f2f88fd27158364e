//! Labels by which the staff of a caseload tell young people apart: initials beside a reference such as
//! `CL-0001`.
//!
//! A label is personal data. It belongs to the young person, so that an adviser who covers or takes over
//! finds it, and is deleted with them. Only the staff who have the young person in their caseload see it:
//! no manager because of their role, not the operator, and no phone. The audit log records that it
//! changed and not its text. The answer to a subject access request contains it.

use std::{collections::BTreeMap, fmt};

use promise_database::{Person, Tx};
use promise_protocol::{ids::PersonId, text};
use thiserror::Error;

use crate::{
    ServiceError, StaffScope,
    audit::{self, AuditAction, Subject},
};

/// The most characters of a label. Initials need few, and a full name has no place in it.
pub const MAX_CHARS: usize = 20;

/// A label that is valid.
#[derive(Clone, PartialEq, Eq)]
pub struct PersonLabel(String);

/// Why a text is not a label. Retry with another text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum InvalidLabel {
    /// It is longer than [`MAX_CHARS`].
    #[error("longer than 20 characters")]
    TooLong,
    /// It has a control character, such as a line break.
    #[error("has a control character")]
    ControlCharacter,
}

impl PersonLabel {
    /// Parses a typed text. Marks that change the direction of text are removed: they could make the
    /// reference beside the label read as another one. Returns `None` if nothing is left.
    pub fn parse(typed: &str) -> Result<Option<Self>, InvalidLabel> {
        let kept: String = typed.chars().filter(|c| !text::is_invisible(*c)).collect();
        let label = kept.trim();
        if label.chars().any(char::is_control) {
            return Err(InvalidLabel::ControlCharacter);
        }
        if label.chars().count() > MAX_CHARS {
            return Err(InvalidLabel::TooLong);
        }
        Ok((!label.is_empty()).then(|| Self(label.to_owned())))
    }

    /// Returns the text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Does not print the label: it must not get into a log.
impl fmt::Debug for PersonLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonLabel(..)")
    }
}

/// Returns a young person's label. Returns `None` unless the caller has them in their caseload.
pub fn find(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &PersonId,
) -> Result<Option<PersonLabel>, ServiceError> {
    if scope.has_in_caseload(tx, person)? { stored(tx, person) } else { Ok(None) }
}

/// Returns a young person's label. The caller has them in their caseload.
pub(super) fn stored(
    tx: &mut dyn Tx,
    person: &PersonId,
) -> Result<Option<PersonLabel>, ServiceError> {
    Ok(tx.person_label(person)?.map(PersonLabel))
}

/// Returns the labels of the young people in the caller's own caseload.
pub(crate) fn of_caseload(
    tx: &mut dyn Tx,
    scope: &StaffScope,
) -> Result<BTreeMap<PersonId, PersonLabel>, ServiceError> {
    let mut labels = BTreeMap::new();
    for person in scope.caseload(tx)? {
        if let Some(label) = stored(tx, &person)? {
            labels.insert(person, label);
        }
    }
    Ok(labels)
}

/// Returns a young person whose label the caller may change, and the label.
///
/// Returns [`ServiceError::NotAllowed`] to a manager who does not have them in their caseload.
pub fn to_change(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &PersonId,
) -> Result<(Person, Option<PersonLabel>), ServiceError> {
    let person = scope.person_to_change(tx, person)?;
    if !scope.has_in_caseload(tx, &person.id)? {
        return Err(ServiceError::NotAllowed);
    }
    let label = stored(tx, &person.id)?;
    Ok((person, label))
}

/// Replaces a young person's label. `None` deletes it. The errors are those of [`to_change`].
pub fn set(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &PersonId,
    label: Option<&PersonLabel>,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let (person, stored) = to_change(tx, scope, person)?;
    if stored.as_ref() == label {
        return Ok(());
    }
    tx.set_person_label(&person.id, label.map(PersonLabel::as_str))?;
    audit::record(tx, scope, Subject::Person(&person), AuditAction::ChangedLabel, "", now_millis)
}

#[cfg(test)]
mod tests;
