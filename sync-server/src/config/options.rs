//! Options: settings as flags, the environment or a file give them.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use clap::Args;
use promise_protocol::ServerAddress;
use promise_services::audit::unusual_access::DEFAULT_THRESHOLD;
use serde::Deserialize;

use super::{ConfigError, DEFAULT_DATA, DEFAULT_LISTEN, LogFormat, Settings, Tls};
use crate::database::DatabaseUrl;

/// Settings as flags, the environment or a file give them. Each may be missing.
#[derive(Args, Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Options {
    /// The folder for the database and the signing keys [default: promise-data].
    #[arg(long, global = true, env = "PROMISE_DATA", value_name = "FOLDER")]
    pub data: Option<PathBuf>,
    /// The database, if it is not in the data folder: sqlite:FILE.
    #[arg(long, global = true, env = "DATABASE_URL", value_name = "URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// The socket of `promise-server signer`, if the signing keys are with that process.
    #[arg(long, global = true, env = "PROMISE_SIGNER", value_name = "SOCKET")]
    pub signer: Option<PathBuf>,
    /// The address to listen on [default: 127.0.0.1:8787].
    #[arg(long, global = true, env = "PROMISE_LISTEN", value_name = "ADDRESS:PORT")]
    pub listen: Option<SocketAddr>,
    /// The server's address as phones reach it, such as `https://promise.example.gov.uk`. Codes hold it, and
    /// links to sign in start with it [default: where it listens].
    #[arg(long, global = true, env = "PROMISE_SERVER", value_name = "URL")]
    pub server: Option<ServerAddress>,
    /// The certificate for HTTPS with its chain, in PEM.
    #[arg(long, global = true, env = "PROMISE_TLS_CERT", value_name = "FILE")]
    pub tls_cert: Option<PathBuf>,
    /// The certificate's private key, in PEM.
    #[arg(long, global = true, env = "PROMISE_TLS_KEY", value_name = "FILE")]
    pub tls_key: Option<PathBuf>,
    /// A proxy in front of this server handles HTTPS and sets X-Forwarded-For.
    #[arg(
        long, global = true, env = "PROMISE_BEHIND_PROXY", value_name = "YES",
        num_args = 0..=1, default_missing_value = "true"
    )]
    pub behind_proxy: Option<bool>,
    /// How many young people's pages a staff member may open in a day before it is reported to
    /// managers and auditors [default: 40].
    #[arg(
        long, global = true, env = "PROMISE_UNUSUAL_ACCESS", value_name = "COUNT",
        value_parser = clap::value_parser!(u32).range(1..)
    )]
    pub unusual_access: Option<u32>,
    /// The format of the log [default: text].
    #[arg(long, global = true, env = "PROMISE_LOG_FORMAT", value_name = "FORMAT")]
    pub log_format: Option<LogFormat>,
}

