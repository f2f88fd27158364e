//! Opening the database: the key, the version, the migrations.
//!
//! Nothing here ever deletes. A wrong key and a damaged file are told apart by a fingerprint of
//! the key in a small file beside the database; either way the file stays until
//! [`set_aside`] moves it.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    sync::Once,
    time::Duration,
};

use chrono::{DateTime, Utc};
use promise_sqlite_support::{Migrations, check_library, schema_version};
use rusqlite::{Connection, OpenFlags, config::DbConfig};

use super::SqliteStore;
use crate::{key::DatabaseKey, store::StoreError};

/// The steps from an empty database to the current schema.
pub(super) const MIGRATIONS: Migrations<'_> = Migrations::new(&[include_str!("schema/1.sql")]);

/// How long to wait for another connection of the same app.
const PATIENCE: Duration = Duration::from_secs(5);

/// The files that belong to a database, by what is added to its name.
const PARTS: [&str; 4] = ["", "-wal", "-shm", "-key"];

impl SqliteStore {
    /// Opens the database, and makes it if there is none.
    ///
    /// A database from a newer version opens to be read only. [`StoreError::WrongKey`] and
    /// [`StoreError::Damaged`] leave the file as it is.
    pub fn open(path: &Path, key: &DatabaseKey) -> Result<Self, StoreError> {
        assert_library()?;
        let fits = key_fits(path, key)?;
        if fits == Some(false) {
            return Err(StoreError::WrongKey);
        }
        let opened = Self::open_keyed(path, key);
        if fits.is_none() {
            // Without a fingerprint a damaged file looks like a wrong key; the key is the likelier.
            return match opened {
                Err(StoreError::Damaged) => Err(StoreError::WrongKey),
                Ok(store) => {
                    // If it cannot be written, the next opening finds out the same way.
                    remember_key(path, key).ok();
                    Ok(store)
                }
                Err(error) => Err(error),
            };
        }
        opened
    }

    /// A database in memory, without a key: for tests.
    pub fn open_in_memory() -> Result<Self, StoreError> {
        assert_library()?;
        let mut connection = Connection::open_in_memory()?;
        MIGRATIONS.apply(&mut connection)?;
        Ok(Self { connection, newer: None })
    }

    fn open_keyed(path: &Path, key: &DatabaseKey) -> Result<Self, StoreError> {
        match Self::open_to_write(path, key) {
            // The write-ahead log and its index cannot be made. Without a log, the file is all
            // there is, and can be read as one that nobody writes.
            Err(StoreError::ReadOnly | StoreError::CannotOpen | StoreError::DiskFull)
                if path.exists() && !with_suffix(path, "-wal").exists() =>
            {
                Self::open_as_it_is(path, key)
            }
            opened => opened,
        }
    }

    fn open_as_it_is(path: &Path, key: &DatabaseKey) -> Result<Self, StoreError> {
        let address = PathBuf::from(format!("file:{}?immutable=1", percent_encoded(path)));
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
        let connection = connect(&address, key, flags)?;
        let newer = Some(version(&connection)?).filter(|found| *found > MIGRATIONS.version());
        Ok(Self { connection, newer })
    }

