//! What the phone's and the server's SQLite databases share: the check of the linked library, and
//! schema migrations.
//!
//! The crate does not choose how SQLite is linked. The crate that opens a connection enables one of
//! rusqlite's `bundled` features.

mod library;
mod migrations;
#[cfg(any(test, feature = "testing"))]
pub mod testing;

pub use library::{UnsafeLibrary, check_library};
pub use migrations::{MigrationError, Migrations, schema_version};
