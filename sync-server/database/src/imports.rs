//! Sheets of opportunities that editors look at before they go into the draft.

use super::DatabaseError;

/// A sheet that an editor uploaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingImport {
    /// Whose draft it is meant for.
    pub council: String,
    /// Who uploaded it; empty for whoever runs the server.
    pub staff: String,
    /// When, in milliseconds since 1970.
    pub made_at: i64,
    /// The sheet, as JSON.
    pub sheet: String,
}

/// Uploaded sheets, at most one for each editor.
pub trait Imports {
    /// What an editor uploaded last.
    fn import(
        &mut self,
        council: &str,
        staff: &str,
    ) -> Result<Option<PendingImport>, DatabaseError>;

    /// Keeps a sheet in place of the editor's last one.
    fn set_import(&mut self, import: &PendingImport) -> Result<(), DatabaseError>;

    /// Throws an editor's sheet away.
    fn delete_import(&mut self, council: &str, staff: &str) -> Result<(), DatabaseError>;

    /// Throws away what was uploaded before a moment, in milliseconds since 1970.
    fn delete_imports_before(&mut self, before_millis: i64) -> Result<(), DatabaseError>;
}
