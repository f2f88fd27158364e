//! `ssd_care_leavers` of the Standard Safeguarding Dataset, reduced to the columns that are needed.

use promise_edition::{ExtractRow, Issue, names_month_first, read_extract};
use promise_protocol::text;
use thiserror::Error;

const PERSON: &str = "clea_person_id";
const REVIEW: &str = "clea_pathway_plan_review_date";
const CONTACT: &str = "clea_care_leaver_latest_contact";

/// Which timescales an import records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedTimescales {
    /// The id of the one whose last day is the last review of the pathway plan.
    pub reviews: String,
    /// The id of the one whose last day is the latest contact, if the council's contacts are visits. The
    /// column is not read without it.
    pub contacts: Option<String>,
}

/// Why a file cannot be used at all. Nothing was changed. Retrying helps with another file.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum UnreadableFile {
    /// The file cannot be read, or has not the columns.
    #[error("care-leavers: {0}")]
    Sheet(Box<Issue>),
    /// The file has the names of the columns and no rows.
    #[error("care-leavers: there are no rows")]
    NoRows,
    /// A day has its month first, so that others would be read wrongly.
    #[error("care-leavers: row {row}: a day has its month first; write days as 2026-12-31")]
    MonthFirst {
        /// The row.
        row: usize,
    },
}

/// What the file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CareLeavers {
    /// The columns with days, each with the id of the timescale whose last day it has.
    pub(super) columns: Vec<(&'static str, String)>,
    pub(super) rows: Vec<Row>,
}

/// A row of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) number: usize,
    /// The key of the young person's reference. Empty if there is none.
    pub(super) person: String,
    /// The texts of the columns with days, in their order.
    pub(super) days: Vec<String>,
    /// `true` if cells may be in other columns or rows than they belong to.
    pub(super) is_damaged: bool,
}

impl CareLeavers {
    /// Reads the file: CSV in any common encoding, or an Excel workbook.
    pub fn read(bytes: &[u8], timescales: ImportedTimescales) -> Result<Self, UnreadableFile> {
        let ImportedTimescales { reviews, contacts } = timescales;
        let mut columns = vec![(REVIEW, reviews)];
        let rows = match contacts {
            None => read(bytes, [PERSON, REVIEW])?,
            Some(contacts) => {
                columns.push((CONTACT, contacts));
                read(bytes, [PERSON, REVIEW, CONTACT])?
            }
        };
        Ok(Self { columns, rows })
    }
}

fn read<const N: usize>(
    bytes: &[u8],
    columns: [&'static str; N],
) -> Result<Vec<Row>, UnreadableFile> {
    let rows = read_extract(bytes, columns);
    let rows = rows.map_err(|issue| UnreadableFile::Sheet(Box::new(issue)))?;
    if rows.is_empty() {
        return Err(UnreadableFile::NoRows);
    }
    rows.into_iter().map(Row::new).collect()
}

impl Row {
    /// Fails if a day has its month first.
    fn new<const N: usize>(row: ExtractRow<N>) -> Result<Self, UnreadableFile> {
        let ExtractRow { number, texts, is_damaged } = row;
        let mut cells = texts.into_iter();
        let person = key(&cells.next().unwrap_or_default());
        let days: Vec<String> = cells.map(|cell| plain(&cell).to_owned()).collect();
        if days.iter().any(|day| names_month_first(day)) {
            return Err(UnreadableFile::MonthFirst { row: number });
        }
        Ok(Self { number, person, days, is_damaged })
    }
}

/// Returns the text of a cell. Exports of databases write `NULL` for none.
fn plain(cell: &str) -> &str {
    if cell.eq_ignore_ascii_case("null") { "" } else { cell }
}

/// Returns the key of a reference, which is equal for texts that look the same.
pub(super) fn key(reference: &str) -> String {
    text::key(plain(reference))
}