impl Options {
    /// Reads a settings file (TOML).
    pub fn from_file(path: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| ConfigError::Unreadable(path.to_owned(), error))?;
        toml::from_str(&text)
            .map_err(|error| ConfigError::Malformed(path.to_owned(), error.message().to_owned()))
    }

    /// Returns these options, with those of `other` where one is missing.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            data: self.data.or(other.data),
            database_url: self.database_url.or(other.database_url),
            signer: self.signer.or(other.signer),
            listen: self.listen.or(other.listen),
            server: self.server.or(other.server),
            tls_cert: self.tls_cert.or(other.tls_cert),
            tls_key: self.tls_key.or(other.tls_key),
            behind_proxy: self.behind_proxy.or(other.behind_proxy),
            unusual_access: self.unusual_access.or(other.unusual_access),
            log_format: self.log_format.or(other.log_format),
        }
    }

    /// Returns the settings, with defaults for what is missing.
    pub fn into_settings(self) -> Result<Settings, ConfigError> {
        let data = self.data.unwrap_or_else(|| DEFAULT_DATA.into());
        let tls = match (self.tls_cert, self.tls_key) {
            (Some(cert), Some(key)) => Some(Tls { cert, key }),
            (None, None) => None,
            _ => return Err(ConfigError::IncompleteTls),
        };
        let unusual_access = self.unusual_access.and_then(|count| usize::try_from(count).ok());
        Ok(Settings {
            database: DatabaseUrl::parse(self.database_url.as_deref(), &data)
                .map_err(|_| ConfigError::UnknownDatabase)?,
            data,
            signer: self.signer,
            listen: self.listen.unwrap_or(DEFAULT_LISTEN),
            server: self.server,
            tls,
            behind_proxy: self.behind_proxy.unwrap_or(false),
            unusual_access: unusual_access.unwrap_or(DEFAULT_THRESHOLD),
            log_format: self.log_format.unwrap_or_default(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_options_have_safe_defaults() {
        let settings = Options::default().into_settings().unwrap();
        assert_eq!(settings, Settings::in_folder("promise-data"));
        assert!(settings.check_listening().is_ok());
    }

    #[test]
    fn flags_override_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("promise.toml");
        std::fs::write(&path, "listen = \"127.0.0.1:1\"\nlog-format = \"json\"\n").unwrap();
        let flags = Options { listen: "127.0.0.1:2".parse().ok(), ..Options::default() };
        let settings = flags.or(Options::from_file(&path).unwrap()).into_settings().unwrap();
        assert_eq!(settings.listen.port(), 2);
        assert_eq!(settings.log_format, LogFormat::Json);
        std::fs::write(&path, "listn = \"127.0.0.1:1\"").unwrap();
        let error = Options::from_file(&path).unwrap_err().to_string();
        assert!(error.contains("listn"), "{error}");
    }

    #[test]
    fn unencrypted_listening_is_refused() {
        let open = Options { listen: "0.0.0.0:80".parse().ok(), ..Options::default() };
        let refused = open.clone().into_settings().unwrap().check_listening().unwrap_err();
        assert!(refused.to_string().contains("--behind-proxy"), "{refused}");
        let proxied = Options { behind_proxy: Some(true), ..open.clone() };
        assert!(proxied.into_settings().unwrap().check_listening().is_ok());
        let half = Options { tls_cert: Some("cert.pem".into()), ..open };
        assert!(matches!(half.into_settings(), Err(ConfigError::IncompleteTls)));
    }

    #[test]
    fn server_address_has_one_form_and_a_malformed_one_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("promise.toml");
        let read = |address: &str| {
            std::fs::write(&path, format!("server = \"{address}\"\n")).unwrap();
            Options::from_file(&path).and_then(Options::into_settings)
        };
        let settings = read("HTTPS://Promise.Example:443/").unwrap();
        assert_eq!(settings.server_address(), "https://promise.example");
        for address in ["promise.example", "http://promise.example", "https://"] {
            let refused = read(address).unwrap_err().to_string();
            assert!(refused.contains("write it like https://"), "{address}: {refused}");
        }
        let settings = Options::default().into_settings().unwrap();
        assert_eq!(settings.server_address(), "http://127.0.0.1:8787");
        let usual = Options { listen: "127.0.0.1:80".parse().ok(), ..Options::default() };
        assert_eq!(usual.into_settings().unwrap().server_address(), "http://127.0.0.1");
    }

    #[test]
    fn unknown_database_is_refused() {
        let options = |url: &str| Options { database_url: Some(url.into()), ..Options::default() };
        let refused = options("postgres://db.example.org/promise").into_settings().unwrap_err();
        assert!(refused.to_string().contains("later release"));
        assert!(!refused.to_string().contains("example"), "an address may hold a password");
        let settings = options("sqlite:///srv/promise.db").into_settings().unwrap();
        assert_eq!(settings.database.file(), Some(Path::new("/srv/promise.db")));
    }
}
