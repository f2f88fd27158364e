//! Changes that the council signs: what staff write, and what the server writes about them.

use promise_database::{CouncilKeys, Person, Tx};
use promise_protocol::{AuthorKind, Cell, Change, statement::Statement};

use crate::ServiceError;

/// Signs a change and writes its cells, with this revision or as pending (`None`). The caller keeps what
/// they replace as history. Returns the change with its signature.
pub(crate) fn write(
    tx: &mut dyn Tx,
    person: &Person,
    mut change: Change,
    rev: Option<u64>,
) -> Result<Change, ServiceError> {
    sign(tx, person, &mut change)?;
    for cell in change.cells() {
        tx.set_cell(&person.id, &cell, rev)?;
    }
    tx.set_staff_change(&person.id, &change)?;
    tx.delete_replaced_staff_changes(&person.id, &change.collection, &change.id)?;
    Ok(change)
}

/// Deletes the signed change that wrote a cell, if the cell was the last one of it that was stored.
pub(crate) fn forget_replaced(
    tx: &mut dyn Tx,
    person: &Person,
    replaced: &Cell,
) -> Result<(), ServiceError> {
    if replaced.stamp.author.kind() == AuthorKind::Staff {
        let (collection, id) = (&replaced.key.collection, &replaced.key.id);
        tx.delete_replaced_staff_changes(&person.id, collection, id)?;
    }
    Ok(())
}

/// Signs everything that is stored about a person again, under the id by which their phones know them now.
pub(crate) fn sign_again(tx: &mut dyn Tx, person: &Person) -> Result<(), ServiceError> {
    for mut change in tx.staff_changes(&person.id)? {
        sign(tx, person, &mut change)?;
        tx.set_staff_change(&person.id, &change)?;
    }
    Ok(())
}

/// Returns `true` if the change carries a signature of the person's council, with a key that counts.
pub(crate) fn verify(keys: &CouncilKeys, person: &Person, change: &Change) -> bool {
    let statement = Statement::Change { person: person.id_on_phones().as_str(), change };
    keys.verify(&person.council, &statement, change.signature.as_ref())
}

/// Signs a change about a person, in place of a signature that it has.
pub(crate) fn sign(
    tx: &mut dyn Tx,
    person: &Person,
    change: &mut Change,
) -> Result<(), ServiceError> {
    let statement = Statement::Change { person: person.id_on_phones().as_str(), change };
    let signature = tx.sign(&person.council, &statement)?;
    change.signature = Some(signature);
    Ok(())
}
