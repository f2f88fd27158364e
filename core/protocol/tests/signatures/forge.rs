//! Forgeries: statements and signatures that come from genuine ones by a change, and must not verify.

use std::collections::BTreeMap;

use data_encoding::BASE64URL_NOPAD;
use promise_protocol::{
    Author, AuthorKind, Change, ClearProof, Edition, KeyStep, PROTOCOL, PackName, PhoneOrder,
    Reading, Stamp, SyncRequest,
    signature::{PublicKey, SEED_BYTES, Signature, SigningKey},
    statement::Statement,
};
use rand::{Rng, SeedableRng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

/// How many kinds of forgeries there are.
pub(crate) const KINDS: usize = 12;

/// Everything that a signature is of, and the signature.
#[derive(Clone, Debug, PartialEq)]
struct Signed {
    key: PublicKey,
    council: String,
    body: Body,
    signature: Signature,
}

#[derive(Clone, Debug, PartialEq)]
enum Body {
    Change {
        person: String,
        change: Change,
    },
    Edition(Edition),
    Phone {
        person: String,
        author: String,
    },
    Order {
        person: String,
        author: String,
        order: PhoneOrder,
        at: i64,
    },
    Successor(PublicKey),
    /// A person's step from one account key to another, which no council signs.
    Step {
        person: String,
        next: PublicKey,
    },
    /// The clears of a phone, which no council signs either.
    Clears {
        person: String,
        request: SyncRequest,
    },
}

impl Body {
    fn statement(&self) -> Option<Statement<'_>> {
        Some(match self {
            Self::Change { person, change } => Statement::Change { person, change },
            Self::Edition(edition) => Statement::Edition(edition),
            Self::Phone { person, author } => Statement::Phone { person, author },
            Self::Order { person, author, order, at } => {
                Statement::Order { person, author, order: *order, at: *at }
            }
            Self::Successor(key) => Statement::Successor(key),
            Self::Step { .. } | Self::Clears { .. } => return None,
        })
    }

    fn sign(&self, key: &SigningKey, council: &str) -> Signature {
        match self {
            Self::Step { person, next } => {
                KeyStep::after(key, next.clone(), council, person).certificate
            }
            Self::Clears { person, request } => {
                let mut signed = request.clone();
                signed.sign_clears(key, council, person);
                signed.clear_signature.expect("it clears something")
            }
            _ => {
                let statement = self.statement().expect("a council signs everything else");
                key.sign(&statement.to_bytes(council))
            }
        }
    }
}

impl Signed {
    fn verifies(&self) -> bool {
        let Self { key, council, body, signature } = self;
        if let Body::Step { person, next } = body {
            let (before, key) = (Some(key.clone()), next.clone());
            let step = KeyStep { before, key, certificate: signature.clone() };
            return step.is_certified(council, person);
        }
        if let Body::Clears { person, request } = body {
            let clear_signature = Some(signature.clone());
            let request = SyncRequest { clear_signature, ..request.clone() };
            return ClearProof::of(&request, council, person).is_by(key);
        }
        body.statement().is_some_and(|it| it.is_signed(council, key, signature))
    }
}

/// Tries so many forgeries, and returns how many there were of each kind.
///
/// # Panics
///
/// If one verifies.
pub(crate) fn forge(count: usize, seed: u64) -> [usize; KINDS] {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let genuine = genuine();
    assert!(genuine.iter().all(Signed::verifies), "what was signed verifies");
    let mut kinds = [0; KINDS];
    let mut tried = 0;
    while tried < count {
        let kind = rng.random_range(0..KINDS);
        let mut forged = pick(&genuine, &mut rng).clone();
        let other = pick(&genuine, &mut rng).clone();
        change(kind, &mut forged, &other, &mut rng);
        if genuine.contains(&forged) {
            continue; // It came out as a genuine one.
        }
        tried += 1;
        kinds[kind] += 1;
        assert!(!forged.verifies(), "kind {kind}, seed {seed}: {forged:?}");
    }
    kinds
}

fn pick<'a>(all: &'a [Signed], rng: &mut ChaCha8Rng) -> &'a Signed {
    all.choose(rng).expect("there are some")
}

fn change(kind: usize, it: &mut Signed, other: &Signed, rng: &mut ChaCha8Rng) {
    match kind {
        0 => it.signature = Signature::new(flip(it.signature.as_str(), rng)),
        1 => it.key = PublicKey::new(flip(it.key.as_str(), rng)),
        2 => it.signature = other.signature.clone(),
        3 => it.key = other.key.clone(),
        4 => it.council.clone_from(&other.council),
        5 => it.body = other.body.clone(),
        6 => it.signature = Signature::new(random_text(64, rng)),
        7 => it.signature = Signature::new(cut(it.signature.as_str(), rng)),
        8 => it.council.push(char::from(rng.random_range(b'a'..=b'z'))),
        9 => swap_halves(it, other),
        _ => alter(&mut it.body, rng),
    }
}

/// A signature is a point and a scalar: those of two signatures, put together.
fn swap_halves(it: &mut Signed, other: &Signed) {
    let [mut one, two] = [&it.signature, &other.signature]
        .map(|it| BASE64URL_NOPAD.decode(it.as_str().as_bytes()).expect("base64url"));
    one.truncate(32);
    one.extend(&two[32..]);
    it.signature = Signature::new(BASE64URL_NOPAD.encode(&one));
}

