//! Settings: what a flag or the environment says, else what the settings file says, else what is
//! safe on one machine.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
};

use clap::{Args, ValueEnum};
use serde::Deserialize;
use thiserror::Error;

use promise_services::audit::unusual_access::DEFAULT_THRESHOLD;

/// Where the server listens when nothing is said: this machine alone.
const LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8787);

/// Settings as flags, the environment or a file give them.
#[derive(Args, Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Given {
    /// The folder for the database and its key [default: promise-data].
    #[arg(long, global = true, env = "PROMISE_DATA", value_name = "FOLDER")]
    pub data: Option<PathBuf>,
    /// The database, if it is not in the data folder: sqlite:FILE.
    #[arg(long, global = true, env = "DATABASE_URL", value_name = "URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// Where to listen [default: 127.0.0.1:8787].
    #[arg(long, global = true, env = "PROMISE_LISTEN", value_name = "ADDRESS:PORT")]
    pub listen: Option<SocketAddr>,
    /// The certificate for HTTPS, with its chain, in PEM.
    #[arg(long, global = true, env = "PROMISE_TLS_CERT", value_name = "FILE")]
    pub tls_cert: Option<PathBuf>,
    /// The certificate's private key, in PEM.
    #[arg(long, global = true, env = "PROMISE_TLS_KEY", value_name = "FILE")]
    pub tls_key: Option<PathBuf>,
    /// A proxy in front of this server does HTTPS and sets X-Forwarded-For.
    #[arg(
        long, global = true, env = "PROMISE_BEHIND_PROXY", value_name = "YES",
        num_args = 0..=1, default_missing_value = "true"
    )]
    pub behind_proxy: Option<bool>,
    /// How many young people's pages that somebody opens in a day are many, and told to managers
    /// and auditors [default: 40].
    #[arg(
        long, global = true, env = "PROMISE_UNUSUAL_ACCESS", value_name = "COUNT",
        value_parser = clap::value_parser!(u32).range(1..)
    )]
    pub unusual_access: Option<u32>,
    /// How the log is written [default: text].
    #[arg(long, global = true, env = "PROMISE_LOG_FORMAT", value_name = "FORMAT")]
    pub log_format: Option<LogFormat>,
}

/// How the log is written.
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
    /// The folder for the database and its key.
    pub data: PathBuf,
    /// The database file.
    pub database: PathBuf,
    /// Where to listen.
    pub listen: SocketAddr,
    /// The files for HTTPS.
    pub tls: Option<Tls>,
    /// Whether a proxy in front does HTTPS.
    pub behind_proxy: bool,
    /// How many young people's pages that somebody opens in a day are many.
    pub unusual_access: usize,
    /// How the log is written.
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

/// Settings that do not go. Each says what to change.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// The settings file cannot be read.
    #[error("cannot read the settings file {0}: {1}")]
    Unreadable(PathBuf, std::io::Error),
    /// The settings file does not say what it should.
    #[error("the settings file {0} is not right: {1}")]
    Malformed(PathBuf, String),
    /// One of the two files for HTTPS is missing.
    #[error("HTTPS needs both --tls-cert and --tls-key: give the other one too")]
    HalfTls,
    /// Other machines could listen in.
    #[error(
        "{0} can be reached from other machines, and what phones send must be encrypted: give \
         --tls-cert and --tls-key, or --behind-proxy if a proxy in front does HTTPS, or listen \
         on 127.0.0.1"
    )]
    InTheClear(SocketAddr),
    /// A database this version does not work with.
    #[error(
        "this version keeps its data in SQLite only, and DATABASE_URL names another database: \
         leave it out, or write sqlite:FILE. PostgreSQL comes with a later release"
    )]
    OtherDatabase,
}

