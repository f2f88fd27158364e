//! The three files of an import, reduced to the columns that are needed.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use chrono::{Datelike, NaiveDate};
use promise_edition::{ExtractRow, Issue, day_of, names_month_first, read_extract};
use promise_protocol::text;
use thiserror::Error;

use super::{RefusedRow, RowProblem};

const INVOLVEMENTS: [&str; 5] = [
    "invo_person_id",
    "invo_professional_id",
    "invo_professional_role_id",
    "invo_involvement_start_date",
    "invo_involvement_end_date",
];

const PROFESSIONALS: [&str; 2] = ["prof_professional_id", "prof_staff_id"];

const DIRECTORY: [&str; 3] = ["employeeId", "mail", "accountEnabled"];

/// From this year on a day stands for no end: databases write 9999-12-31.
const NO_END_YEAR: i32 = 2100;

/// The bytes of the files, each CSV in any common encoding or an Excel workbook.
#[derive(Clone, Copy, Debug)]
pub struct AllocationFiles<'a> {
    /// `ssd_involvements`.
    pub involvements: &'a [u8],
    /// `ssd_professionals`.
    pub professionals: &'a [u8],
    /// The staff directory.
    pub directory: &'a [u8],
}

/// One of the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AllocationFile {
    /// `ssd_involvements`.
    Involvements,
    /// `ssd_professionals`.
    Professionals,
    /// The staff directory.
    Directory,
}

impl AllocationFile {
    /// Returns the name of the file's field or flag.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Involvements => "involvements",
            Self::Professionals => "professionals",
            Self::Directory => "directory",
        }
    }
}

impl fmt::Display for AllocationFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Why a file cannot be used at all. Nothing was changed. Retrying helps with another file.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum UnreadableFile {
    /// The file cannot be read, or has not the columns.
    #[error("{file}: {issue}")]
    Sheet {
        /// The file.
        file: AllocationFile,
        /// What is wrong.
        issue: Box<Issue>,
    },
    /// The file has the names of the columns and no rows.
    #[error("{0}: there are no rows")]
    NoRows(AllocationFile),
    /// A day has its month first, so that others would be read wrongly.
    #[error("involvements: row {row}: a day has its month first; write days as 2026-12-31")]
    MonthFirst {
        /// The row.
        row: usize,
    },
}

/// The days of an involvement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// The first day.
    pub starts: NaiveDate,
    /// The last day; `None` if it has no end.
    pub last: Option<NaiveDate>,
}

/// A row of `ssd_involvements`. Ids are keys, which are equal for texts that look the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Involvement {
    /// The row's number.
    pub row: usize,
    /// The young person in the case system. Empty if there is none.
    pub person: String,
    /// The worker in the case system. Empty if none is named.
    pub professional: String,
    /// The role, as it is written.
    pub role: String,
    /// The days, or why they cannot be read.
    pub days: Result<Days, RowProblem>,
}

/// What the files say.
#[derive(Clone, Debug, Default)]
pub struct Extract {
    /// How many rows the involvements have.
    pub rows: usize,
    /// The involvements.
    pub involvements: Vec<Involvement>,
    /// The rows of the other files that do not count.
    pub refused: Vec<RefusedRow>,
    /// The staff numbers of each professional.
    pub(super) staff_numbers: BTreeMap<String, BTreeSet<String>>,
    /// The addresses of each staff number.
    pub(super) addresses: BTreeMap<String, BTreeSet<String>>,
    /// For each address, whether one of its accounts in the directory is on.
    pub(super) is_enabled: BTreeMap<String, bool>,
}