/// Alters one part of what is signed.
fn alter(body: &mut Body, rng: &mut ChaCha8Rng) {
    match body {
        Body::Change { person, change } => match rng.random_range(0..7) {
            0 => person.push('x'),
            1 => change.collection.push('x'),
            2 => change.id.push('x'),
            3 => change.stamp.reading = change.stamp.reading.next(),
            4 => change.stamp.author = Author::new(AuthorKind::Staff, rng.random()),
            5 => drop(change.fields.insert("email".into(), json!(random_text(9, rng)))),
            _ => drop(change.fields.insert(random_text(3, rng), Value::Null)),
        },
        Body::Edition(edition) => match rng.random_range(0..3) {
            0 => edition.number = edition.number.wrapping_add(rng.random_range(1..9)),
            1 => drop(edition.packs.insert(PackName::Promise, random_text(48, rng))),
            _ => drop(edition.packs.remove(&PackName::Promise)),
        },
        Body::Phone { person, author } => {
            if rng.random_bool(0.5) { person } else { author }.push('x');
        }
        Body::Order { person, author, order, at } => match rng.random_range(0..4) {
            0 => person.push('x'),
            // Another phone, such as the same one before it was paired again.
            1 => *author = Author::new(AuthorKind::Phone, rng.random()).to_string(),
            2 => {
                *order = match order {
                    PhoneOrder::Wipe => PhoneOrder::Release,
                    PhoneOrder::Release => PhoneOrder::Wipe,
                }
            }
            _ => *at = at.wrapping_add(rng.random_range(1..1_000)),
        },
        Body::Successor(key) => *key = PublicKey::new(flip(key.as_str(), rng)),
        Body::Step { person, next } => match rng.random_range(0..2) {
            0 => person.push('x'),
            _ => *next = PublicKey::new(flip(next.as_str(), rng)),
        },
        Body::Clears { person, request } => match rng.random_range(0..4) {
            0 => person.push('x'),
            1 => request.request = request.request.wrapping_add(rng.random_range(1..9)),
            2 => request.generation.push('x'),
            _ => drop(request.changes.pop()),
        },
    }
}

/// Flips one bit of what base64url holds.
fn flip(text: &str, rng: &mut ChaCha8Rng) -> String {
    let mut bytes = BASE64URL_NOPAD.decode(text.as_bytes()).expect("base64url");
    let bit = rng.random_range(0..bytes.len() * 8);
    bytes[bit / 8] ^= 1 << (bit % 8);
    BASE64URL_NOPAD.encode(&bytes)
}

fn cut(text: &str, rng: &mut ChaCha8Rng) -> String {
    text.chars().take(rng.random_range(0..text.len())).collect()
}

fn random_text(bytes: usize, rng: &mut ChaCha8Rng) -> String {
    let bytes: Vec<u8> = (0..bytes).map(|_| rng.random()).collect();
    BASE64URL_NOPAD.encode(&bytes)
}

/// Statements of two councils about two people, each signed by its council.
fn genuine() -> Vec<Signed> {
    let mut all = Vec::new();
    for (number, council) in (1..).zip(["barnet", "camden"]) {
        let key = SigningKey::from_seed(&[number; SEED_BYTES]).expect("a seed");
        let next = SigningKey::from_seed(&[number + 8; SEED_BYTES]).expect("a seed").public_key();
        let mut bodies = vec![Body::Successor(next.clone())];
        for person in ["ada", "bea"] {
            let author = Author::new(AuthorKind::Phone, [number; 5]).to_string();
            bodies.extend([PhoneOrder::Wipe, PhoneOrder::Release].map(|order| {
                let (person, author) = (person.to_owned(), author.clone());
                Body::Order { person, author, order, at: 1_764_000_000_000 }
            }));
            bodies.push(Body::Phone { person: person.into(), author });
            bodies.push(Body::Step { person: person.into(), next: next.clone() });
            bodies
                .extend((1..4).map(|n| Body::Clears { person: person.into(), request: clear(n) }));
            bodies.extend((0..8).map(|n| Body::Change { person: person.into(), change: write(n) }));
        }
        bodies.extend((1..5).map(|n| Body::Edition(edition(n))));
        all.extend(bodies.into_iter().map(|body| {
            let signature = body.sign(&key, council);
            Signed { key: key.public_key(), council: council.into(), body, signature }
        }));
    }
    all
}

fn write(number: i64) -> Change {
    let author = Author::new(AuthorKind::Staff, [7; 5]);
    let fields = [
        ("email".to_owned(), json!(format!("jo{number}@example.org"))),
        ("phones".to_owned(), json!([{"number": format!("+4477009001{number:02}")}])),
    ];
    Change {
        collection: if number % 2 == 0 { "contact" } else { "appointment" }.into(),
        id: format!("r{}", number % 3),
        stamp: Stamp::new(Reading::at_millis(1_764_000_000_000 + number), author),
        fields: fields.into(),
        signature: None,
    }
}

/// A request that clears two cells.
fn clear(number: u64) -> SyncRequest {
    let author = Author::new(AuthorKind::Phone, [7; 5]);
    let clear = |id: &str| Change {
        collection: "saved".into(),
        id: id.into(),
        stamp: Stamp::new(Reading::at_millis(1_764_000_000_000), author.clone()),
        fields: [("note".to_owned(), Value::Null)].into(),
        signature: None,
    };
    SyncRequest {
        protocol: PROTOCOL,
        generation: "0123abcd".into(),
        request: number,
        since: 0,
        edition: 0,
        changes: vec![clear("a"), clear("b")],
        key_steps: Vec::new(),
        clear_signature: None,
    }
}

fn edition(number: u64) -> Edition {
    let packs = PackName::ALL.map(|name| (name, format!("{number:064x}")));
    Edition { number, packs: BTreeMap::from(packs), signature: None }
}
