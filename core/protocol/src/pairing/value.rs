//! The values of pairing: 32 bytes each, as unpadded base64url.

use std::{fmt, str::FromStr};

use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};

/// How many bytes every value of pairing has.
pub const VALUE_BYTES: usize = 32;

/// The text is not [`VALUE_BYTES`] bytes in unpadded base64url.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not {VALUE_BYTES} bytes in unpadded base64url")]
pub struct InvalidPairingValue;

/// A value of [`VALUE_BYTES`] bytes. Its `Debug` prints none of them.
macro_rules! value {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name([u8; VALUE_BYTES]);

        impl $name {
            /// Wraps the bytes.
            pub const fn new(bytes: [u8; VALUE_BYTES]) -> Self {
                Self(bytes)
            }

            /// The bytes.
            pub const fn as_bytes(&self) -> &[u8; VALUE_BYTES] {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&BASE64URL_NOPAD.encode(&self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(..)"))
            }
        }

        impl FromStr for $name {
            type Err = InvalidPairingValue;

            fn from_str(text: &str) -> Result<Self, InvalidPairingValue> {
                let bytes = BASE64URL_NOPAD.decode(text.as_bytes());
                let bytes = bytes.map_err(|_| InvalidPairingValue)?;
                Ok(Self(bytes.try_into().map_err(|_| InvalidPairingValue)?))
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidPairingValue;

            fn try_from(text: String) -> Result<Self, InvalidPairingValue> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.to_string()
            }
        }
    };
}

value! {
    /// What a new phone sends before it knows what the other side adds: the SHA-256 of its key and nonce.
    Commitment
}
value! {
    /// The public half of an X25519 key (RFC 7748) that a phone made for one pairing.
    PairingKey
}
value! {
    /// Random bytes that one side adds to the digits.
    PairingNonce
}
value! {
    /// The token that a new phone made: `Authorization: Bearer` once it is paired. Secret.
    PhoneToken
}
value! {
    /// A recovery phrase, sealed by one phone to the key of another: 16 bytes and the tag.
    SealedPhrase
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn value_parses_to_itself_and_text_of_another_length_is_refused() {
        let value = PairingNonce::new([7; VALUE_BYTES]);
        assert_eq!(value.to_string().parse(), Ok(value.clone()));
        let json = serde_json::to_string(&value).unwrap();
        assert_eq!(serde_json::from_str::<PairingNonce>(&json).unwrap(), value);
        for text in ["", "AAAA", &"A".repeat(42), &"A".repeat(44), &"=".repeat(43)] {
            assert_eq!(text.parse::<PairingNonce>(), Err(InvalidPairingValue), "{text}");
        }
    }

    #[test]
    fn debug_prints_no_byte() {
        assert_eq!(format!("{:?}", PhoneToken::new([7; VALUE_BYTES])), "PhoneToken(..)");
    }
}
