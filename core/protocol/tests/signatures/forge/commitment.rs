//! What a new phone commits to, and what opens it.

use data_encoding::BASE64URL_NOPAD;
use promise_protocol::{
    pairing::{Commitment, Opening, PairingKey, PairingNonce, VALUE_BYTES},
    signature::PublicKey,
};
use rand::Rng;
use rand_chacha::ChaCha8Rng;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{
    Tried,
    kit::{cut, pick, random_text},
};

type Value = [u8; VALUE_BYTES];

/// A commitment, and the two keys and the nonce that are said to open it.
#[derive(Clone, Debug, PartialEq)]
struct Committed {
    commitment: Value,
    key: Value,
    signing_key: Value,
    nonce: Value,
}

impl Committed {
    fn new(key: Value, signing_key: Value, nonce: Value) -> Self {
        let mut it = Self { commitment: [0; VALUE_BYTES], key, signing_key, nonce };
        it.commitment = *it.opening().commitment().as_bytes();
        it
    }

    fn opening(&self) -> Opening {
        Opening {
            key: PairingKey::new(self.key),
            signing_key: PublicKey::new(BASE64URL_NOPAD.encode(&self.signing_key)),
            nonce: PairingNonce::new(self.nonce),
        }
    }

    fn opens(&self) -> bool {
        self.opens_another(&Commitment::new(self.commitment))
    }

    fn opens_another(&self, commitment: &Commitment) -> bool {
        self.opening().opens(commitment)
    }
}

/// Commitments of honest phones.
pub(super) struct Commitments(Vec<Committed>);

impl Commitments {
    pub(super) fn new() -> Self {
        let values = (0..16_u8).map(|n| [n, n ^ 0x55, n ^ 0xff].map(|byte| [byte; VALUE_BYTES]));
        Self(values.map(|[key, signing, nonce]| Committed::new(key, signing, nonce)).collect())
    }

    /// Returns `true` if each is opened by its own keys and nonce.
    pub(super) fn open(&self) -> bool {
        self.0.iter().all(Committed::opens)
    }

    /// Tries one forgery. Returns `None` if it came out as a genuine one.
    pub(super) fn forge(&self, rng: &mut ChaCha8Rng) -> Option<Tried> {
        let mut it = pick(&self.0, rng).clone();
        let other = pick(&self.0, rng);
        let sort = match rng.random_range(0..13) {
            0 => {
                flip(&mut it.commitment, rng);
                "a bit of the commitment"
            }
            1 => {
                flip(&mut it.key, rng);
                "a bit of the committed key"
            }
            2 => {
                flip(&mut it.nonce, rng);
                "a bit of the nonce"
            }
            3 => {
                it.key = other.key;
                "the key of another phone"
            }
            4 => {
                it.nonce = other.nonce;
                "the nonce of another phone"
            }
            5 => {
                it.commitment = other.commitment;
                "the commitment of another phone"
            }
            6 => {
                std::mem::swap(&mut it.key, &mut it.nonce);
                "key and nonce exchanged"
            }
            7 => {
                *pick_part(&mut it, rng) = [0; VALUE_BYTES];
                "a part of zeros"
            }
            8 => {
                *pick_part(&mut it, rng) = rng.random();
                "a random part"
            }
            9 => {
                flip(&mut it.signing_key, rng);
                "a bit of the signing key"
            }
            10 => {
                it.signing_key = other.signing_key;
                "the signing key of another phone"
            }
            11 => {
                it.commitment = otherwise_hashed(&it, rng);
                "hashed in another way"
            }
            _ => return Some(cut_short(&it, rng)),
        };
        if self.0.contains(&it) {
            return None;
        }
        let accepted = it.opens().then(|| format!("{it:?}"));
        Some(Tried { kind: KIND, sort, accepted })
    }
}

const KIND: &str = "pairing commitment";

fn flip(bytes: &mut Value, rng: &mut ChaCha8Rng) {
    let bit = rng.random_range(0..VALUE_BYTES * 8);
    bytes[bit / 8] ^= 1 << (bit % 8);
}

fn pick_part<'a>(it: &'a mut Committed, rng: &mut ChaCha8Rng) -> &'a mut Value {
    match rng.random_range(0..4) {
        0 => &mut it.commitment,
        1 => &mut it.key,
        2 => &mut it.signing_key,
        _ => &mut it.nonce,
    }
}

/// A hash of the same keys and nonce that is not the one of this version of the protocol.
fn otherwise_hashed(it: &Committed, rng: &mut ChaCha8Rng) -> Value {
    let [key, signing, nonce] =
        [it.key, it.signing_key, it.nonce].map(|bytes| BASE64URL_NOPAD.encode(&bytes));
    let bytes = match rng.random_range(0..4) {
        0 => [it.key, it.signing_key, it.nonce].concat(),
        1 => json!(["pocket-promise commitment 1", key, signing, nonce]).to_string().into_bytes(),
        2 => json!(["pocket-promise commitment 2", key, nonce]).to_string().into_bytes(),
        _ => json!(["pocket-promise commitment 2", nonce, signing, key]).to_string().into_bytes(),
    };
    Sha256::digest(bytes).into()
}

/// The commitment as text, too short or too long. It must not even be one.
fn cut_short(it: &Committed, rng: &mut ChaCha8Rng) -> Tried {
    let text = BASE64URL_NOPAD.encode(&it.commitment);
    let text =
        if rng.random() { cut(&text, rng) } else { format!("{text}{}", random_text(3, rng)) };
    let parsed = text.parse::<Commitment>();
    let accepted = parsed.is_ok_and(|commitment| it.opens_another(&commitment)).then_some(text);
    Tried { kind: KIND, sort: "too short or too long", accepted }
}
