//! The sorts of forgeries: each changes one thing of what is genuine.

use promise_protocol::{
    Author, AuthorKind, Change, KeyStep, PackName, PhoneOrder, RevocationReason,
    signature::{PublicKey, SEED_BYTES, Signature, SigningKey},
};
use rand::{Rng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

use super::{
    genuine::secret_of,
    kit::{cut, flip, halves, malleate, of_small_order, pick, random_text},
    signed::{Body, Signed},
};

/// Changes something genuine, with the help of everything else that is genuine.
type Forge = fn(&mut Signed, &[Signed], &mut ChaCha8Rng);

/// Every sort, by its name.
pub(super) const SORTS: [(&str, Forge); 20] = [
    ("a bit of the signature", |it, _, rng| {
        it.signature = Signature::new(flip(it.signature.as_str(), rng));
    }),
    ("a bit of the key", |it, _, rng| it.key = PublicKey::new(flip(it.key.as_str(), rng))),
    ("the signature is cut", |it, _, rng| {
        it.signature = Signature::new(cut(it.signature.as_str(), rng));
    }),
    ("the key is cut", |it, _, rng| it.key = PublicKey::new(cut(it.key.as_str(), rng))),
    ("more behind the signature", |it, _, rng| {
        let more = random_text(rng.random_range(1..9) * 3, rng);
        it.signature = Signature::new(format!("{}{more}", it.signature.as_str()));
    }),
    ("a random signature", |it, _, rng| it.signature = Signature::new(random_text(64, rng))),
    ("a signature of zeros", |it, _, _| it.signature = Signature::new("A".repeat(86))),
    ("halves of two signatures", |it, all, rng| {
        let other = pick(all, rng).signature.as_str();
        it.signature = Signature::new(halves(it.signature.as_str(), other));
    }),
    ("a multiple of the order added", |it, _, rng| {
        it.signature = malleate(&it.signature, rng);
    }),
    ("a key of small order", |it, _, rng| (it.key, it.signature) = of_small_order(rng)),
    ("signed with the forger's key", |it, _, rng| {
        it.signature = it.body.sign(&forgers_key(rng), &it.council);
    }),
    ("signed by the council, certified by the forger", |it, _, rng| certify(it, rng)),
    ("another signature of the same key", |it, all, rng| {
        let other = same_key(it, all, rng);
        it.signature = other.signature.clone();
    }),
    ("another signature", |it, all, rng| it.signature = pick(all, rng).signature.clone()),
    ("another key", |it, all, rng| it.key = pick(all, rng).key.clone()),
    ("another council", |it, all, rng| it.council.clone_from(&pick(all, rng).council)),
    ("a longer council", |it, _, rng| it.council.push(char::from(rng.random_range(b'a'..=b'z')))),
    ("another person", |it, _, _| {
        if let Some(person) = it.body.person_mut() {
            if person == "ada" { "bea" } else { "ada" }.clone_into(person);
        }
    }),
    ("replayed for another statement of the same key", |it, all, rng| {
        it.body = same_key(it, all, rng).body.clone();
    }),
    ("one part altered", |it, _, rng| alter(&mut it.body, rng)),
];

/// Someone with the council's key and without the person's words accepts a step that they certified. There is nothing
/// else of this sort.
fn certify(it: &mut Signed, rng: &mut ChaCha8Rng) {
    let (Some(council_key), Body::Acceptance { person, change }) =
        (secret_of(&it.key), &mut it.body)
    else {
        return;
    };
    let step = KeyStep::of_change(change).expect("a step");
    let forged = KeyStep::after(&forgers_key(rng), step.key.clone(), &it.council, person);
    let step = KeyStep { certificate: forged.certificate, ..step };
    *change = step.accepted(change.stamp.clone(), None);
    it.signature = it.body.sign(&council_key, &it.council);
}

fn forgers_key(rng: &mut ChaCha8Rng) -> SigningKey {
    SigningKey::from_seed(&rng.random::<[u8; SEED_BYTES]>()).expect("a seed")
}

fn same_key<'a>(it: &Signed, all: &'a [Signed], rng: &mut ChaCha8Rng) -> &'a Signed {
    let same: Vec<&Signed> = all.iter().filter(|other| other.key == it.key).collect();
    same.choose(rng).copied().expect("it is one of them")
}