impl Extract {
    /// Reads the files.
    pub fn read(files: &AllocationFiles<'_>) -> Result<Self, UnreadableFile> {
        let mut extract = Self::default();
        let rows = read(AllocationFile::Involvements, files.involvements, INVOLVEMENTS)?;
        extract.rows = rows.len();
        for row in &rows {
            let [.., starts, ends] = &row.texts;
            if [starts, ends].into_iter().any(|day| names_month_first(day)) {
                return Err(UnreadableFile::MonthFirst { row: row.number });
            }
        }
        extract.involvements = rows.iter().map(involvement).collect();
        for row in read(AllocationFile::Professionals, files.professionals, PROFESSIONALS)? {
            extract.add_professional(&row);
        }
        for row in read(AllocationFile::Directory, files.directory, DIRECTORY)? {
            extract.add_directory_row(&row);
        }
        Ok(extract)
    }

    fn add_professional(&mut self, row: &ExtractRow<2>) {
        if row.is_damaged {
            return self.refuse(AllocationFile::Professionals, row.number, RowProblem::Damaged);
        }
        let [professional, number] = row.texts.each_ref().map(|cell| key(cell));
        if !professional.is_empty() {
            let numbers = self.staff_numbers.entry(professional).or_default();
            numbers.extend(Some(number).filter(|number| !number.is_empty()));
        }
    }

    fn add_directory_row(&mut self, row: &ExtractRow<3>) {
        if row.is_damaged {
            return self.refuse(AllocationFile::Directory, row.number, RowProblem::Damaged);
        }
        let [number, address, enabled] = row.texts.each_ref().map(|cell| key(cell));
        if !number.is_empty() {
            let addresses = self.addresses.entry(number).or_default();
            addresses.extend(Some(address.clone()).filter(|address| !address.is_empty()));
        }
        if address.is_empty() {
            return;
        }
        // Where it is not clear, the account counts as one that is on: no colleague leaves by a slip.
        let enabled = yes_or_no(&enabled);
        *self.is_enabled.entry(address).or_default() |= enabled.unwrap_or(true);
        if enabled.is_none() {
            self.refuse(AllocationFile::Directory, row.number, RowProblem::NotYesOrNo);
        }
    }

    fn refuse(&mut self, file: AllocationFile, row: usize, problem: RowProblem) {
        self.refused.push(RefusedRow { file, row, problem, reference: None });
    }
}

fn read<const N: usize>(
    file: AllocationFile,
    bytes: &[u8],
    columns: [&'static str; N],
) -> Result<Vec<ExtractRow<N>>, UnreadableFile> {
    let rows = read_extract(bytes, columns);
    let rows = rows.map_err(|issue| UnreadableFile::Sheet { file, issue: Box::new(issue) })?;
    if rows.is_empty() { Err(UnreadableFile::NoRows(file)) } else { Ok(rows) }
}

fn involvement(row: &ExtractRow<5>) -> Involvement {
    let [person, professional, role, starts, ends] = &row.texts;
    let days = if row.is_damaged { Err(RowProblem::Damaged) } else { days(starts, ends) };
    let (person, professional) = (key(person), key(professional));
    Involvement { row: row.number, person, professional, role: plain(role).to_owned(), days }
}

fn days(starts: &str, ends: &str) -> Result<Days, RowProblem> {
    let starts = day_of(plain(starts)).ok_or(RowProblem::FirstDay)?;
    let last = match plain(ends) {
        "" => None,
        ends => Some(day_of(ends).ok_or(RowProblem::LastDay)?),
    };
    let last = last.filter(|last| last.year() < NO_END_YEAR);
    if last.is_some_and(|last| last < starts) {
        return Err(RowProblem::DaysOutOfOrder);
    }
    Ok(Days { starts, last })
}

/// Returns the text of a cell. Exports of databases write `NULL` for none.
fn plain(cell: &str) -> &str {
    if cell.eq_ignore_ascii_case("null") { "" } else { cell }
}

fn key(cell: &str) -> String {
    text::key(plain(cell))
}

fn yes_or_no(key: &str) -> Option<bool> {
    match key {
        "true" | "yes" | "1" => Some(true),
        "false" | "no" | "0" => Some(false),
        _ => None,
    }
}
