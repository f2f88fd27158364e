//! `council add ID NAME`, `council new-key ID`, `council sign-again ID`

use std::path::PathBuf;

use clap::Subcommand;
use promise_database::DatabaseError;
use promise_protocol::ids::CouncilId;
use promise_services::{people, signing_again};

use super::{CliError, Output, now, transact};
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
        id: CouncilId,
        /// The folder of the keys, if a signer in another process holds them [default: keys in the data
        /// folder].
        #[arg(long)]
        keys: Option<PathBuf>,
        /// The key is in other hands, or may be. Phones that hear of it accept nothing new under it, nor under any
        /// key before it. Everything is signed again with the new key.
        #[arg(long)]
        compromised: bool,
    },
    /// Sign everything again that is under a key in other hands. `new-key --compromised` does it, unless a signer in
    /// another process holds the keys. Repeating it does no harm.
    SignAgain {
        /// The council's short name.
        id: CouncilId,
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
            Self::NewKey { id, keys, compromised } => {
                let is_elsewhere = keys.is_some();
                let keys = keys.unwrap_or_else(|| data_folder::keys(&settings.data));
                let replaced = FileSigner::new(keys).replace_key(&id, compromised);
                replaced.map_err(DatabaseError::from)?;
                output
                    .print(&format!("{id} signs with a new key. Keep a copy of the folder keys."));
                if compromised && is_elsewhere {
                    output.print(&format!(
                        "Now run `council sign-again {id}` as the user of the server."
                    ));
                } else if compromised {
                    sign_again(settings, output, id)?;
                }
            }
            Self::SignAgain { id } => sign_again(settings, output, id)?,
        }
        Ok(())
    }
}

fn sign_again(settings: &Settings, output: &mut Output<'_>, id: CouncilId) -> Result<(), CliError> {
    let signed =
        transact(settings, move |tx, scope| signing_again::sign_again(tx, scope, &id, now()))?;
    if signed.is_nothing() {
        output.print("Everything is under a key that counts.");
        return Ok(());
    }
    output.print(&format!(
        "Signed again: {} changes about {} young people{}. Their phones get it at their next sync.",
        signed.changes,
        signed.people,
        signed.edition.map_or_else(String::new, |number| format!(", and edition {number}")),
    ));
    output.print(
        "Make a backup now, and use that one. After a restore of an earlier one, what staff wrote since may be \
         lost.",
    );
    Ok(())
}
