//! Telephone numbers that the council changed: each is shown as new, with the one before it beside it,
//! until the person has seen it.
//!
//! A wrong number matters most at night. A person who knows a number by heart, or has it on paper, must
//! notice that it is another one now; and a number that was changed by mistake can still be told apart.

use std::collections::{BTreeMap, BTreeSet};

use promise_protocol::{Cell, ContactId, pack::Directory, values::PhoneNumber};

use super::{
    contacts::{self, CONTACT},
    pledges,
};
use crate::{
    app_lock::View,
    store::{DocumentKind, NumbersBefore, StoreError, Tx},
};

/// The field of a contact with its numbers.
const PHONES: &str = "phones";

/// Whose numbers they are.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum NumberOwner {
    /// A contact that the council gives.
    Contact {
        /// The contact's id.
        id: ContactId,
    },
    /// A line of the directory.
    Line {
        /// The line's id.
        id: String,
    },
}

impl NumberOwner {
    /// Returns the kind and the id under which a store has the numbers.
    pub(crate) fn key(&self) -> (DocumentKind, &str) {
        match self {
            Self::Contact { id } => (DocumentKind::Contact, id.as_str()),
            Self::Line { id } => (DocumentKind::Line, id),
        }
    }
}

/// Numbers that the council changed since the person last saw them.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct NumberChange {
    /// Whose they are.
    pub owner: NumberOwner,
    /// The numbers that are new: mark each of them where it is shown. Empty if numbers were only removed.
    pub new: Vec<PhoneNumber>,
    /// The numbers that are no longer right: show them beside the new ones, as such. Empty if numbers
    /// were only added.
    pub replaced: Vec<PhoneNumber>,
}

impl NumberChange {
    /// Returns `None` if the same numbers are dialled as before.
    fn between(owner: NumberOwner, before: &[PhoneNumber], now: &[PhoneNumber]) -> Option<Self> {
        let (new, replaced) = (missing(now, before), missing(before, now));
        let is_changed = !new.is_empty() || !replaced.is_empty();
        is_changed.then_some(Self { owner, new, replaced })
    }
}

/// What is dialled. The order of numbers, and what they are for, can change without a new number.
fn dial(phone: &PhoneNumber) -> (&str, Option<&str>) {
    (&phone.number, phone.ext.as_deref())
}

/// Returns the numbers that are not among the others.
fn missing(phones: &[PhoneNumber], others: &[PhoneNumber]) -> Vec<PhoneNumber> {
    let others = dialled(others);
    phones.iter().filter(|phone| !others.contains(&dial(phone))).cloned().collect()
}

fn dialled(phones: &[PhoneNumber]) -> BTreeSet<(&str, Option<&str>)> {
    phones.iter().map(dial).collect()
}

/// Before a cell replaces another one: keeps the numbers of a contact that the council changes.
pub(crate) fn keep_before_cell(tx: &mut dyn Tx, held: &Cell, new: &Cell) -> Result<(), StoreError> {
    if new.key.collection != CONTACT || new.key.field != PHONES {
        return Ok(());
    }
    // A shape that a newer version wrote has no numbers that this one could show.
    let phones = |cell: &Cell| -> Vec<PhoneNumber> {
        serde_json::from_value(cell.value.clone()).unwrap_or_default()
    };
    keep(tx, DocumentKind::Contact, &new.key.id, phones(held), &phones(new))
}

/// Before a directory replaces the one that is shown: keeps the numbers of lines that it changes.
pub(crate) fn keep_before_directory(tx: &mut dyn Tx, new: &Directory) -> Result<(), StoreError> {
    let new: BTreeMap<&str, &[PhoneNumber]> =
        new.lines.0.iter().map(|line| (line.id.as_str(), line.phones.as_slice())).collect();
    for line in pledges::directory(tx)?.lines.0 {
        if let Some(phones) = new.get(line.id.as_str()) {
            keep(tx, DocumentKind::Line, &line.id, line.phones, phones)?;
        }
    }
    Ok(())
}

/// Keeps the first numbers that the person has not seen replaced. Numbers that are changed back are not new.
fn keep(
    tx: &mut dyn Tx,
    kind: DocumentKind,
    id: &str,
    before: Vec<PhoneNumber>,
    now: &[PhoneNumber],
) -> Result<(), StoreError> {
    match tx.numbers_before(kind, id)? {
        Some(seen) if dialled(&seen.phones) == dialled(now) => {
            tx.remove_numbers_before(kind, id).map(drop)
        }
        None if dialled(&before) != dialled(now) => {
            tx.put_numbers_before(&NumbersBefore { kind, id: id.to_owned(), phones: before })
        }
        _ => Ok(()),
    }
}

/// Lists the changes that the person has not seen: contacts in the order of the list of contacts, without
/// those that the person hides, then lines in the order of the directory.
pub(crate) fn list(tx: &mut dyn Tx, view: View) -> Result<Vec<NumberChange>, StoreError> {
    let kept = tx.all_numbers_before()?;
    if kept.is_empty() {
        return Ok(Vec::new());
    }
    let contacts = contacts::list(tx, view)?.into_iter().filter(|contact| !contact.hidden);
    let contacts = contacts.map(|it| (NumberOwner::Contact { id: it.id }, it.phones));
    let lines = pledges::directory(tx)?.lines.0.into_iter();
    let lines = lines.map(|line| (NumberOwner::Line { id: line.id }, line.phones));
    let changes = contacts.chain(lines).filter_map(|(owner, now)| {
        let (kind, id) = owner.key();
        let before = kept.iter().find(|before| before.kind == kind && before.id == id)?;
        NumberChange::between(owner, &before.phones, &now)
    });
    Ok(changes.collect())
}

/// Records that the person has seen the present numbers. Returns `false` if no change of them is listed:
/// what is not shown was not seen.
pub(crate) fn mark_seen(
    tx: &mut dyn Tx,
    owner: &NumberOwner,
    view: View,
) -> Result<bool, StoreError> {
    if !list(tx, view)?.iter().any(|change| change.owner == *owner) {
        return Ok(false);
    }
    let (kind, id) = owner.key();
    tx.remove_numbers_before(kind, id)
}
