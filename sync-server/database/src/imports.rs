//! Sheets of opportunities that editors look at before they go into the draft.

use super::StoreError;

/// A sheet that an editor uploaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredImport {
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
    fn import(&mut self, council: &str, staff: &str) -> Result<Option<StoredImport>, StoreError>;

    /// Keeps a sheet in place of the editor's last one.
    fn set_import(&mut self, import: &StoredImport) -> Result<(), StoreError>;

    /// Throws an editor's sheet away.
    fn remove_import(&mut self, council: &str, staff: &str) -> Result<(), StoreError>;

    /// Throws away what was uploaded before a moment, in milliseconds since 1970.
    fn forget_imports(&mut self, before_millis: i64) -> Result<(), StoreError>;
}
