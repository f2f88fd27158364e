//! Opening the database: its key, its version and its migrations.
//!
//! Opening never deletes anything. Whether the key is wrong or the file is corrupt, the file stays
//! until [`set_aside`](super::set_aside) moves it.

use std::{
    path::{Path, PathBuf},
    sync::Once,
    time::Duration,
};

use promise_sqlite_support::{Migrations, check_library, keep_plans, schema_version};
use rusqlite::{Connection, OpenFlags, config::DbConfig};

use super::{SqliteStore, files::with_suffix, fingerprint};
use crate::{key::DatabaseKey, store::StoreError};

/// The steps from an empty database to the current schema.
pub(super) const MIGRATIONS: Migrations<'_> = Migrations::new(&[include_str!("schema/1.sql")]);

/// How many prepared statements are kept: more than the store has. Preparing one takes longer than
/// running it.
const PREPARED_STATEMENTS: usize = 96;

/// How long to wait for another connection of the same app.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

impl SqliteStore {
    /// Opens the database, or creates it if there is none.
    ///
    /// A database that a newer version wrote opens read-only. [`StoreError::WrongKey`] and
    /// [`StoreError::Damaged`] leave the file unchanged.
    pub fn open(path: &Path, key: &DatabaseKey) -> Result<Self, StoreError> {
        prepare_library()?;
        match fingerprint::check(path, key)? {
            Some(false) => Err(StoreError::WrongKey),
            Some(true) => Self::open_with_key(path, key),
            None => match Self::open_with_key(path, key) {
                // Without a fingerprint a corrupt file looks like a wrong key, which is likelier.
                Err(StoreError::Damaged) => Err(StoreError::WrongKey),
                Err(error) => Err(error),
                Ok(store) => {
                    // If it cannot be written now, the next call finds out in the same way.
                    fingerprint::write(path, key).ok();
                    Ok(store)
                }
            },
        }
    }

    /// Creates a database in memory, without a key.
    #[cfg(any(test, feature = "testing"))]
    pub fn open_in_memory() -> Result<Self, StoreError> {
        prepare_library()?;
        let mut connection = Connection::open_in_memory()?;
        keep_plans(&connection)?;
        connection.set_prepared_statement_cache_capacity(PREPARED_STATEMENTS);
        MIGRATIONS.apply(&mut connection)?;
        Ok(Self { connection, newer: None })
    }

    fn open_with_key(path: &Path, key: &DatabaseKey) -> Result<Self, StoreError> {
        match Self::open_to_write(path, key) {
            // The write-ahead log cannot be created. If there is none, the database file is
            // complete, and can be read as a file that does not change.
            Err(StoreError::ReadOnly | StoreError::CannotOpen | StoreError::DiskFull)
                if path.exists() && !with_suffix(path, "-wal").exists() =>
            {
                Self::open_immutable(path, key)
            }
            opened => opened,
        }
    }

    fn open_immutable(path: &Path, key: &DatabaseKey) -> Result<Self, StoreError> {
        let uri = PathBuf::from(format!("file:{}?immutable=1", percent_encode(path)));
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
        let connection = connect(&uri, key, flags)?;
        let newer = Some(read_version(&connection)?).filter(|found| *found > MIGRATIONS.version());
        Ok(Self { connection, newer })
    }

    fn open_to_write(path: &Path, key: &DatabaseKey) -> Result<Self, StoreError> {
        let mut connection =
            connect(path, key, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
        let found = read_version(&connection)?;
        if found > MIGRATIONS.version() {
            drop(connection);
            let connection = connect(path, key, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
            return Ok(Self { connection, newer: Some(found) });
        }
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
        if !connection.is_readonly(rusqlite::MAIN_DB)? {
            connection.pragma_update(None, "journal_mode", "WAL")?;
            // What the person wrote is on disk before the app shows that it is saved.
            connection.pragma_update(None, "synchronous", "FULL")?;
            MIGRATIONS.apply(&mut connection)?;
        }
        Ok(Self { connection, newer: None })
    }
}

fn connect(path: &Path, key: &DatabaseKey, flags: OpenFlags) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    keep_plans(&connection)?;
    connection.set_prepared_statement_cache_capacity(PREPARED_STATEMENTS);
    // Otherwise closing after a wrong key would fold the write-ahead log into the file.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    // The returned error reports what SQLCipher would write to the standard error.
    connection.pragma_update(None, "cipher_log_level", "NONE")?;
    connection.pragma_update(None, "key", key.as_pragma().as_str())?;
    // A wrong key shows at the first read.
    read_version(&connection)?;
    Ok(connection)
}

/// Returns the schema version. Reads the schema too, not only the header, which touches an encrypted
/// page.
fn read_version(connection: &Connection) -> Result<i64, StoreError> {
    connection.query_row("SELECT count(*) FROM sqlite_master", [], |_| Ok(()))?;
    Ok(schema_version(connection)?)
}

fn prepare_library() -> Result<(), StoreError> {
    static READY: Once = Once::new();
    check_library()?;
    READY.call_once(wait_for_cipher);
    Ok(())
}

/// Waits until SQLCipher is initialised. SQLite reports that it is initialised a moment before: it
/// runs `SQLITE_EXTRA_INIT` after it releases its lock. Of two threads that open their first
/// database at the same time, one can find no cipher.
fn wait_for_cipher() {
    let try_key = || Connection::open_in_memory()?.pragma_update(None, "key", "x'00'");
    for _ in 0..500 {
        if try_key().is_ok() {
            return;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// Encodes a path for a `file:` URI.
fn percent_encode(path: &Path) -> String {
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

#[cfg(test)]
mod tests {
    use promise_sqlite_support::testing::assert_upgraded_equals_fresh;

    use super::MIGRATIONS;

    #[test]
    fn upgraded_schema_equals_fresh_schema() {
        assert_upgraded_equals_fresh(&MIGRATIONS, &[]);
    }
}
