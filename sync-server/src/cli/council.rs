//! `council add ID NAME`, `council new-key ID`

use std::path::PathBuf;

use clap::Subcommand;
use promise_database::DatabaseError;
use promise_services::people;

use super::{CliError, Output, transact};
use crate::{config::Settings, data_folder, signing::FileSigner};

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
    /// Replace the key with which a council signs. Phones follow, and what it signed before stays valid. A phone
    /// that has something signed with the new key, such as the next edition, obeys no order to wipe itself
    /// under the key before.
    NewKey {
        /// The council's short name.
        id: String,
        /// The folder of the keys, if a signer in another process holds them [default: keys in the data
        /// folder].
        #[arg(long)]
        keys: Option<PathBuf>,
    },
}

impl Council {
    pub(super) fn run(self, settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
        match self {
            Self::Add { id, name } => {
                let added = format!("Added {name} as {id}.");
                transact(settings, move |tx, _| people::add_council(tx, &id, &name))?;
                output.print(&added);
            }
            Self::NewKey { id, keys } => {
                let keys = keys.unwrap_or_else(|| data_folder::keys(&settings.data));
                let replaced = FileSigner::new(keys).replace_key(&id.as_str().into());
                replaced.map_err(DatabaseError::from)?;
                output
                    .print(&format!("{id} signs with a new key. Keep a copy of the folder keys."));
            }
        }
        Ok(())
    }
}
