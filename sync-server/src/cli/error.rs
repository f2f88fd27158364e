//! Why a command failed. Each error explains what to do next.

use promise_database::DatabaseError;
use promise_services::{
    Entity, Existing, ServiceError,
    allocations::{AllocationRefusal, UnreadableFile},
    people::timescales::import,
};
use thiserror::Error;

use crate::{
    config::ConfigError, data_folder::DataFolderError, serve::ServeError, storage::StorageError,
};

/// Why a command failed.
#[derive(Debug, Error)]
pub enum CliError {
    /// An argument is invalid.
    #[error("{0}")]
    InvalidArgument(String),
    /// The settings are invalid.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The server does not start.
    #[error(transparent)]
    Serve(#[from] ServeError),
    /// The data folder does not open.
    #[error(transparent)]
    DataFolder(#[from] DataFolderError),
    /// A service or the database refused.
    #[error("{0}{advice}", advice = advice(.0))]
    Service(#[from] ServiceError),
    /// The operating system refused.
    #[error("cannot {0}: {1}")]
    System(&'static str, std::io::Error),
    /// The folder to publish has problems, which were printed.
    #[error("nothing was published: mend what is listed above, and publish again")]
    InvalidFolder,
    /// `person erase` was run without `--yes`.
    #[error("nothing was erased: add --yes to erase")]
    NotErased,
    /// An entry of the audit log was changed or removed, or a restore lost the newest ones.
    #[error("entry {0} of the log is not what was written, or one before it is missing")]
    BrokenLog(u64),
    /// Young people have no adviser. Holds how many.
    #[error("young people who have no adviser today: {0}")]
    Unassigned(usize),
    /// A file of an import cannot be used.
    #[error("nothing was changed: {0}")]
    AllocationFile(#[from] UnreadableFile),
    /// The file of visits and reviews cannot be used.
    #[error("nothing was changed: {0}")]
    CareLeaversFile(#[from] import::UnreadableFile),
    /// An import did its work, and found what it does not decide.
    #[error("something needs a person: see the lines above")]
    NeedsAttention,
    /// The operator did not confirm.
    #[error("nothing was published")]
    NotConfirmed,
}

impl From<DatabaseError> for CliError {
    fn from(error: DatabaseError) -> Self {
        Self::Service(error.into())
    }
}

impl From<StorageError> for CliError {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::Folder(error) => error.into(),
            StorageError::Database(error) => error.into(),
            StorageError::Service(error) => error.into(),
        }
    }
}

impl CliError {
    /// Returns 2 if the command line or the settings are invalid, 3 if the command did its work and something
    /// needs a person, else 1.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::InvalidArgument(_)
            | Self::Config(_)
            | Self::NotErased
            | Self::Service(ServiceError::InvalidField { .. }) => 2,
            Self::NeedsAttention => 3,
            _ => 1,
        }
    }
}

fn advice(error: &ServiceError) -> &'static str {
    match error {
        ServiceError::NotFound(Entity::Council) => ": add it with `council add ID NAME`",
        ServiceError::NotFound(Entity::Person) => ": `person list --council ID` shows their names",
        ServiceError::NotFound(Entity::Staff) => {
            ": use the name or handle from `staff add`, and the name if two share the handle"
        }
        ServiceError::NotFound(Entity::DeactivatedStaff) => {
            ": they work here, so there is nothing to switch on"
        }
        ServiceError::NotFound(Entity::Request) => {
            ": `staff requests --council ID` shows their names"
        }
        ServiceError::StaffDeactivated => {
            ": switch them on again first with `staff on --staff STAFF`"
        }
        ServiceError::AlreadyExists(Existing::Reference) => {
            ": `person list --council ID` shows who has it"
        }
        ServiceError::HasOwnPhone => {
            ": try `invite` without `--relink`; if the code is for another person, add a record for this \
             phone with `person add`, and link it to that"
        }
        ServiceError::Allocations(AllocationRefusal::NoCountedRole { .. }) => {
            "; name each that makes a worker the adviser with --role"
        }
        ServiceError::Allocations(AllocationRefusal::FewerRows { .. }) => {
            "; if the file is whole, add --confirm-rows with the number of this one"
        }
        ServiceError::Allocations(AllocationRefusal::ManyLosses { .. }) => {
            "; `allocations check` shows who; if it is right, add --confirm-losses with that number"
        }
        ServiceError::NotFound(Entity::Ask) => ": `ask list --person PERSON` shows them",
        ServiceError::NotFound(Entity::Phone) => ": `phones list --person PERSON` shows them",
        ServiceError::Database(DatabaseError::Busy) => ": try again in a moment",
        ServiceError::Database(DatabaseError::Damaged) => {
            ": put a backup in its place with `restore`"
        }
        _ => "",
    }
}
