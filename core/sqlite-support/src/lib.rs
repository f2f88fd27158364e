//! What the phone's and the server's SQLite databases share: the check of the linked library,
//! schema migrations, and how statements are planned.
//!
//! The crate does not choose how SQLite is linked. The crate that opens a connection enables one of
//! rusqlite's `bundled` features.

mod library;
mod migrations;
mod plans;
#[cfg(any(test, feature = "testing"))]
pub mod testing;

pub use library::{UnsafeLibrary, check_library};
pub use migrations::{MigrationError, Migrations, schema_version};
pub use plans::keep_plans;
