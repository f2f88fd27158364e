//! The addresses that a phone may connect to.

use std::net::IpAddr;

use reqwest::Url;

use crate::sync::TransportError;

/// Parses a server's address. It must be `https`, or `http` to this machine.
pub(super) fn parse_address(server: &str) -> Result<Url, TransportError> {
    let with_slash = format!("{}/", server.trim().trim_end_matches('/'));
    let url = Url::parse(&with_slash).map_err(|_| TransportError::BadAddress)?;
    let host = url.host_str().ok_or(TransportError::BadAddress)?;
    let ip: Option<IpAddr> = host.trim_matches(['[', ']']).parse().ok();
    let is_loopback = host == "localhost" || ip.is_some_and(|ip| ip.is_loopback());
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_loopback => Ok(url),
        "http" => Err(TransportError::NotSecure),
        _ => Err(TransportError::BadAddress),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
            assert!(parse_address(server).is_ok(), "{server}");
        }
        let plain = [
            "http://promise.example.gov.uk",
            "http://10.0.0.1",
            "http://127.0.0.1.example.org",
            "http://localhost.example.org",
        ];
        for server in plain {
            assert_eq!(parse_address(server), Err(TransportError::NotSecure), "{server}");
        }
        for server in ["", "promise", "ftp://127.0.0.1", "https://", "file:///etc/passwd"] {
            assert_eq!(parse_address(server), Err(TransportError::BadAddress), "{server}");
        }
    }
}