impl Given {
    /// Reads a settings file (TOML).
    pub fn from_file(path: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| ConfigError::Unreadable(path.to_owned(), error))?;
        toml::from_str(&text)
            .map_err(|error| ConfigError::Malformed(path.to_owned(), error.message().to_owned()))
    }

    /// These settings, and `other`'s where these say nothing.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            data: self.data.or(other.data),
            database_url: self.database_url.or(other.database_url),
            listen: self.listen.or(other.listen),
            tls_cert: self.tls_cert.or(other.tls_cert),
            tls_key: self.tls_key.or(other.tls_key),
            behind_proxy: self.behind_proxy.or(other.behind_proxy),
            unusual_access: self.unusual_access.or(other.unusual_access),
            log_format: self.log_format.or(other.log_format),
        }
    }

    /// The settings in force.
    pub fn settle(self) -> Result<Settings, ConfigError> {
        let data = self.data.unwrap_or_else(|| "promise-data".into());
        let tls = match (self.tls_cert, self.tls_key) {
            (Some(cert), Some(key)) => Some(Tls { cert, key }),
            (None, None) => None,
            _ => return Err(ConfigError::HalfTls),
        };
        Ok(Settings {
            database: database(self.database_url.as_deref(), &data)?,
            data,
            listen: self.listen.unwrap_or(LISTEN),
            tls,
            behind_proxy: self.behind_proxy.unwrap_or(false),
            unusual_access: self.unusual_access.map_or(DEFAULT_THRESHOLD, |many| {
                usize::try_from(many).unwrap_or(DEFAULT_THRESHOLD)
            }),
            log_format: self.log_format.unwrap_or_default(),
        })
    }
}

impl Settings {
    /// Settings for a data folder, and otherwise what is safe on one machine.
    pub fn in_folder(data: impl Into<PathBuf>) -> Self {
        let data = data.into();
        let database = data.join("promise.db");
        let log_format = LogFormat::default();
        Self {
            data,
            database,
            listen: LISTEN,
            tls: None,
            behind_proxy: false,
            unusual_access: DEFAULT_THRESHOLD,
            log_format,
        }
    }

    /// Refuses to listen in the clear where other machines can reach it.
    pub fn check_listening(&self) -> Result<(), ConfigError> {
        let is_safe = self.listen.ip().is_loopback() || self.tls.is_some() || self.behind_proxy;
        if is_safe { Ok(()) } else { Err(ConfigError::InTheClear(self.listen)) }
    }
}

fn database(url: Option<&str>, data: &Path) -> Result<PathBuf, ConfigError> {
    match url {
        None | Some("") => Ok(data.join("promise.db")),
        Some(url) => match url.strip_prefix("sqlite:") {
            Some(file) => Ok(file.strip_prefix("//").unwrap_or(file).into()),
            None => Err(ConfigError::OtherDatabase),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_said_is_one_machine_alone() {
        let settings = Given::default().settle().unwrap();
        assert_eq!(settings, Settings::in_folder("promise-data"));
        assert!(settings.check_listening().is_ok());
    }

    #[test]
    fn flags_go_before_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("promise.toml");
        std::fs::write(&path, "listen = \"127.0.0.1:1\"\nlog-format = \"json\"\n").unwrap();
        let flags = Given { listen: "127.0.0.1:2".parse().ok(), ..Given::default() };
        let settings = flags.or(Given::from_file(&path).unwrap()).settle().unwrap();
        assert_eq!(settings.listen.port(), 2);
        assert_eq!(settings.log_format, LogFormat::Json);
        std::fs::write(&path, "listn = \"127.0.0.1:1\"").unwrap();
        let error = Given::from_file(&path).unwrap_err().to_string();
        assert!(error.contains("listn"), "{error}");
    }

    #[test]
    fn listening_in_the_clear_is_refused() {
        let open = Given { listen: "0.0.0.0:80".parse().ok(), ..Given::default() };
        let refused = open.clone().settle().unwrap().check_listening().unwrap_err().to_string();
        assert!(refused.contains("--behind-proxy"), "{refused}");
        let proxied = Given { behind_proxy: Some(true), ..open.clone() };
        assert!(proxied.settle().unwrap().check_listening().is_ok());
        let half = Given { tls_cert: Some("cert.pem".into()), ..open };
        assert!(matches!(half.settle(), Err(ConfigError::HalfTls)));
    }

    #[test]
    fn another_database_is_refused() {
        let given = |url: &str| Given { database_url: Some(url.into()), ..Given::default() };
        let refused = given("postgres://db.example.org/promise").settle().unwrap_err();
        assert!(refused.to_string().contains("later release"));
        assert!(!refused.to_string().contains("example"), "an address may hold a password");
        let settings = given("sqlite:///srv/promise.db").settle().unwrap();
        assert_eq!(settings.database, PathBuf::from("/srv/promise.db"));
    }
}
