//! The header of a sheet: the row whose cells name the columns.

use promise_protocol::text;

use crate::opportunities::{ISSUES_COLUMN, REQUIRED_COLUMNS, columns};

/// The columns of one kind of sheet.
pub(super) struct Header {
    known: Vec<&'static str>,
    required: Vec<&'static str>,
}

/// In how many rows from the top the header is searched. People put a title above it.
pub(super) const MAX_HEADER_ROW: usize = 10;

/// Returns `true` if a cell names the column in which an exported sheet lists issues.
pub(super) fn is_issues_column(cell: &str) -> bool {
    key(cell) == key(ISSUES_COLUMN)
}

impl Header {
    /// The columns of a sheet of opportunities.
    pub(super) fn of_opportunities() -> Self {
        Self { known: columns().collect(), required: REQUIRED_COLUMNS.to_vec() }
    }

    /// The columns of a sheet that has to have all of them.
    pub(super) fn with_all(columns: &[&'static str]) -> Self {
        Self { known: columns.to_vec(), required: columns.to_vec() }
    }

    /// The column that a cell names. Case, spaces, quotation marks, marks of required columns and
    /// characters without a shape do not count: `Age min`, `"age_min"` and `AGE-MIN*` are one column.
    pub(super) fn column_of(&self, cell: &str) -> Option<&'static str> {
        let key = key(cell);
        self.known.iter().copied().find(|column| self::key(column) == key)
    }

    /// The index of the header: the first row near the top that names every required column, or else
    /// the first row.
    pub(super) fn find<'a, R>(&self, rows: impl Iterator<Item = R>) -> usize
    where
        R: Iterator<Item = &'a str>,
    {
        let is_header = |row: R| {
            let named: Vec<&str> = row.filter_map(|cell| self.column_of(cell)).collect();
            self.required.iter().all(|required| named.contains(required))
        };
        rows.take(MAX_HEADER_ROW).position(is_header).unwrap_or(0)
    }
}

fn key(cell: &str) -> String {
    text::key(cell).chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn column_is_recognised_however_it_is_written() {
        let header = Header::of_opportunities();
        for cell in [
            "age_min",
            "Age min",
            "AGE-MIN",
            " age\u{a0}min ",
            "\u{feff}age_min",
            "\"age_min\"",
            "“Age min”",
            "age\nmin",
            "Age min:",
            "age_min*",
            "\u{200b}age_min\u{200e}",
            "AgeMin",
            "age \u{202f} min",
            "\u{ff41}ge_min",
        ] {
            assert_eq!(header.column_of(cell), Some("age_min"), "{cell:?}");
        }
        for cell in ["", " ", "age", "age_min_2", "*"] {
            assert_eq!(header.column_of(cell), None, "{cell:?}");
        }
    }

    #[test]
    fn every_column_has_a_key_of_its_own() {
        let header = Header::of_opportunities();
        for column in columns() {
            assert_eq!(header.column_of(column), Some(column));
        }
        assert!(is_issues_column("What is wrong"));
    }
}
