//! The settings. A flag or the environment overrides the settings file, which overrides defaults
//! that are safe on one machine.

mod options;

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::PathBuf,
};

use clap::ValueEnum;
use promise_protocol::ServerAddress;
use promise_services::audit::unusual_access::DEFAULT_THRESHOLD;
use serde::Deserialize;
use thiserror::Error;

pub use self::options::Options;
use crate::database::DatabaseUrl;

/// The default data folder.
const DEFAULT_DATA: &str = "promise-data";

/// The default address: reachable from this machine only.
const DEFAULT_LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8787);

/// The format of the log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// For programs: one JSON object on each line.
    Json,
}

/// The settings in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The folder for the signing keys and the database, unless they are elsewhere.
    pub data: PathBuf,
    /// The database.
    pub database: DatabaseUrl,
    /// The socket of the signer, if the signing keys are with another process.
    pub signer: Option<PathBuf>,
    /// The address to listen on. Port 0 takes a free one.
    pub listen: SocketAddr,
    /// The address at which phones reach it, if that is not where it listens: behind a proxy.
    pub server: Option<ServerAddress>,
    /// The files for HTTPS.
    pub tls: Option<Tls>,
    /// `true` if a proxy in front handles HTTPS.
    pub behind_proxy: bool,
    /// How many young people's pages a staff member may open in a day before it is reported to
    /// managers and auditors.
    pub unusual_access: usize,
    /// The format of the log.
    pub log_format: LogFormat,
}

/// The files for HTTPS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tls {
    /// The certificate with its chain, in PEM.
    pub cert: PathBuf,
    /// Its private key, in PEM.
    pub key: PathBuf,
}

/// Invalid settings. Each error explains what to change.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// The settings file cannot be read.
    #[error("cannot read the settings file {0}: {1}")]
    Unreadable(PathBuf, std::io::Error),
    /// The settings file has a syntax error, an unknown setting or a wrong value.
    #[error("the settings file {0} is not right: {1}")]
    Malformed(PathBuf, String),
    /// One of the two files for HTTPS is missing.
    #[error("HTTPS needs both --tls-cert and --tls-key: give the other one too")]
    IncompleteTls,
    /// The server would be reachable from other machines without encryption.
    #[error(
        "{0} can be reached from other machines, and what phones send must be encrypted: give \
         --tls-cert and --tls-key, or --behind-proxy if a proxy in front does HTTPS, or listen \
         on 127.0.0.1"
    )]
    Unencrypted(SocketAddr),
    /// This version does not support the kind of database that `DATABASE_URL` names.
    #[error(
        "this version keeps its data in SQLite only, and DATABASE_URL names another database: \
         leave it out, or write sqlite:FILE. PostgreSQL comes with a later release"
    )]
    UnknownDatabase,
}

impl Settings {
    /// Returns settings for a data folder, with defaults that are safe on one machine.
    pub fn in_folder(data: impl Into<PathBuf>) -> Self {
        let data = data.into();
        Self {
            database: DatabaseUrl::in_folder(&data),
            data,
            signer: None,
            listen: DEFAULT_LISTEN,
            server: None,
            tls: None,
            behind_proxy: false,
            unusual_access: DEFAULT_THRESHOLD,
            log_format: LogFormat::default(),
        }
    }

    /// Returns the address at which phones reach the server: the setting, or else where it listens.
    pub fn server_address(&self) -> String {
        if let Some(server) = &self.server {
            return server.to_string();
        }
        let scheme = if self.tls.is_some() { "https" } else { "http" };
        let listening = format!("{scheme}://{}", self.listen);
        // In the form in which a phone names it, without the usual port.
        listening.parse::<ServerAddress>().map_or(listening, |address| address.to_string())
    }

    /// Fails if the server would be reachable from other machines without encryption.
    pub fn check_listening(&self) -> Result<(), ConfigError> {
        let is_safe = self.listen.ip().is_loopback() || self.tls.is_some() || self.behind_proxy;
        if is_safe { Ok(()) } else { Err(ConfigError::Unencrypted(self.listen)) }
    }
}
