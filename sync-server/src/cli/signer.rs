//! `signer --socket SOCKET`

use std::{path::PathBuf, sync::Arc};

use clap::Args;

use super::{CliError, Output};
use crate::{config::Settings, data_folder, signing::SignerService};

/// Holds the signing keys in a process of its own.
#[derive(Args)]
pub(super) struct Signer {
    /// The socket to listen on. Its group may ask.
    #[arg(long)]
    socket: PathBuf,
    /// The folder of the keys [default: keys in the data folder].
    #[arg(long)]
    keys: Option<PathBuf>,
    /// The file to which every signature is added [default: signatures.log in the folder of the keys].
    #[arg(long)]
    log: Option<PathBuf>,
}

impl Signer {
    pub(super) fn run(self, settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
        let keys = self.keys.unwrap_or_else(|| data_folder::keys(&settings.data));
        let failed = |action| move |error| CliError::System(action, error);
        data_folder::create_private(&keys).map_err(failed("create the folder of the keys"))?;
        let log = self.log.unwrap_or_else(|| keys.join("signatures.log"));
        let service = SignerService::open(&keys, &log).map_err(failed("open the log"))?;
        let listener =
            SignerService::listen(&self.socket).map_err(failed("listen on the socket"))?;
        output.print(&format!("Signing on {}", self.socket.display()));
        Arc::new(service).serve(&listener).map_err(failed("go on listening"))
    }
}
