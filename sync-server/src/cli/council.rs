//! `council add ID NAME`

use clap::Subcommand;

use super::{CliError, Output, transact};
use crate::config::Settings;
use promise_services::people;

/// Councils.
#[derive(Subcommand)]
pub(super) enum Council {
    /// Add a council.
    Add {
        /// Its short name, such as barnet.
        id: String,
        /// Its name in words, such as "London Borough of Barnet".
        name: String,
    },
}

impl Council {
    pub(super) fn run(self, settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
        let Self::Add { id, name } = self;
        transact(settings, |tx, _| people::add_council(tx, &id, &name))?;
        output.say(&format!("Added {name} as {id}."));
        Ok(())
    }
}
