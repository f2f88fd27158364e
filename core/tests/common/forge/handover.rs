//! Forged phrases between two phones of a person.

use data_encoding::HEXLOWER;
use promise_protocol::{
    pairing::{Opening, PairingKey, PairingNonce, SealedPhrase, Transcript},
    phone_record::Inviter,
    signature::PublicKey,
};

use super::{
    Tally,
    random::Random,
    sealing::{HandoverKey, HandoverSecret, RecoveryPhrase},
};

/// The points of small order (RFC 7748), with the spellings of 0 and 1 that are not reduced.
const SMALL: [&str; 7] = [
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
    "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
];

/// Who makes the codes here.
static PHONE: Inviter = Inviter::Phone;

/// One pairing of two phones, and the phrase that one sealed for the other.
struct Handover {
    council: &'static str,
    person: &'static str,
    /// The new phone's nonce.
    number: u8,
    new_key: PairingKey,
    old_key: PairingKey,
    /// What the new phone opens with.
    secret: HandoverSecret,
    sealed: [u8; 32],
}

impl Handover {
    fn new(number: u8) -> Self {
        let (new, old) = (phone(), phone());
        let (new_key, old_key) = (new.public().clone(), old.public().clone());
        let council = ["barnet", "camden"][usize::from(number & 1)];
        let person = ["ada", "bea"][usize::from(number >> 1 & 1)];
        let (opening, nonce) = (opening(&new_key, number), nonce(0xff));
        let hash = transcript(council, &opening, &nonce, &old_key).hash();
        let secret = new.agree(&old_key, hash).expect("a key");
        let sealed = old.agree(&new_key, hash).expect("a key");
        let sealed = sealed.seal(&phrase(number), council, person).expect("a phrase can be sealed");
        Self { council, person, number, new_key, old_key, secret, sealed: *sealed.as_bytes() }
    }

    fn opens(&self) -> bool {
        let opened = self.secret.open(&SealedPhrase::new(self.sealed), self.council, self.person);
        opened == Some(phrase(self.number))
    }
}

/// Tries so many forged phrases.
///
/// # Panics
///
/// If a phrase does not open on the phone for which it was sealed: then a refused forgery shows nothing.
pub(crate) fn forge_handovers(count: usize, seed: u64) -> Tally {
    let mut random = Random::new(seed);
    let all: Vec<Handover> = (0..16).map(Handover::new).collect();
    assert!(all.iter().all(Handover::opens), "honest phrases open");
    let mut tally = Tally::default();
    while tally.count < count {
        let (sort, accepted) = match random.below(15) {
            0 => ("with a key that was not compared", by_a_thief(&all, &mut random)),
            1 => ("one phone has seen something else", differently_seen(&mut random)),
            2 => ("with a key of small order", of_small_order(&mut random)),
            3 => ("too short or too long", of_another_length(&all, &mut random)),
            _ => match altered(&all, &mut random) {
                Some(tried) => tried,
                None => continue, // It came out as an honest one.
            },
        };
        tally.add(sort, accepted);
    }
    tally
}

/// Gives a phone something else than what was sealed for it.
fn altered(all: &[Handover], random: &mut Random) -> Option<(&'static str, Option<String>)> {
    let (it, other) = (random.pick(all), random.pick(all));
    let (mut sealed, mut secret) = (it.sealed, &it.secret);
    let (mut council, mut person) = (it.council.to_owned(), it.person.to_owned());
    let sort = match random.below(11) {
        0 => {
            let bit = random.below(256);
            sealed[bit / 8] ^= 1 << (bit % 8);
            "a bit of it"
        }
        1 => {
            sealed[16..].copy_from_slice(&other.sealed[16..]);
            "halves of two"
        }
        2 => {
            sealed = other.sealed;
            "what another phone was given"
        }
        3 => {
            secret = &other.secret;
            "opened by another phone"
        }
        4 => {
            other.council.clone_into(&mut council);
            "another council"
        }
        5 => {
            other.person.clone_into(&mut person);
            "another person"
        }
        6 => {
            council.push(random.letter());
            "a longer council"
        }
        7 => {
            person.push(random.letter());
            "a longer person"
        }
        8 => {
            council.push(person.remove(0));
            "a letter moved from person to council"
        }
        9 => {
            sealed = [0; 32];
            "zeros"
        }
        _ => {
            sealed = random.bytes();
            "random bytes"
        }
    };
    let is_honest = sealed == it.sealed
        && std::ptr::eq(secret, &raw const it.secret)
        && (council.as_str(), person.as_str()) == (it.council, it.person);
    if is_honest {
        return None;
    }
    let opened = secret.open(&SealedPhrase::new(sealed), &council, &person);
    Some((sort, opened.map(|_| format!("{sealed:?} of {council}, {person}"))))
}

