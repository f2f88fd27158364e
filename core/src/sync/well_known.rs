//! Records whose ids every phone of the person knows.

use crate::{
    contacts::{CONTACT, CONTACT_MARK},
    opportunities::SAVED,
    profile::{self, PROFILE},
    promise::PLEDGE_MARK,
    store::{DocumentKind, StoreError, Tx},
};

/// Lists the ids of a sealed collection's records that every phone of the person can know: those of
/// what the council publishes, and of the contacts that it gives.
pub(super) fn well_known_ids(tx: &mut dyn Tx, collection: &str) -> Result<Vec<String>, StoreError> {
    Ok(match collection {
        SAVED => {
            [tx.document_ids(DocumentKind::Opportunity)?, tx.document_ids(DocumentKind::Kept)?]
                .concat()
        }
        PLEDGE_MARK => tx.document_ids(DocumentKind::Pledge)?,
        CONTACT_MARK => tx.current(CONTACT)?.into_iter().map(|cell| cell.key.id).collect(),
        PROFILE => vec![profile::ME.to_owned()],
        _ => Vec::new(),
    })
}

/// Returns `true` if every phone of the person knows this record's id.
pub(super) fn is_well_known(
    tx: &mut dyn Tx,
    collection: &str,
    id: &str,
) -> Result<bool, StoreError> {
    Ok(match collection {
        SAVED => tx.has_document(DocumentKind::Opportunity, id)?,
        PLEDGE_MARK => tx.has_document(DocumentKind::Pledge, id)?,
        CONTACT_MARK => !tx.current_record(CONTACT, id)?.is_empty(),
        PROFILE => id == profile::ME,
        _ => false,
    })
}
