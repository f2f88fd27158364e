//! The addresses that a phone may connect to.

use promise_protocol::{InvalidServerAddress, ServerAddress};

use crate::sync::TransportError;

/// Parses a server's address as a person typed it, or as a link holds it.
pub(crate) fn parse_address(server: &str) -> Result<ServerAddress, TransportError> {
    server.parse::<ServerAddress>().map_err(|error| match error {
        InvalidServerAddress::Malformed => TransportError::BadAddress,
        InvalidServerAddress::NotSecure => TransportError::NotSecure,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn address_that_no_phone_connects_to_is_refused_with_its_reason() {
        assert_eq!(parse_address("http://promise.example"), Err(TransportError::NotSecure));
        assert_eq!(parse_address("promise.example"), Err(TransportError::BadAddress));
    }
}