    fn open_to_write(path: &Path, key: &DatabaseKey) -> Result<Self, StoreError> {
        let mut connection =
            connect(path, key, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
        let found = version(&connection)?;
        if found > MIGRATIONS.version() {
            drop(connection);
            let connection = connect(path, key, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
            return Ok(Self { connection, newer: Some(found) });
        }
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
        if !connection.is_readonly(rusqlite::MAIN_DB)? {
            connection.pragma_update(None, "journal_mode", "WAL")?;
            // What a person wrote is on disk before they are told that it is saved.
            connection.pragma_update(None, "synchronous", "FULL")?;
            MIGRATIONS.apply(&mut connection)?;
        }
        Ok(Self { connection, newer: None })
    }
}

/// Moves a database that cannot be opened out of the way, with all its parts, and returns its new
/// name. Nothing is lost: the right key, or a repair, can still open it there.
pub fn set_aside(path: &Path, now: DateTime<Utc>) -> std::io::Result<PathBuf> {
    let moment = with_suffix(path, &format!(".set-aside-{}", now.format("%Y%m%dT%H%M%S%3fZ")));
    // A clock that stands still must not put one over another.
    let mut aside = moment.clone();
    for number in 2.. {
        if PARTS.iter().all(|part| !with_suffix(&aside, part).exists()) {
            break;
        }
        aside = with_suffix(&moment, &format!("-{number}"));
    }
    for part in PARTS {
        let from = with_suffix(path, part);
        if from.exists() {
            fs::rename(from, with_suffix(&aside, part))?;
        }
    }
    Ok(aside)
}

/// Whether SQLCipher was waited for.
static READY: Once = Once::new();

/// Asserts that the library is a safe one, and that it is ready.
fn assert_library() -> Result<(), StoreError> {
    check_library().map_err(|library| StoreError::OldLibrary(library.0))?;
    READY.call_once(wait_for_cipher);
    Ok(())
}

/// SQLite says that it is initialised a moment before SQLCipher is: of two threads that open their
/// first database together, one can find no cipher. (SQLite runs `SQLITE_EXTRA_INIT` after it lets
/// go of its lock.)
fn wait_for_cipher() {
    let try_key = || Connection::open_in_memory()?.pragma_update(None, "key", "x'00'");
    for _ in 0..500 {
        if try_key().is_ok() {
            return;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn connect(path: &Path, key: &DatabaseKey, flags: OpenFlags) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(PATIENCE)?;
    // Or closing after a key that does not fit would fold the write-ahead log into the file.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    // What it would write to the standard error is in the error that comes back.
    connection.pragma_update(None, "cipher_log_level", "NONE")?;
    connection.pragma_update(None, "key", key.as_pragma().as_str())?;
    // The first read is where a key that does not fit shows.
    version(&connection)?;
    Ok(connection)
}

fn version(connection: &Connection) -> Result<i64, StoreError> {
    // Reading the schema, not only the header, touches an encrypted page.
    connection.query_row("SELECT count(*) FROM sqlite_master", [], |_| Ok(()))?;
    Ok(schema_version(connection)?)
}

/// Whether the key is the one the database was made with; `None` if that is not known: there is no
/// fingerprint, or what is there was cut off while it was written.
fn key_fits(path: &Path, key: &DatabaseKey) -> Result<Option<bool>, StoreError> {
    if !path.exists() {
        return remember_key(path, key).map(|()| Some(true));
    }
    let held = fs::read_to_string(with_suffix(path, "-key")).unwrap_or_default();
    let (held, print) = (held.trim(), key.fingerprint());
    let is_whole = held.len() == print.len() && held.bytes().all(|b| b.is_ascii_hexdigit());
    Ok(is_whole.then(|| held == print))
}

fn remember_key(path: &Path, key: &DatabaseKey) -> Result<(), StoreError> {
    write_whole(&with_suffix(path, "-key"), &key.fingerprint()).map_err(|error| {
        match error.kind() {
            std::io::ErrorKind::StorageFull => StoreError::DiskFull,
            std::io::ErrorKind::ReadOnlyFilesystem | std::io::ErrorKind::PermissionDenied => {
                StoreError::ReadOnly
            }
            _ => StoreError::CannotOpen,
        }
    })
}

/// Writes a small file so that, after a power cut, it is there whole or not at all.
fn write_whole(path: &Path, text: &str) -> std::io::Result<()> {
    let new = with_suffix(path, "-new");
    let mut file = fs::File::create(&new)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(new, path)
}

/// A path as SQLite's addresses have it.
fn percent_encoded(path: &Path) -> String {
    let bytes = path.as_os_str().as_encoded_bytes().iter();
    bytes
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' => {
                char::from(*byte).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect()
}

pub(super) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

#[cfg(test)]
mod tests {
    use promise_sqlite_support::testing::assert_upgraded_equals_fresh;

    use super::*;

    #[test]
    fn upgraded_schema_equals_fresh_schema() {
        assert_upgraded_equals_fresh(&MIGRATIONS, &[]);
    }
}
