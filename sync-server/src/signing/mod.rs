//! Where the councils' signing keys are: in files of this server, or with a signer in another process.

mod files;
mod messages;
mod renewal;
mod service;
mod socket;

use std::sync::Arc;

use promise_database::Signer;

pub use self::{files::FileSigner, service::SignerService, socket::SocketSigner};
use crate::{config::Settings, data_folder};

/// Returns the signer that the settings name: a socket, or else the keys in the data folder.
pub fn open(settings: &Settings) -> Arc<dyn Signer> {
    match &settings.signer {
        Some(socket) => Arc::new(SocketSigner::new(socket)),
        None => Arc::new(FileSigner::new(data_folder::keys(&settings.data))),
    }
}
