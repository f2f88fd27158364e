//! Forged cells.

use promise_protocol::{Author, AuthorKind, Reading, Stamp};
use serde_json::json;

use super::{
    Tally,
    random::Random,
    sealing::{AccountKey, Context, OpenError, RecoveryPhrase, open, seal},
};

/// The sorts of forgeries.
const SORTS: [&str; 20] = [
    "a letter of the council",
    "a letter of the person",
    "a letter of the collection",
    "a letter of the record",
    "a letter of the field",
    "another council",
    "another person",
    "another collection",
    "another record",
    "another field",
    "a later stamp",
    "another author",
    "another stamp",
    "another text",
    "another key",
    "a bit of the text",
    "the text is cut",
    "more behind the text",
    "parts of two texts",
    "a random text",
];

/// A cell that its owner sealed.
#[derive(Clone, Debug)]
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

/// Tries so many forged cells.
///
/// # Panics
///
/// If an honest cell does not open: then a refused forgery shows nothing.
pub(crate) fn forge_cells(count: usize, seed: u64) -> Tally {
    let mut random = Random::new(seed);
    let keys = [1, 2].map(|seed| {
        AccountKey::derive(&RecoveryPhrase::from_entropy(&[seed; 16]), "barnet", "ada")
    });
    let cells = cells(&keys);
    assert!(cells.iter().all(|cell| cell.opens(&keys) == Ok(())), "honest cells open");
    let mut tally = Tally::default();
    while tally.count < count {
        let sort = random.below(SORTS.len());
        let (cell, other) = (random.pick(&cells).clone(), random.pick(&cells));
        let forged = forgery(sort, cell.clone(), other, &mut random);
        if same(&forged, &cell) || cells.iter().any(|cell| same(&forged, cell)) {
            continue; // It came out as an honest cell: nothing was forged.
        }
        tally.add(SORTS[sort], forged.opens(&keys).is_ok().then(|| format!("{forged:?}")));
    }
    tally
}

fn same(one: &Cell, other: &Cell) -> bool {
    (one.key, &one.place, &one.stamp, &one.text)
        == (other.key, &other.place, &other.stamp, &other.text)
}

fn forgery(sort: usize, mut cell: Cell, other: &Cell, random: &mut Random) -> Cell {
    match sort {
        0..5 => change_letter(&mut cell.place[sort], random), // one part, one letter
        5..10 => cell.place[sort - 5].clone_from(&other.place[sort - 5]), // one part of another
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
