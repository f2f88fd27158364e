//! Excel workbooks.

use super::{Source, Table};
use crate::issue::IssueKind;

/// The magic number of a ZIP archive, which an `.xlsx` workbook is.
const ZIP: &[u8] = b"PK\x03\x04";

/// The magic number of Excel 97 workbooks and of encrypted ones.
const OLE: &[u8] = b"\xd0\xcf\x11\xe0";

/// The first sheet of an Excel workbook.
pub(super) struct Xlsx;

impl Source for Xlsx {
    fn recognises(&self, bytes: &[u8]) -> bool {
        bytes.starts_with(ZIP) || bytes.starts_with(OLE)
    }

    fn read(&self, _: &[u8]) -> Result<Table, IssueKind> {
        Err(IssueKind::UnsupportedWorkbook)
    }
}
