//! The content of an edition before it is published, and its view as records and fields.

mod fields;
mod kind;
mod records;

use promise_protocol::pack::{Directory, Opportunities, Promise};

pub use fields::{RecordFields, field_and_language, fields_of, with_fields};
pub use kind::RecordKind;
pub(crate) use records::{Record, Records, record_id, record_title};

/// The three packs of an edition before it is published.
#[derive(Clone, Debug, PartialEq)]
pub struct EditionContent {
    /// The council's pledges.
    pub promise: Promise,
    /// What a young person can apply for, get or join.
    pub opportunities: Opportunities,
    /// Phone lines open to everyone.
    pub directory: Directory,
}
