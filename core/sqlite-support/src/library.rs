//! The check of the linked SQLite library.

use thiserror::Error;

/// The first version in which a checkpoint cannot corrupt a database in WAL mode that several
/// connections use.
const MIN_VERSION: i32 = 3_051_003;

/// The linked SQLite can corrupt a database in WAL mode. Holds its version.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("SQLite {0} can corrupt a database; 3.51.3 or newer is needed")]
pub struct UnsafeLibrary(pub String);

/// Returns an error if the linked SQLite is older than 3.51.3. Call it before opening a connection.
pub fn check_library() -> Result<(), UnsafeLibrary> {
    if rusqlite::version_number() < MIN_VERSION {
        return Err(UnsafeLibrary(rusqlite::version().to_owned()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn linked_library_is_safe() {
        assert_eq!(check_library(), Ok(()));
    }
}
