//! Ed25519 keys of small order. Anyone can make signatures that such a key verifies, so it is the key of
//! no one.

/// The `y` of every point whose order divides 8, in little-endian order, with the spellings of 0 and 1 that are
/// not reduced.
const POINTS: [[u8; 32]; 7] = [
    ends(0x00, 0x00, 0x00),
    ends(0x01, 0x00, 0x00),
    [
        0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98,
        0xf0, 0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53,
        0xfc, 0x05,
    ],
    [
        0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67,
        0x0f, 0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac,
        0x03, 0x7a,
    ],
    ends(0xec, 0xff, 0x7f),
    ends(0xed, 0xff, 0x7f),
    ends(0xee, 0xff, 0x7f),
];

const fn ends(first: u8, between: u8, last: u8) -> [u8; 32] {
    let mut bytes = [between; 32];
    bytes[0] = first;
    bytes[31] = last;
    bytes
}

/// Returns `true` if the bytes are a key of small order.
pub(crate) fn has_small_order(key: &[u8]) -> bool {
    let mut y = key.to_vec();
    if let Some(last) = y.last_mut() {
        // The highest bit is the sign of x.
        *last &= 0x7f;
    }
    POINTS.iter().any(|point| y == point)
}

#[cfg(test)]
mod tests {
    use data_encoding::BASE64URL_NOPAD;
    use ring::signature::{ED25519, UnparsedPublicKey};

    use super::*;
    use crate::signature::{PublicKey, SEED_BYTES, Signature, SigningKey};

    #[test]
    fn key_of_small_order_verifies_nothing_and_has_no_form_of_a_key() {
        // The neutral point, and a signature of everything under it.
        let (key, mut signature) = (ends(1, 0, 0), [0; 64]);
        signature[0] = 1;
        let by_the_library = UnparsedPublicKey::new(&ED25519, key).verify(b"any", &signature);
        assert!(by_the_library.is_ok(), "the library alone accepts it");
        let signature = Signature::new(BASE64URL_NOPAD.encode(&signature));
        for point in POINTS {
            for sign in [0, 0x80] {
                let mut key = point;
                key[31] |= sign;
                let key = PublicKey::new(BASE64URL_NOPAD.encode(&key));
                assert!(!key.verifies(b"any", &signature), "{key:?}");
                assert!(!key.has_form(), "{key:?}");
            }
        }
    }

    #[test]
    fn key_of_a_seed_has_no_small_order() {
        for seed in 0..=255 {
            let key = SigningKey::from_seed(&[seed; SEED_BYTES]).unwrap().public_key();
            assert!(key.has_form(), "{seed}");
        }
    }
}
