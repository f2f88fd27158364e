//! `person add` and `person list`

use clap::Subcommand;

use super::{CliError, Output, transact};
use crate::{
    config::Settings,
    service::{OsRandom, people},
};

/// Young people.
#[derive(Subcommand)]
pub(super) enum Person {
    /// Add a young person. The server keeps no name and no date of birth.
    Add {
        /// Their council's short name.
        #[arg(long)]
        council: String,
        /// The council's own reference for them.
        #[arg(long)]
        reference: Option<String>,
    },
    /// List a council's young people.
    List {
        /// The council's short name.
        #[arg(long)]
        council: String,
    },
}

impl Person {
    pub(super) fn run(self, settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
        match self {
            Self::Add { council, reference } => {
                let id = transact(settings, |tx, scope| {
                    people::add_person(tx, scope, &council, reference.as_deref(), &mut OsRandom)
                })?;
                output.say(&id);
            }
            Self::List { council } => {
                for person in transact(settings, |tx, _| Ok(tx.people(&council)?))? {
                    let reference = person.reference.as_deref().unwrap_or("-");
                    output.say(&format!("{}  {reference}", person.id));
                }
            }
        }
        Ok(())
    }
}
