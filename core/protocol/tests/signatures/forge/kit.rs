//! What forgers do with bytes, keys and signatures.

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use promise_protocol::signature::{PublicKey, Signature};
use rand::{Rng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;

/// The order of the group (RFC 8032, section 5.1), little-endian.
const ORDER: &str = "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010";

/// The points of small order, with the spellings of 0 and 1 that are not reduced.
const SMALL: [&str; 7] = [
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
];

pub(super) fn pick<'a, T>(all: &'a [T], rng: &mut ChaCha8Rng) -> &'a T {
    all.choose(rng).expect("there are some")
}

/// Returns the bytes of a key or a signature.
fn bytes_of(text: &str) -> Vec<u8> {
    BASE64URL_NOPAD.decode(text.as_bytes()).expect("base64url")
}

/// Flips one bit of what base64url holds.
pub(super) fn flip(text: &str, rng: &mut ChaCha8Rng) -> String {
    let mut bytes = bytes_of(text);
    let bit = rng.random_range(0..bytes.len() * 8);
    bytes[bit / 8] ^= 1 << (bit % 8);
    BASE64URL_NOPAD.encode(&bytes)
}

pub(super) fn cut(text: &str, rng: &mut ChaCha8Rng) -> String {
    text.chars().take(rng.random_range(0..text.len())).collect()
}

pub(super) fn random_text(bytes: usize, rng: &mut ChaCha8Rng) -> String {
    let bytes: Vec<u8> = (0..bytes).map(|_| rng.random()).collect();
    BASE64URL_NOPAD.encode(&bytes)
}

/// Returns the first half of one and the second half of another. A signature is a point and a scalar.
pub(super) fn halves(one: &str, other: &str) -> String {
    let (one, other) = (bytes_of(one), bytes_of(other));
    let middle = one.len() / 2;
    BASE64URL_NOPAD.encode(&[&one[..middle], &other[middle..]].concat())
}

/// Adds the order of the group to the scalar of a signature, once or more. The equation that a signature has to
/// fulfil does not change by that.
pub(super) fn malleate(signature: &Signature, rng: &mut ChaCha8Rng) -> Signature {
    let mut bytes = bytes_of(signature.as_str());
    let order = HEXLOWER.decode(ORDER.as_bytes()).expect("hexadecimal");
    for _ in 0..rng.random_range(1..=14) {
        let mut carry = 0_u16;
        for (byte, order) in bytes[32..].iter_mut().zip(&order) {
            let [low, high] = (u16::from(*byte) + u16::from(*order) + carry).to_le_bytes();
            *byte = low;
            carry = u16::from(high);
        }
    }
    Signature::new(BASE64URL_NOPAD.encode(&bytes))
}

/// Returns a key of small order, and a signature that it verifies for some statements, or for all.
pub(super) fn of_small_order(rng: &mut ChaCha8Rng) -> (PublicKey, Signature) {
    let [mut key, mut point] =
        [(); 2].map(|()| HEXLOWER.decode(pick(&SMALL, rng).as_bytes()).expect("hexadecimal"));
    for point in [&mut key, &mut point] {
        // The highest bit is the sign of x.
        point[31] |= if rng.random() { 0x80 } else { 0 };
    }
    let signature = [point, vec![0; 32]].concat();
    (
        PublicKey::new(BASE64URL_NOPAD.encode(&key)),
        Signature::new(BASE64URL_NOPAD.encode(&signature)),
    )
}
