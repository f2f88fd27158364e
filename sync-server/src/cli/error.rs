//! Why a command was not done, in words that say what to do.

use thiserror::Error;

use crate::config::ConfigError;
use crate::serve::ServeError;
use promise_database::DatabaseError;
use promise_services::ServiceError;

/// Why a command was not done.
#[derive(Debug, Error)]
pub enum CliError {
    /// What was typed does not go.
    #[error("{0}")]
    Typed(String),
    /// The settings do not go.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The server does not start.
    #[error(transparent)]
    Serve(#[from] ServeError),
    /// A service did not do it.
    #[error("{0}{next}", next = what_to_do(.0))]
    Service(#[from] ServiceError),
    /// The system did not do it.
    #[error("cannot {0}: {1}")]
    System(&'static str, std::io::Error),
    /// The folder has problems, which have been told.
    #[error("nothing was published: mend what is listed above, and publish again")]
    DataFolder,
    /// The operator did not say yes.
    #[error("nothing was erased: add --yes to erase")]
    NotErased,
    /// The log was tampered with, or a backup lost its end.
    #[error("entry {0} of the log is not what was written, or one before it is missing")]
    BrokenLog(u64),
    /// Somebody has no adviser. Holds how many.
    #[error("young people who have no adviser today: {0}")]
    Alarm(usize),
    /// The operator said no.
    #[error("nothing was published")]
    SaidNo,
}

impl From<DatabaseError> for CliError {
    fn from(error: DatabaseError) -> Self {
        Self::Service(error.into())
    }
}

impl CliError {
    /// 2 if what was typed does not go, else 1.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Typed(_)
            | Self::Config(_)
            | Self::NotErased
            | Self::Service(ServiceError::InvalidField { .. }) => 2,
            _ => 1,
        }
    }
}

fn what_to_do(error: &ServiceError) -> &'static str {
    match error {
        ServiceError::NotFound("council") => ": add it with `council add ID NAME`",
        ServiceError::NotFound("person") => ": `person list --council ID` shows their names",
        ServiceError::NotFound("member of staff") => {
            ": use the name or handle from `staff add`, and the name if two share the handle"
        }
        ServiceError::NotFound("leaver") => ": they work here, so there is nothing to switch on",
        ServiceError::StaffDeactivated => {
            ": switch them on again first with `staff on --staff STAFF`"
        }
        ServiceError::AlreadyExists("reference in this council") => {
            ": `person list --council ID` shows who has it"
        }
        ServiceError::NotFound("ask") => ": `ask list --person PERSON` shows them",
        ServiceError::NotFound("phone") => ": `phones list --person PERSON` shows them",
        ServiceError::Database(DatabaseError::Busy) => ": try again in a moment",
        ServiceError::Database(DatabaseError::Damaged) => {
            ": put a backup in its place with `restore`"
        }
        _ => "",
    }
}
