//! Sheets that come from elsewhere and go there: an upload, and the table as CSV.

use super::{
    super::{
        cells::Texts,
        flaw::{Flaw, What},
        sheet::{self, HeaderSlip},
        spreadsheet, text,
    },
    COLUMNS, ref_twice,
};

/// A column that a list of mistakes has, and that is passed over when it comes back.
const REMARK: &str = "what_is_wrong";

/// A sheet as it was uploaded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Upload {
    /// Its columns.
    pub columns: Vec<&'static str>,
    /// Columns that nobody knows, as they are written.
    pub unknown: Vec<String>,
    /// Its rows.
    pub rows: Vec<UploadRow>,
}

/// A row of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadRow {
    /// Its first line in the file, from 1.
    pub line: usize,
    /// What is in each of the sheet's columns.
    pub texts: Texts,
    /// What is wrong with the row as a whole.
    pub slips: Vec<Flaw>,
}

/// Why a file is no sheet of opportunities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SheetError {
    /// There is nothing in it.
    Empty,
    /// It is a workbook, and not its sheet saved as CSV.
    Workbook,
    /// Without these columns no row can be read.
    Columns(Vec<&'static str>),
    /// This column is there twice.
    Twice(&'static str),
}

/// Reads an upload.
pub fn read_upload(bytes: &[u8]) -> Result<Upload, SheetError> {
    // What Excel and LibreOffice save if nobody says CSV: a ZIP, or Excel's older form.
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(SheetError::Workbook);
    }
    let read = sheet::read(&text::decode(bytes), &COLUMNS);
    let mut unknown = Vec::new();
    for slip in &read.header {
        match slip {
            HeaderSlip::Empty => return Err(SheetError::Empty),
            HeaderSlip::Twice(column) => return Err(SheetError::Twice(column)),
            HeaderSlip::Unknown(typed) if typed == REMARK => {}
            HeaderSlip::Unknown(typed) => unknown.push(typed.clone()),
            HeaderSlip::Missing(_) => {}
        }
    }
    let lacks: Vec<&str> =
        COLUMNS.vital.iter().filter(|vital| !read.columns.contains(vital)).copied().collect();
    if !lacks.is_empty() {
        return Err(SheetError::Columns(lacks));
    }
    let rows = read.rows.into_iter().map(|row| {
        let text = |column: &&'static str| {
            let typed = row.texts.get(column).map_or("", String::as_str);
            (*column, typed.to_owned())
        };
        let texts = read.columns.iter().map(text).collect();
        UploadRow { line: row.line, texts, slips: row.slips }
    });
    Ok(Upload { rows: rows.collect(), columns: read.columns.clone(), unknown })
}

impl UploadRow {
    /// The mistake of naming what an earlier line names.
    pub fn ref_twice(&self, first: usize) -> Flaw {
        let typed = self.texts.get("ref").map_or("", String::as_str);
        Flaw::new("ref", typed, What::RefTwice(first), ref_twice(&self.texts, first))
    }
}

/// Rows as CSV that Excel opens as it should: UTF-8 with a mark, Windows line ends, and nothing
/// that it would run. With remarks, each row ends with its own.
pub fn to_csv<'a>(
    columns: &[&'static str],
    rows: impl Iterator<Item = (&'a Texts, Option<String>)>,
    with_remarks: bool,
) -> Vec<u8> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{feff}".into());
    let remark = with_remarks.then_some(REMARK);
    // Writing to memory does not fail.
    let _ = writer.write_record(columns.iter().copied().chain(remark));
    for (texts, remark) in rows {
        let cells = columns.iter().map(|column| texts.get(column).map_or("", String::as_str));
        let remark = with_remarks.then(|| remark.unwrap_or_default());
        let _ = writer.write_record(
            cells.map(str::to_owned).chain(remark).map(|it| spreadsheet::escape(&it)),
        );
    }
    writer.into_inner().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let row = |cells: [&str; 3]| -> Texts {
            ["ref", "kind", "title"].into_iter().zip(cells.map(str::to_owned)).collect()
        };
        let rows = [
            row(["a", "job", "Baker; \"night\"\nand day, £5"]),
            row(["b", "job", "=HYPERLINK(\"x\")"]),
            row(["c", "job", "'=quoted"]),
            row(["d", "job", "'tis, -5 and more"]),
        ];
        let remarks = rows.iter().map(|row| (row, Some("@what".to_owned())));
        let bytes = to_csv(&["ref", "kind", "title"], remarks, true);
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert!(text.starts_with("\u{feff}ref,kind,title,what_is_wrong\r\n"), "{text}");
        for dangerous in [",=", ",\"=", ",@", ",+"] {
            assert!(!text.contains(dangerous), "{text}");
        }
        let read = read_upload(&bytes).unwrap();
        assert_eq!(read.unknown, [""; 0]);
        let texts: Vec<Texts> =
            read.rows.iter().map(|row| super::super::read::plain(&row.texts)).collect();
        assert_eq!(texts, rows);
    }

    #[test]
    fn what_is_no_sheet_is_told_apart() {
        assert_eq!(read_upload(b""), Err(SheetError::Empty));
        assert_eq!(read_upload(b"PK\x03\x04..."), Err(SheetError::Workbook));
        assert_eq!(read_upload(b"title;kind\nx;job"), Err(SheetError::Columns(vec!["ref"])));
        let twice = read_upload(b"ref,kind,title,ref\n1,job,x,2");
        assert_eq!(twice, Err(SheetError::Twice("ref")));
        let odd = read_upload(b"ref,kind,title,Colour,what_is_wrong\n1,job,x,red,y").unwrap();
        assert_eq!(
            (odd.unknown, odd.columns),
            (vec!["Colour".to_owned()], vec!["ref", "kind", "title"])
        );
    }
}
