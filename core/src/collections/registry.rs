//! Every collection, and what the rest of the phone must know of each.

use promise_protocol::schema;

use super::{
    Record, Topic,
    access::AccessCollection,
    appointments::AppointmentCollection,
    asks::AskCollection,
    contacts::{ContactCollection, ContactMarkCollection},
    devices::DeviceCollection,
    opportunities::SavedCollection,
    own_contacts::OwnContactCollection,
    pledges::PledgeMarkCollection,
    profile::ProfileCollection,
    search_text::SearchText,
    timescales::TimescaleCollection,
};
use crate::store::{DocumentKind, SearchKind, StoreError, Tx};

/// Every collection that this version shows. Cells of others are kept and sent on.
static REGISTRY: &[&dyn Collection] = &[
    &ContactCollection,
    &ContactMarkCollection,
    &OwnContactCollection,
    &SavedCollection,
    &PledgeMarkCollection,
    &AskCollection,
    &AppointmentCollection,
    &TimescaleCollection,
    &ProfileCollection,
    &AccessCollection,
    &DeviceCollection,
    #[cfg(test)]
    &super::tests::GoalCollection,
];

/// What the rest of the phone must know of a collection.
pub(crate) trait Collection: Sync {
    /// The collection's name in the schema.
    fn name(&self) -> &'static str;

    /// The topic that a listener receives when one of its records changes.
    fn topic(&self) -> Topic;

    /// Where the ids of its records come from.
    fn record_ids(&self) -> RecordIds {
        RecordIds::Random
    }

    /// The kind of its search results; `None` if search does not cover its records.
    fn search_kind(&self) -> Option<SearchKind> {
        None
    }

    /// Returns the text by which search finds a record, from the fields that the schema marks for
    /// search. `None` keeps the record out of the index.
    fn search_text(&self, tx: &mut dyn Tx, id: &str) -> Result<Option<SearchText>, StoreError> {
        let fields = schema::collection(self.name()).map_or(&[][..], |schema| schema.fields);
        let record = Record::find(tx, self.name(), id)?;
        Ok(record.map(|record| SearchText::new(&[(fields, &record)])))
    }
}

/// Where the ids of a collection's records come from.
///
/// Outside the phone the id of a sealed record is a keyed hash. Another phone of the person finds
/// the record by hashing every id that it knows; where it can know none, the record holds its own id
/// in the field `of`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RecordIds {
    /// Each is random, and only the record itself holds it.
    Random,
    /// A record has the id of a published document that it is about. `withdrawn` is where the store
    /// keeps documents that are not published any more.
    Published { kind: DocumentKind, withdrawn: Option<DocumentKind> },
    /// A record has the id of a record in this collection, which it is about.
    SameAs(&'static str),
    /// There is one record, with this id.
    One(&'static str),
}

impl RecordIds {
    /// Lists the ids that this phone knows although no record here may have them.
    pub(crate) fn known(self, tx: &mut dyn Tx) -> Result<Vec<String>, StoreError> {
        Ok(match self {
            Self::Random => Vec::new(),
            Self::Published { kind, withdrawn } => {
                let mut ids = tx.document_ids(kind)?;
                if let Some(withdrawn) = withdrawn {
                    ids.extend(tx.document_ids(withdrawn)?);
                }
                ids
            }
            Self::SameAs(collection) => {
                tx.current(collection)?.into_iter().map(|cell| cell.key.id).collect()
            }
            Self::One(id) => vec![id.to_owned()],
        })
    }

    /// Returns `true` if every phone of the person knows this id. A record that waits to be sent does not
    /// count: the server may refuse it.
    pub(crate) fn is_known_to_all(self, tx: &mut dyn Tx, id: &str) -> Result<bool, StoreError> {
        Ok(match self {
            Self::Random => false,
            Self::Published { kind, .. } => tx.has_document(kind, id)?,
            Self::SameAs(collection) => {
                for cell in tx.current_record(collection, id)? {
                    if tx.confirmed(&cell.key)?.is_some() {
                        return Ok(true);
                    }
                }
                false
            }
            Self::One(only) => id == only,
        })
    }
}

/// Every collection, in an order that stays: edits that several collections need are stamped in it.
pub(crate) fn all() -> impl Iterator<Item = &'static dyn Collection> {
    REGISTRY.iter().copied()
}

/// The collection of this name; `None` for one that this version does not show.
pub(crate) fn find(name: &str) -> Option<&'static dyn Collection> {
    all().find(|collection| collection.name() == name)
}

/// Returns the topic that a listener receives when this collection changes.
pub(crate) fn topic(collection: &str) -> Option<Topic> {
    find(collection).map(Collection::topic)
}

/// Where the ids of this collection's records come from.
pub(crate) fn record_ids(collection: &str) -> RecordIds {
    find(collection).map_or(RecordIds::Random, Collection::record_ids)
}

/// Returns `true` if the ids of this collection's records are those of sealed records too.
pub(crate) fn names_sealed_records(collection: &str) -> bool {
    all().any(|other| matches!(other.record_ids(), RecordIds::SameAs(about) if about == collection))
}

/// Updates the search index after a record changed.
pub(crate) fn reindex(tx: &mut dyn Tx, collection: &str, id: &str) -> Result<(), StoreError> {
    let Some(collection) = find(collection) else { return Ok(()) };
    let Some(kind) = collection.search_kind() else { return Ok(()) };
    let text = collection.search_text(tx, id)?.map(SearchText::into_value);
    tx.index(kind, id, text.as_ref())
}
