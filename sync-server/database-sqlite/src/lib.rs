//! The store on embedded SQLite: the only part of the server that knows it.

mod audit;
mod backend;
mod backup;
mod cells;
mod changes;
mod connection;
mod deliveries;
mod devices;
mod drafts;
mod erased_people;
mod errors;
mod generation;
mod imports;
mod invitations;
mod lock;
mod overview;
mod people;
mod pictures;
mod published;
mod readers;
mod revoked_phones;
mod sign_ins;
mod staff;
mod statement;
mod traces;
mod tx;
mod writer;

pub use backend::serve;
pub use backup::{back_up, put_back};
pub use connection::SqliteConnection;
pub use lock::FolderLock;
pub use writer::Running;