/// A server, or someone between the two, has a key of its own, and has seen everything else.
fn by_a_thief(all: &[Handover], random: &mut Random) -> Option<String> {
    let it = random.pick(all);
    let (opening, nonce) = (opening(&it.new_key, it.number), nonce(0xff));
    let hash = transcript(it.council, &opening, &nonce, &it.old_key).hash();
    let secret = phone().agree(&it.new_key, hash).expect("a key");
    let sealed = secret.seal(&phrase(99), it.council, it.person).expect("a phrase can be sealed");
    let opened = it.secret.open(&sealed, it.council, it.person);
    opened.map(|_| format!("{:?}", sealed.as_bytes()))
}

/// Both phones have the other's key, and one of them has seen one other thing.
fn differently_seen(random: &mut Random) -> Option<String> {
    let (new, old) = (phone(), phone());
    let (new_key, old_key) = (new.public().clone(), old.public().clone());
    let (opening, nonce, later) = (opening(&new_key, 1), nonce(2), nonce(3));
    let other_opening = Opening { nonce: later.clone(), ..opening.clone() };
    let seen = transcript("barnet", &opening, &nonce, &old_key);
    let staff = Inviter::Staff;
    let otherwise = match random.below(8) {
        0 => Transcript { code: "K7QG", ..seen },
        1 => Transcript { server: "https://promise.example.evil", ..seen },
        2 => Transcript { council: "camden", ..seen },
        3 => Transcript { inviter: &staff, ..seen },
        4 => Transcript { opening: &other_opening, ..seen },
        5 => Transcript { nonce: &later, ..seen },
        6 => Transcript { key: Some(&new_key), ..seen },
        _ => Transcript { key: None, ..seen },
    };
    let sealed = old.agree(&new_key, otherwise.hash()).expect("a key");
    let sealed = sealed.seal(&phrase(7), "barnet", "ada").expect("a phrase can be sealed");
    let opened = new.agree(&old_key, seen.hash()).expect("a key").open(&sealed, "barnet", "ada");
    opened.map(|_| format!("{otherwise:?}"))
}

/// A key with which everyone would have the same secret. No phone may agree on one.
fn of_small_order(random: &mut Random) -> Option<String> {
    let text = SMALL[random.below(SMALL.len())];
    let point = HEXLOWER.decode(text.as_bytes()).expect("hexadecimal");
    let mut point: [u8; 32] = point.try_into().expect("32 bytes");
    // The highest bit counts for nothing.
    point[31] |= [0, 0x80][random.below(2)];
    let (phone, other) = (phone(), PairingKey::new(point));
    let opening = opening(phone.public(), 1);
    let hash = transcript("barnet", &opening, &nonce(2), &other).hash();
    phone.agree(&other, hash).is_ok().then(|| text.to_owned())
}

/// The text of a sealed phrase, cut or longer. It must not even be one.
fn of_another_length(all: &[Handover], random: &mut Random) -> Option<String> {
    let it = random.pick(all);
    let mut text = SealedPhrase::new(it.sealed).to_string();
    if random.below(2) == 0 {
        text.truncate(random.below(text.len()));
    } else {
        (0..=random.below(8)).for_each(|_| text.push(random.letter()));
    }
    let parsed = text.parse::<SealedPhrase>().ok();
    let opened = parsed.and_then(|parsed| it.secret.open(&parsed, it.council, it.person));
    opened.map(|_| text)
}

fn phone() -> HandoverKey {
    HandoverKey::generate().expect("random bytes")
}

fn phrase(number: u8) -> RecoveryPhrase {
    RecoveryPhrase::from_entropy(&[number; 16])
}

fn opening(key: &PairingKey, number: u8) -> Opening {
    Opening { key: key.clone(), signing_key: PublicKey::new("key"), nonce: nonce(number) }
}

fn nonce(number: u8) -> PairingNonce {
    PairingNonce::new([number; 32])
}

fn transcript<'a>(
    council: &'a str,
    opening: &'a Opening,
    nonce: &'a PairingNonce,
    key: &'a PairingKey,
) -> Transcript<'a> {
    Transcript {
        code: "K7QF",
        server: "https://promise.example",
        council,
        inviter: &PHONE,
        opening,
        nonce,
        key: Some(key),
    }
}
