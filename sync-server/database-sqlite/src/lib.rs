//! The server's database on embedded SQLite. No other crate knows SQLite.
//!
//! [`SqliteFile`] is the data source that the program opens. One thread writes and commits the jobs
//! of many requests together (`writer`), a few connections read beside it (`readers`), and one
//! thread notices commits of other processes (`changes`). `tx` is one transaction, and each of the
//! files that are named like those of [`promise_database`] implements one of its traits.

mod address_book;
mod allocation_imports;
mod audit;
mod backend;
mod backup;
mod cells;
mod changes;
mod columns;
mod connection;
mod deliveries;
mod devices;
mod drafts;
mod erased_people;
mod errors;
mod files;
mod generation;
mod imports;
mod invitations;
mod lock_order;
mod overview;
mod people;
mod person_labels;
mod pictures;
mod privileged_acts;
mod published;
mod readers;
mod restore;
mod revoked_phones;
mod sign_ins;
mod signing;
mod source;
mod staff;
mod staff_changes;
mod statement;
mod traces;
mod tx;
mod writer;

pub use backend::open_in_memory;
pub use connection::SqliteConnection;
pub use source::SqliteFile;
