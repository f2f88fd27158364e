//! Where an issue is.

use std::fmt;

use crate::content::RecordKind;

/// The place of an issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A file of a publish folder.
    File {
        /// The file's name in the folder.
        name: String,
        /// The position in the file; `None` if the issue is with the file as a whole.
        position: Option<Position>,
        /// The TOML table around the position, as a noun for messages: "a pledge".
        table: Option<&'static str>,
        /// The field of the table.
        field: Option<&'static str>,
    },
    /// A sheet of opportunities.
    Sheet {
        /// The file's name, where the sheet is a file of a folder.
        file: Option<String>,
        /// The row as the spreadsheet counts it, or a CSV file's line, from 1. `None` if the issue
        /// is with the sheet as a whole.
        row: Option<usize>,
        /// The column; `None` if the issue is with the row as a whole.
        column: Option<&'static str>,
    },
    /// A field of a form.
    Field {
        /// The field's name.
        name: &'static str,
    },
    /// The promise itself: its title, its intro, or its lists as a whole.
    Promise {
        /// The field.
        field: &'static str,
    },
    /// A record of one of an edition's lists.
    Record {
        /// The record's kind.
        kind: RecordKind,
        /// The record's id.
        id: String,
        /// The record's English title, or its id if it has none.
        title: String,
        /// The field.
        field: &'static str,
    },
}

/// A position in a text file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
}

impl Place {
    /// The field or column; `None` if the issue is with more than one.
    pub fn field(&self) -> Option<&'static str> {
        match self {
            Self::File { field, .. } => *field,
            Self::Sheet { column, .. } => *column,
            Self::Field { name } => Some(name),
            Self::Promise { field } | Self::Record { field, .. } => Some(field),
        }
    }

    /// The line of a file or the row of a sheet.
    pub fn line(&self) -> Option<usize> {
        match self {
            Self::File { position, .. } => position.map(|position| position.line),
            Self::Sheet { row, .. } => *row,
            Self::Field { .. } | Self::Promise { .. } | Self::Record { .. } => None,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { name, position: Some(Position { line, .. }), .. }
            | Self::Sheet { file: Some(name), row: Some(line), .. } => write!(f, "{name}:{line}"),
            Self::File { name, .. } | Self::Sheet { file: Some(name), .. } => f.write_str(name),
            Self::Sheet { row: Some(row), .. } => write!(f, "row {row}"),
            Self::Sheet { .. } => f.write_str("sheet"),
            Self::Field { name } => f.write_str(name),
            Self::Promise { .. } => f.write_str("promise"),
            Self::Record { kind, title, .. } => write!(f, "{} \"{title}\"", kind.as_str()),
        }
    }
}
