//! The address of a server.

use std::{fmt, net::IpAddr, str::FromStr};

use serde::Deserialize;
use url::Url;

/// The address at which phones reach a server: `https`, or `http` on the machine itself. It has one form, in
/// which addresses are compared: in lower case, without the usual port and without a slash at the end. A
/// keyboard may have started it with a capital letter.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct ServerAddress(Url);

/// The text is not the address of a server. Trying again does not help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidServerAddress {
    /// It is not an `https` address, or has parts that the address of a server does not have: a user name, a
    /// query or a fragment.
    #[error("not the address of a server: write it like https://promise.example.gov.uk")]
    Malformed,
    /// It is plain `http`, and not on the machine itself.
    #[error("phones reach a server by https only: write it like https://promise.example.gov.uk")]
    NotSecure,
}

impl ServerAddress {
    /// Returns the host, with the port if it is not the usual one: what a person compares with the address that
    /// they know, such as `promise.example.gov.uk`. A name in another script is in its ASCII form (`xn--`),
    /// so that it does not look like a different name.
    pub fn host(&self) -> String {
        let host = self.0.host_str().unwrap_or_default();
        match self.0.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        }
    }

    /// Returns the address with a slash at the end, so that paths can be joined to it.
    pub fn into_url(self) -> Url {
        self.0
    }
}

/// The one form in which addresses are compared.
impl fmt::Display for ServerAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

impl FromStr for ServerAddress {
    type Err = InvalidServerAddress;

    fn from_str(text: &str) -> Result<Self, InvalidServerAddress> {
        let with_slash = format!("{}/", text.trim().trim_end_matches('/'));
        let url = Url::parse(&with_slash).map_err(|_| InvalidServerAddress::Malformed)?;
        let host = url.host_str().ok_or(InvalidServerAddress::Malformed)?;
        let ip: Option<IpAddr> = host.trim_matches(['[', ']']).parse().ok();
        let is_loopback = host == "localhost" || ip.is_some_and(|ip| ip.is_loopback());
        // `https://council.example@other.example` is the address of `other.example`.
        let has_user = !url.username().is_empty() || url.password().is_some();
        if has_user || url.query().is_some() || url.fragment().is_some() {
            return Err(InvalidServerAddress::Malformed);
        }
        match url.scheme() {
            "https" => Ok(Self(url)),
            "http" if is_loopback => Ok(Self(url)),
            "http" => Err(InvalidServerAddress::NotSecure),
            _ => Err(InvalidServerAddress::Malformed),
        }
    }
}

impl TryFrom<String> for ServerAddress {
    type Error = InvalidServerAddress;

    fn try_from(text: String) -> Result<Self, InvalidServerAddress> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<ServerAddress, InvalidServerAddress> {
        text.parse()
    }

    #[test]
    fn address_has_one_form_however_it_was_typed() {
        for typed in [
            "https://promise.example/p",
            " Https://Promise.Example/p/ ",
            "HTTPS://PROMISE.EXAMPLE:443/p//",
        ] {
            let address = parse(typed).unwrap();
            assert_eq!(address.to_string(), "https://promise.example/p", "{typed}");
            assert_eq!(address, parse("https://promise.example/p").unwrap(), "{typed}");
        }
        for other in ["https://promise.example", "https://promise.example:8443/p"] {
            assert_eq!(parse(other).unwrap().to_string(), other);
        }
        assert_eq!(parse("http://127.0.0.1:80").unwrap().to_string(), "http://127.0.0.1");
    }

    #[test]
    fn plain_http_is_accepted_for_loopback_only() {
        let good = [
            "https://promise.example.gov.uk",
            "http://127.0.0.1:8787",
            "http://[::1]:1/",
            "http://localhost:8787",
            "https://10.0.0.1/promise",
        ];
        for server in good {
            assert!(parse(server).is_ok(), "{server}");
        }
        let plain = [
            "http://promise.example.gov.uk",
            "http://10.0.0.1",
            "http://127.0.0.1.example.org",
            "http://localhost.example.org",
        ];
        for server in plain {
            assert_eq!(parse(server), Err(InvalidServerAddress::NotSecure), "{server}");
        }
    }

    #[test]
    fn text_that_is_not_the_address_of_a_server_is_refused() {
        for server in [
            "",
            "promise",
            "promise.example",
            "ftp://127.0.0.1",
            "https://",
            "file:///etc/passwd",
            "https://council.example@other.example",
            "https://:secret@other.example",
            "https://other.example?council.example",
            "https://other.example#council.example",
        ] {
            assert_eq!(parse(server), Err(InvalidServerAddress::Malformed), "{server}");
        }
    }

    #[test]
    fn host_is_what_a_person_compares() {
        for (address, host) in [
            ("https://Promise.example.gov.uk/p", "promise.example.gov.uk"),
            ("https://promise.example:8443", "promise.example:8443"),
            ("http://[::1]:8787", "[::1]:8787"),
            // The first letter is Cyrillic.
            ("https://\u{440}romise.example", "xn--romise-9qf.example"),
        ] {
            assert_eq!(parse(address).unwrap().host(), host, "{address}");
        }
    }
}
