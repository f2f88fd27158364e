//! Sheets of opportunities that editors uploaded and have not put into the draft yet.

use promise_protocol::ids::CouncilId;

use crate::{Actor, DatabaseError};

/// A sheet that an editor uploaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingImport {
    /// The council whose draft it is meant for.
    pub council: CouncilId,
    /// The editor who uploaded it.
    pub editor: Actor,
    /// When it was uploaded.
    pub made_at: i64,
    /// The sheet as JSON.
    pub sheet: String,
}

/// Uploaded sheets, at most one for each editor.
pub trait Imports {
    /// Returns the sheet that an editor uploaded last.
    fn import(
        &mut self,
        council: &CouncilId,
        editor: &Actor,
    ) -> Result<Option<PendingImport>, DatabaseError>;

    /// Stores a sheet in place of the editor's last one.
    fn set_import(&mut self, import: &PendingImport) -> Result<(), DatabaseError>;

    /// Deletes an editor's sheet.
    fn delete_import(&mut self, council: &CouncilId, editor: &Actor) -> Result<(), DatabaseError>;

    /// Deletes the sheets that were uploaded before a time.
    fn delete_imports_before(&mut self, before_millis: i64) -> Result<(), DatabaseError>;
}
