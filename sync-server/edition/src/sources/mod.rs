//! Formats from which content is read: publish folders, sheets of opportunities, and extracts of other
//! systems.
//!
//! A new format for sheets is one module that implements [`Source`] and one line in [`SOURCES`].

mod csv;
mod encoding;
mod extract;
mod folder;
mod header;
mod sheet;
mod xlsx;

pub use extract::{ExtractRow, read_extract};
pub use folder::read_folder;
#[cfg(test)]
pub(crate) use folder::{FolderPictures, read_files};
pub use sheet::{Sheet, SheetRow, read_sheet};

use crate::issue::IssueKind;
use header::Header;

/// A format for sheets.
trait Source: Sync {
    /// Returns `true` if the bytes are of this format. File names are not trusted.
    fn recognises(&self, bytes: &[u8]) -> bool;

    /// Reads the cells of the sheet as text, row by row. The header decides which row is the first.
    fn read(&self, bytes: &[u8], header: &Header) -> Result<Table, IssueKind>;
}

/// All formats. The first one that recognises a file reads it; CSV takes whatever is left.
static SOURCES: [&dyn Source; 2] = [&xlsx::Xlsx, &csv::Csv];

/// The cells of a sheet, before their columns are known.
#[derive(Debug, Default, PartialEq, Eq)]
struct Table {
    /// The rows, of which the first names the columns. Empty rows may be left out.
    rows: Vec<TableRow>,
}

/// A row of cells.
#[derive(Debug, Default, PartialEq, Eq)]
struct TableRow {
    /// The row's number for messages, from 1: a line of a text file, or a row of a workbook.
    number: usize,
    cells: Vec<String>,
    /// What is wrong with the row as a whole.
    issues: Vec<IssueKind>,
}

/// Reads the cells of a sheet in any format.
fn read_table(bytes: &[u8], header: &Header) -> Result<Table, IssueKind> {
    match SOURCES.iter().find(|source| source.recognises(bytes)) {
        Some(source) => source.read(bytes, header),
        None => Ok(Table::default()),
    }
}
