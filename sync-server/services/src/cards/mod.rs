//! Cards of staff and of entries of the address book. One edit reaches the phones of every young person who
//! has the staff member or the entry.

mod delivery_status;
mod details_check;
mod edit;
mod holder;
mod hours_and_leave;

use chrono::NaiveDate;
use promise_database::{ContactCard, StaffMember, Tx};
use promise_protocol::values::Leave;
use serde_json::Value;

use crate::{
    Permission, Random, ServiceError, StaffScope,
    assignments::cover_clash::{self, CoverClash},
    audit::{self, AuditAction, Subject},
    calendar, colleagues,
    field_merge::{FieldConflict, Form},
};

pub use crate::card_id::CardId;
pub use delivery_status::{DeliveryStatus, PhoneCount, PhoneDelivery, delivery_status};
pub use details_check::{ConfirmOutcome, DetailsCheck, confirm_details, has_details};
pub use edit::{CardEdit, CardForm, changed_since};
pub use holder::CardHolder;

/// The result of saving a card's form.
#[derive(Clone, Debug, PartialEq)]
pub enum SaveOutcome {
    /// The card is saved. Contains how many young people's phones change.
    Saved(usize),
    /// A colleague changed the same fields after the form was opened, and the form does not choose
    /// between the values. Nothing is saved. Contains the card as it is now.
    Conflicting(Box<CardHolder>, Vec<FieldConflict>),
}

/// The result of changing leave.
#[derive(Clone, Debug, PartialEq)]
pub enum LeaveOutcome {
    /// The leave is saved. Contains how many young people's phones change.
    Saved(usize),
    /// With this leave, a colleague or an entry that covers is on leave too, and the caller has not
    /// confirmed it. Nothing is saved.
    NeedsConfirmation(Vec<CoverClash>),
    /// By the hours on the card, none of the days of the leave is one on which they could be reached anyway.
    /// Nothing is saved: either the days or the hours are wrong.
    NeverAtWork,
}

/// A change to the leave on a card.
#[derive(Clone, Debug)]
pub enum LeaveChange {
    /// Adds a leave. Its `cover` is the id of a staff member or of an entry.
    Add(Leave),
    /// Removes the leave at this position. Does nothing if there is none.
    Remove(usize),
}

/// Returns the cards that the caller may edit: those of all staff who are not
/// deactivated, by name.
pub fn list(tx: &mut dyn Tx, scope: &StaffScope) -> Result<Vec<StaffMember>, ServiceError> {
    scope.permit(Permission::AnyCard)?;
    let mut staff = colleagues::by_name(tx, scope.require_council()?)?;
    staff.retain(|member| !member.is_deactivated());
    Ok(staff)
}

