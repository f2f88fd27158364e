//! What every edit has in common: one action of the person is one transaction, after which the
//! listener is notified.

use promise_protocol::{
    ids::random_id,
    phone_number,
    schema::{self, DELETED},
};

use super::{PocketPhone, PromiseError};
use crate::{
    collections::{Fields, InvalidEdit, Record, Topic, registry},
    store::{DocumentKind, Tx},
    sync::edit,
};

impl PocketPhone {
    /// Writes fields of a record that must be here.
    pub(super) fn edit_record(
        &self,
        collection: &str,
        id: &str,
        fields: Fields,
    ) -> Result<(), PromiseError> {
        self.edit(collection, |edit| {
            edit.require_record(collection, id)?;
            edit.write(collection, id, fields)
        })
    }

    /// Writes a new record with a random id, which it returns.
    pub(super) fn add_record(
        &self,
        collection: &str,
        fields: Fields,
    ) -> Result<String, PromiseError> {
        let id = new_record_id()?;
        self.edit(collection, |edit| edit.write(collection, &id, fields))?;
        Ok(id)
    }

    /// Deletes a record that must be here.
    pub(super) fn delete_record(&self, collection: &str, id: &str) -> Result<(), PromiseError> {
        self.edit(collection, |edit| {
            edit.require_record(collection, id)?;
            Ok(edit::delete(edit.tx, edit.now, collection, id).map(drop)?)
        })
    }

    /// Runs one action of the person. A phone that was released takes what is private to the person, and
    /// nothing that an adviser would have to read: it would never be sent.
    pub(super) fn edit(
        &self,
        collection: &str,
        action: impl FnOnce(&mut Edit<'_>) -> Result<(), PromiseError>,
    ) -> Result<(), PromiseError> {
        self.require_open()?;
        let now = self.clock.now_millis();
        self.transact(|tx| {
            let is_released = tx.pairing()?.is_some_and(|it| it.released_at().is_some());
            if is_released && !schema::is_sealed(collection) {
                return Err(PromiseError::Released);
            }
            action(&mut Edit { tx, now })
        })?;
        self.notify([Topic::Status].into_iter().chain(registry::topic(collection)));
        Ok(())
    }
}

/// One action of the person, within its transaction.
pub(super) struct Edit<'a> {
    pub(super) tx: &'a mut dyn Tx,
    /// This phone's clock, in milliseconds since 1970.
    now: i64,
}

impl Edit<'_> {
    /// Writes fields of a record.
    pub(super) fn write(
        &mut self,
        collection: &str,
        id: &str,
        fields: Fields,
    ) -> Result<(), PromiseError> {
        Ok(edit::write(self.tx, self.now, collection, id, fields.into_map()).map(drop)?)
    }

    /// Writes fields of the record about a published document. The document must be published unless
    /// the record is here already. A deleted record is restored, with `first` applied to its fields.
    pub(super) fn write_about(
        &mut self,
        (collection, kind): (&str, DocumentKind),
        id: &str,
        fields: Fields,
        first: impl FnOnce(Fields) -> Fields,
    ) -> Result<(), PromiseError> {
        if self.has_record(collection, id)? {
            return self.write(collection, id, fields);
        }
        self.require_document(kind, id)?;
        let mut fields = first(fields);
        // A record that was never written does not need its `deleted` field: each field costs bytes
        // on a small data plan.
        if !self.tx.current_record(collection, id)?.is_empty() {
            fields = fields.value(DELETED, Some(false));
        }
        self.write(collection, id, fields)
    }

    /// Returns `true` if the record is here and not deleted.
    pub(super) fn has_record(&mut self, collection: &str, id: &str) -> Result<bool, PromiseError> {
        Ok(Record::find(self.tx, collection, id)?.is_some())
    }

    /// Fails with [`PromiseError::NotFound`] if the record is not here.
    pub(super) fn require_record(
        &mut self,
        collection: &str,
        id: &str,
    ) -> Result<(), PromiseError> {
        if self.has_record(collection, id)? { Ok(()) } else { Err(PromiseError::NotFound) }
    }

    /// Fails with [`PromiseError::NotFound`] if the document is not published.
    pub(super) fn require_document(
        &mut self,
        kind: DocumentKind,
        id: &str,
    ) -> Result<(), PromiseError> {
        if self.tx.has_document(kind, id)? { Ok(()) } else { Err(PromiseError::NotFound) }
    }
}

/// A random id for a new record.
pub(super) fn new_record_id() -> Result<String, PromiseError> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).map_err(|_| PromiseError::Internal)?;
    Ok(random_id(bytes))
}

impl From<InvalidEdit> for PromiseError {
    fn from(invalid: InvalidEdit) -> Self {
        match invalid {
            InvalidEdit::Field(field) => Self::Invalid { field: field.to_owned() },
            InvalidEdit::TooLong(field) => Self::TooLong { field: field.to_owned() },
            InvalidEdit::PhoneNumber => Self::InvalidPhoneNumber,
            InvalidEdit::CostlyPhoneNumber(number, cost) => Self::CostlyPhoneNumber {
                number: phone_number::format(&number),
                cost: cost.to_string(),
            },
        }
    }
}
