//! Runs the conformance suite on SQLite: in memory, in a file, and for files that are opened, backed
//! up and restored.

#[cfg(test)]
mod databases {
    use std::sync::Arc;

    use promise_database::{
        DataSource, NoSigner,
        conformance::{TestDatabase, TestSource},
    };
    use promise_database_sqlite::{SqliteFile, open_in_memory};

    pub(super) fn in_memory() -> TestDatabase {
        TestDatabase::new(open_in_memory(Arc::new(NoSigner)).unwrap())
    }

    pub(super) fn in_file() -> TestDatabase {
        let folder = tempfile::tempdir().unwrap();
        let database =
            SqliteFile::new(folder.path().join("promise.db")).open(Arc::new(NoSigner)).unwrap();
        TestDatabase::with_guard(database, folder)
    }

    pub(super) fn files() -> TestSource {
        let folder = tempfile::tempdir().unwrap();
        let places = ["one.db", "two.db"].map(|name| SqliteFile::new(folder.path().join(name)));
        let backups = folder.path().join("backups");
        std::fs::create_dir(&backups).unwrap();
        TestSource::new(places, backups, folder)
    }
}

#[cfg(test)]
mod memory {
    promise_database::conformance_tests!(crate::databases::in_memory());
}

#[cfg(test)]
mod file {
    promise_database::conformance_tests!(crate::databases::in_file());
}

#[cfg(test)]
mod source {
    promise_database::data_source_tests!(crate::databases::files());
}
