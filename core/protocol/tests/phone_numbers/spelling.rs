//! Random telephone numbers in random spellings.

#![expect(clippy::unwrap_used, reason = "lists of constants are not empty")]

use rand::{Rng, SeedableRng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;

/// The starts of numbers of the United Kingdom without the `0`, each with the length of the number.
const STARTS: [(&str, usize); 40] = [
    ("20", 10),
    ("23", 10),
    ("28", 10),
    ("29", 10),
    ("113", 10),
    ("121", 10),
    ("131", 10),
    ("141", 10),
    ("151", 10),
    ("161", 10),
    ("191", 10),
    ("1202", 10),
    ("1223", 10),
    ("1481", 10),
    ("1534", 10),
    ("1624", 10),
    ("1632", 10),
    ("13873", 10),
    ("15242", 10),
    ("15396", 10),
    ("16977", 9),
    ("17684", 10),
    ("1204", 9),
    ("1750", 9),
    ("300", 10),
    ("345", 10),
    ("55", 10),
    ("56", 10),
    ("70", 10),
    ("7400", 10),
    ("7624", 10),
    ("7640", 10),
    ("7700900", 10),
    ("7797", 10),
    ("7911", 10),
    ("800", 10),
    ("800", 9),
    ("808", 10),
    ("845", 10),
    ("90", 10),
];

/// Numbers of other countries, from fictional and service ranges.
const FOREIGN: [&str; 8] = [
    "12025550143",
    "353209142345",
    "33123456789",
    "9647912345678",
    "93701234567",
    "251911234567",
    "355672123456",
    "84912345678",
];

/// The zero of each script in which a spelling may be.
const ZEROS: [char; 6] = ['0', '0', '0', '٠', '۰', '\u{ff10}'];

/// A number in a random spelling.
#[derive(Debug)]
pub(crate) struct Spelling {
    pub(crate) typed: String,
    /// The same number in ASCII digits without anything between them and without the extension: the
    /// library for Rust misreads other spellings.
    pub(crate) plain: String,
    /// The extension that was added, as it must be read.
    pub(crate) ext: Option<String>,
}

impl Spelling {
    /// The spelling of this seed.
    pub(crate) fn new(seed: u64) -> Self {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let is_foreign = random.random_ratio(1, 12);
        let (beginning, digits) =
            if is_foreign { foreign(&mut random) } else { domestic(&mut random) };
        let plain = format!("{}{digits}", plain_beginning(beginning));
        let mut ascii = format!("{beginning}{}", grouped(&digits, &mut random));
        let ext = random.random_ratio(1, 4).then(|| extension(&mut random));
        if let Some(ext) = &ext {
            ascii.push_str(label(&mut random));
            ascii.push_str(ext);
        }
        let zero = *ZEROS.choose(&mut random).unwrap();
        Self { typed: ascii.chars().map(|c| in_script(c, zero)).collect(), plain, ext }
    }
}

/// How a number begins, and its digits after that.
fn domestic(random: &mut ChaCha8Rng) -> (&'static str, String) {
    let (start, length) = *STARTS.choose(random).unwrap();
    // Some are too long or too short.
    let length = match random.random_range(0..12) {
        0 => length - 1,
        1 => length + 1,
        _ => length,
    };
    let mut digits = start.to_owned();
    while digits.len() < length {
        digits.push(random.random_range('0'..='9'));
    }
    let beginning = ["0", "0", "0", "+44 ", "+44", "0044 ", "+44 (0)", "(0)"];
    (beginning.choose(random).unwrap(), digits)
}

fn foreign(random: &mut ChaCha8Rng) -> (&'static str, String) {
    let digits = *FOREIGN.choose(random).unwrap();
    (["+", "00", "+ "].choose(random).unwrap(), digits.to_owned())
}

fn plain_beginning(beginning: &str) -> &str {
    match beginning.trim() {
        "+44 (0)" => "+44",
        "(0)" => "0",
        plain => plain,
    }
}

/// The digits with separators in random places, as people write them.
fn grouped(digits: &str, random: &mut ChaCha8Rng) -> String {
    let separator = *[" ", "-", ".", "\u{a0}", "\u{2013}", ""].choose(random).unwrap();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 1 && random.random_ratio(1, 4) {
            text.push_str(separator);
        }
        text.push(digit);
    }
    text
}

fn extension(random: &mut ChaCha8Rng) -> String {
    let length = random.random_range(1..=4);
    (0..length).map(|_| random.random_range('1'..='9')).collect()
}

fn label(random: &mut ChaCha8Rng) -> &'static str {
    [" ext ", " ext. ", " x", "x", " #", "#", " extension ", ";ext="].choose(random).unwrap()
}

fn in_script(c: char, zero: char) -> char {
    let value = c.to_digit(10);
    value.and_then(|value| char::from_u32(u32::from(zero) + value)).unwrap_or(c)
}