/// Saves the fields of a card that `edit` contains. Returns how many young people's phones change.
pub fn update(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    card: impl Into<CardId>,
    edit: CardEdit,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<usize, ServiceError> {
    let holder = CardHolder::find(tx, scope, card)?;
    store(tx, scope, holder, edit, now_millis, random)
}

/// Saves the fields that differ from what the form showed, unless a colleague changed one of them
/// to another value meanwhile.
pub fn save_form(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    card: impl Into<CardId>,
    form: &CardForm,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<SaveOutcome, ServiceError> {
    // Read in the transaction that writes, so that no other edit comes between.
    let holder = CardHolder::find(tx, scope, card)?;
    let merge = Form {
        shown: &form.shown.fields,
        submitted: &form.submitted.fields,
        choices: &form.choices,
    };
    let fields = match merge.merge(&holder.card().fields, edit::is_same) {
        Ok(fields) => fields,
        Err(conflicts) => return Ok(SaveOutcome::Conflicting(Box::new(holder), conflicts)),
    };
    let edit = CardEdit { fields, typed_numbers: form.changed_typed_numbers() };
    store(tx, scope, holder, edit, now_millis, random).map(SaveOutcome::Saved)
}

/// Changes the leave on a card, and drops leave that is over. Colleagues who cover are assigned for
/// its days; for an entry of the address book no one is assigned, and phones follow the chain. Leave that
/// would be covered by a colleague or an entry on leave is saved only if `confirmed` has each such clash,
/// whether it comes from the leave itself or from the cover of others.
pub fn change_leave(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    card: impl Into<CardId>,
    (change, confirmed): (LeaveChange, &[CoverClash]),
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<LeaveOutcome, ServiceError> {
    let holder = CardHolder::find(tx, scope, card)?;
    let mut leave = holder.card().leave();
    match change {
        LeaveChange::Add(new) if !hours_and_leave::has_hours_within(holder.card(), &new) => {
            return Ok(LeaveOutcome::NeverAtWork);
        }
        LeaveChange::Add(new) => leave.push(new),
        LeaveChange::Remove(index) if index < leave.len() => drop(leave.remove(index)),
        LeaveChange::Remove(_) => return Ok(LeaveOutcome::Saved(0)),
    }
    let today: NaiveDate = calendar::today(now_millis);
    leave.retain(|leave| leave.to >= today);
    leave.sort_by_key(|leave| leave.from);
    let value = serde_json::to_value(leave).unwrap_or(Value::Null);
    let edit = CardEdit::new([("leave".to_owned(), value)].into())?;
    let clashes = new_clashes(tx, &holder, &edit, today)?;
    if clashes.iter().all(|clash| confirmed.contains(clash)) {
        store(tx, scope, holder, edit, now_millis, random).map(LeaveOutcome::Saved)
    } else {
        Ok(LeaveOutcome::NeedsConfirmation(clashes))
    }
}

/// Returns the clashes that an edit of this card would bring. Entries of the address book cover for each other.
fn new_clashes(
    tx: &mut dyn Tx,
    holder: &CardHolder,
    edit: &CardEdit,
    today: NaiveDate,
) -> Result<Vec<CoverClash>, ServiceError> {
    let (known, mut clashes) = match holder {
        CardHolder::Staff(staff) => {
            let mut colleagues = tx.staff_of(&staff.council)?;
            let known = cover_clash::find(&colleagues, today);
            for member in colleagues.iter_mut().filter(|member| member.id == staff.id) {
                edit.clone().apply_to(&mut member.card);
            }
            (known, cover_clash::find(&colleagues, today))
        }
        CardHolder::Entry(entry) => {
            // One of a single young person is not in the book, and another one can cover for it.
            let mut entries = tx.book_entries(&entry.council)?;
            entries.retain(|other| other.id != entry.id);
            entries.push(entry.clone());
            let known = cover_clash::find_in_book(&entries, today);
            for changed in entries.iter_mut().filter(|other| other.id == entry.id) {
                edit.clone().apply_to(&mut changed.card);
            }
            (known, cover_clash::find_in_book(&entries, today))
        }
    };
    clashes.retain(|clash| !known.iter().any(|known| known.includes(clash)));
    Ok(clashes)
}

/// Returns [`ServiceError::Unreachable`] if the card has neither a telephone number nor an e-mail address.
pub(crate) fn require_reachable(card: &ContactCard) -> Result<(), ServiceError> {
    if has_details(card) { Ok(()) } else { Err(ServiceError::Unreachable) }
}

fn store(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    mut holder: CardHolder,
    mut edit: CardEdit,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<usize, ServiceError> {
    details_check::clear_outdated(holder.card(), &mut edit);
    let detail = format!("{} {}", holder.id(), edit.changed_fields(holder.card()).join(" "));
    let subject = Subject::Council(holder.council());
    audit::record(tx, scope, subject, AuditAction::ChangedCard, &detail, now_millis)?;
    edit.apply_to(holder.card_mut());
    holder.store(tx, scope, now_millis, random)
}

#[cfg(test)]
mod tests;
