//! Which database the settings name. The only file of the program that knows the kinds of databases
//! there are.

use std::path::{Path, PathBuf};

use promise_database::DataSource;
use promise_database_sqlite::SqliteFile;

/// A database URL names a kind of database that this version does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownDatabase;

/// The database that the settings name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// An embedded SQLite database in this file.
    Sqlite(PathBuf),
}

impl DatabaseUrl {
    /// Parses a URL such as `sqlite:/srv/promise.db`. Without one, the database is a file in the
    /// data folder.
    pub(crate) fn parse(url: Option<&str>, data_folder: &Path) -> Result<Self, UnknownDatabase> {
        match url {
            None | Some("") => Ok(Self::in_folder(data_folder)),
            Some(url) => match url.strip_prefix("sqlite:") {
                Some(file) => Ok(Self::Sqlite(file.strip_prefix("//").unwrap_or(file).into())),
                None => Err(UnknownDatabase),
            },
        }
    }

    /// Returns the database in a data folder.
    pub(crate) fn in_folder(data_folder: &Path) -> Self {
        Self::Sqlite(data_folder.join("promise.db"))
    }

    /// The database's file; `None` if it is not in a file of its own.
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::Sqlite(file) => Some(file),
        }
    }

    /// Returns what opens, restores and reads the database.
    pub fn source(&self) -> Box<dyn DataSource> {
        match self {
            Self::Sqlite(file) => Box::new(SqliteFile::new(file)),
        }
    }
}
