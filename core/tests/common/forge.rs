//! Forged cells, the same for the same seed. A test tries a few and a benchmark many. The module
//! that includes this file has `sealing` in scope.

use promise_protocol::{Author, AuthorKind, Reading, Stamp};
use serde_json::json;

use super::sealing::{AccountKey, Context, OpenError, RecoveryPhrase, open, seal};

/// How many ways to forge there are.
pub(super) const KINDS: usize = 20;

/// A cell that its owner sealed.
#[derive(Clone)]
struct Cell {
    key: usize,
    place: [String; 5],
    stamp: Stamp,
    text: String,
}

impl Cell {
    fn opens(&self, keys: &[AccountKey]) -> Result<(), OpenError> {
        let [council, person, collection, record, field] = &self.place;
        let stamp = &self.stamp;
        let context = Context { council, person, collection, record, field, stamp };
        open(&keys[self.key], &context, &self.text).map(drop)
    }
}

/// Tries so many forgeries, and returns how many there were of each kind.
///
/// # Panics
///
/// If one is accepted.
pub(super) fn forge(count: usize, seed: u64) -> [usize; KINDS] {
    let mut random = Random(seed);
    let keys = [1, 2].map(|seed| {
        AccountKey::derive(&RecoveryPhrase::from_entropy(&[seed; 16]), "barnet", "ada")
    });
    let cells = cells(&keys);
    assert!(cells.iter().all(|cell| cell.opens(&keys) == Ok(())), "honest cells open");
    let mut kinds = [0; KINDS];
    let mut tried = 0;
    while tried < count {
        let kind = random.below(KINDS);
        let (cell, other) = (random.pick(&cells).clone(), random.pick(&cells));
        let forged = forgery(kind, cell.clone(), other, &mut random);
        if same(&forged, &cell) || cells.iter().any(|cell| same(&forged, cell)) {
            continue; // It came out as an honest cell: nothing was forged.
        }
        tried += 1;
        kinds[kind] += 1;
        assert!(forged.opens(&keys).is_err(), "accepted: kind {kind}, seed {seed}, {tried}");
    }
    kinds
}

fn same(one: &Cell, other: &Cell) -> bool {
    (one.key, &one.place, &one.stamp, &one.text)
        == (other.key, &other.place, &other.stamp, &other.text)
}

fn forgery(kind: usize, mut cell: Cell, other: &Cell, random: &mut Random) -> Cell {
    match kind {
        0..5 => change_letter(&mut cell.place[kind], random), // one part, one letter
        5..10 => cell.place[kind - 5].clone_from(&other.place[kind - 5]), // one part of another
        10 => cell.stamp.reading = cell.stamp.reading.next(),
        11 => cell.stamp.author = Author::new(AuthorKind::Phone, random.bytes()),
        12 => cell.stamp = other.stamp.clone(),
        13 => cell.text.clone_from(&other.text),
        14 => cell.key = 1 - cell.key,
        15 => flip_bit(&mut cell.text, random),
        16 => cell.text.truncate(3 + random.below(cell.text.len() - 3)),
        17 => (0..=random.below(40)).for_each(|_| cell.text.push(random.letter())),
        18 => {
            let cut = 3 + random.below(cell.text.len().min(other.text.len()) - 3);
            cell.text.replace_range(cut.., other.text.get(cut..).expect("it is longer"));
        }
        _ => {
            let length = random.below(120);
            cell.text = "s1.".chars().chain((0..length).map(|_| random.letter())).collect();
        }
    }
    cell
}

/// Two people's keys, two of everything else, and a value for each combination.
fn cells(keys: &[AccountKey]) -> Vec<Cell> {
    let mut cells = Vec::new();
    for number in 0..128_usize {
        let one_of = |bit: usize, two: [&str; 2]| two[number >> bit & 1].to_owned();
        let place = [
            one_of(0, ["barnet", "camden"]),
            one_of(1, ["ada", "bea"]),
            one_of(2, ["contact", "saved"]),
            one_of(3, ["0123456789abc", "0123456789abd"]),
            one_of(4, ["note", "nickname"]),
        ];
        let millis = 1_764_000_000_000 + i64::from(number >> 5 & 1 == 1);
        let stamp = Stamp::new(Reading::at_millis(millis), Author::new(AuthorKind::Phone, [7; 5]));
        let key = number >> 6;
        let value = json!("word ".repeat(number % 23));
        let [council, person, collection, record, field] = &place;
        let context = Context { council, person, collection, record, field, stamp: &stamp };
        let text = seal(&keys[key], &context, &value).expect("it is small");
        cells.push(Cell { key, place, stamp, text });
    }
    cells
}

fn change_letter(text: &mut String, random: &mut Random) {
    let place = random.below(text.len());
    let letter = random.letter().to_string();
    text.replace_range(place..=place, &letter);
}

fn flip_bit(text: &mut String, random: &mut Random) {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let place = 3 + random.below(text.len() - 3);
    let six_bits = ALPHABET.iter().position(|c| *c == text.as_bytes()[place]).expect("base64");
    let flipped = char::from(ALPHABET[six_bits ^ (1 << random.below(6))]).to_string();
    text.replace_range(place..=place, &flipped);
}

/// `SplitMix64`: small, and the same on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.next() % most as u64).expect("it is below a usize")
    }

    fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    fn letter(&mut self) -> char {
        char::from(b"abcdefghijklmnopqrstuvwxyz0123456789-_"[self.below(38)])
    }

    fn bytes(&mut self) -> [u8; 5] {
        let next = self.next().to_le_bytes();
        std::array::from_fn(|index| next[index])
    }
}
