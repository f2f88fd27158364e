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

/// Returns a server's address in the form in which phones compare it: in lower case, without the usual port
/// and without a slash at the end. A keyboard may have started it with a capital letter.
pub(crate) fn canonical_address(server: &str) -> Result<String, TransportError> {
    Ok(parse_address(server)?.as_str().trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn address_has_one_canonical_form() {
        for typed in [
            "https://promise.example/p",
            " Https://Promise.Example/p/ ",
            "https://promise.example:443/p//",
        ] {
            let canonical = canonical_address(typed);
            assert_eq!(canonical.as_deref(), Ok("https://promise.example/p"), "{typed}");
        }
        for other in ["https://promise.example", "https://promise.example:8443/p"] {
            assert_eq!(canonical_address(other).as_deref(), Ok(other));
        }
        let plain = canonical_address("http://promise.example");
        assert_eq!(plain, Err(TransportError::NotSecure));
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