/// Alters one part of what is signed.
fn alter(body: &mut Body, rng: &mut ChaCha8Rng) {
    match body {
        Body::Change { person, change } => match rng.random_range(0..3) {
            0 => person.push('x'),
            1 => alter_place(change, rng),
            _ => {
                let email = ("email".to_owned(), json!(random_text(9, rng)));
                let unknown = (random_text(3, rng), Value::Null);
                change.fields.extend([if rng.random() { email } else { unknown }]);
            }
        },
        Body::Edition(edition) => match rng.random_range(0..3) {
            0 => edition.number = edition.number.wrapping_add(rng.random_range(1..9)),
            1 => drop(edition.packs.insert(PackName::Promise, random_text(48, rng))),
            _ => drop(edition.packs.remove(&PackName::Promise)),
        },
        Body::Phone { person, author, own } => match rng.random_range(0..3) {
            0 => person.push('x'),
            1 => author.push('x'),
            _ => *own = PublicKey::new(flip(own.as_str(), rng)),
        },
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
        Body::Successor { before, next, distrusts_earlier } => match rng.random_range(0..3) {
            0 => *before = PublicKey::new(flip(before.as_str(), rng)),
            1 => *next = PublicKey::new(flip(next.as_str(), rng)),
            _ => *distrusts_earlier = !*distrusts_earlier,
        },
        Body::Acceptance { person, change } => match rng.random_range(0..3) {
            0 => person.push('x'),
            1 => alter_place(change, rng),
            _ => {
                let field = *pick(&["before", "key", "certificate"], rng);
                let flipped =
                    change.fields.get(field).and_then(Value::as_str).map(|it| flip(it, rng));
                drop(change.fields.insert(field.to_owned(), json!(flipped)));
            }
        },
        Body::FreshStart { person, change } => match rng.random_range(0..3) {
            0 => person.push('x'),
            1 => alter_place(change, rng),
            _ => {
                let other = pick(&[json!(false), json!("true"), Value::Null], rng).clone();
                change.fields.values_mut().for_each(|value| *value = other.clone());
            }
        },
        Body::FirstStep { person } => person.push('x'),
        Body::Step { person, next } => match rng.random_range(0..3) {
            0 => person.push('x'),
            1 => *next = PublicKey::new(cut(next.as_str(), rng)),
            _ => *next = PublicKey::new(flip(next.as_str(), rng)),
        },
        Body::Clears { person, request } => match rng.random_range(0..5) {
            0 => person.push('x'),
            1 => request.request = request.request.wrapping_add(rng.random_range(1..9)),
            2 => request.generation.push('x'),
            3 => drop(request.changes.pop()),
            _ => request.changes.iter_mut().for_each(|change| alter_place(change, rng)),
        },
        Body::Act { person, author, generation, number, phone, reason } => {
            match rng.random_range(0..6) {
                0 => person.push('x'),
                1 => author.push('x'),
                2 => generation.push('x'),
                // A copy of the request, once more.
                3 => *number = number.wrapping_add(rng.random_range(1..9)),
                4 => phone.push('x'),
                _ => {
                    *reason = match reason {
                        RevocationReason::LostOrStolen => RevocationReason::NoLongerUsed,
                        RevocationReason::NoLongerUsed => RevocationReason::LostOrStolen,
                    }
                }
            }
        }
        Body::Earlier { author, nonce } => {
            if rng.random() {
                author.push('x');
            } else {
                nonce[0] = nonce[0].wrapping_add(rng.random_range(1..9));
            }
        }
    }
}

/// Moves a change to another collection, record or stamp.
fn alter_place(change: &mut Change, rng: &mut ChaCha8Rng) {
    match rng.random_range(0..4) {
        0 => change.collection.push('x'),
        1 => change.id.push('x'),
        2 => change.stamp.reading = change.stamp.reading.next(),
        _ => change.stamp.author = Author::new(AuthorKind::Staff, rng.random()),
    }
}
