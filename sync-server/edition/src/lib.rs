//! The content of an edition before it is published: read from folders and sheets, validated, compared
//! with what is published, and merged.
//!
//! | module | what it does |
//! |---|---|
//! | [`EditionContent`] | the three packs, and their view as records and fields |
//! | [`Issue`] | what is wrong, where, and how to fix it |
//! | [`validate`] | what a draft needs before it can be published |
//! | [`compare`], [`merge`](merge()) | changes between editions, and bringing a draft up to date |
//! | [`read_folder`], [`read_sheet`] | the formats that content is read from |
//! | [`read_extract`], [`day_of`] | columns and days of extracts from other systems |
//! | [`opportunities`] | opportunities as the texts of a row or form |
//! | [`picture`] | pictures, scaled down and without metadata |
//! | [`email`], [`spreadsheet`] | rules that the console needs for more than editions |

mod content;
mod dates;
mod diff;
pub mod email;
mod ids;
mod issue;
mod merge;
pub mod opportunities;
pub mod picture;
mod sources;
pub mod spreadsheet;
mod validate;

pub use content::{
    EditionContent, RecordFields, RecordKind, field_and_language, fields_of, with_fields,
};
pub use dates::{day_of, end_of_day_in_london, names_month_first};
pub use diff::{FieldChange, KindChanges, RecordChange, compare, describe_changes};
pub use ids::id_from_title;
pub use issue::{Issue, IssueKind, Place, Position};
pub use merge::{Keep, MergeChoices, MergeConflict, merge};
pub use opportunities::{TextOrigin, Texts};
pub use sources::{ExtractRow, Sheet, SheetRow, read_extract, read_folder, read_sheet};
pub use validate::{check_length, validate, values};

#[cfg(test)]
mod tests;
