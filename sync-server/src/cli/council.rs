//! `council add ID NAME`

use clap::Subcommand;
use promise_services::people;

use super::{CliError, Output, transact};
use crate::config::Settings;

/// Councils.
#[derive(Subcommand)]
pub(super) enum Council {
    /// Add a council.
    Add {
        /// Its short name, such as barnet.
        id: String,
        /// Its full name, such as "London Borough of Barnet".
        name: String,
    },
}

impl Council {
    pub(super) fn run(self, settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
        let Self::Add { id, name } = self;
        let added = format!("Added {name} as {id}.");
        transact(settings, move |tx, _| people::add_council(tx, &id, &name))?;
        output.print(&added);
        Ok(())
    }
}
