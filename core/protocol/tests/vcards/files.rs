//! Random files of cards in the three versions, and random damage.

#![expect(clippy::unwrap_used, reason = "lists of constants are not empty")]

use std::fmt::Write;

use rand::{Rng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;

/// A file, and what its cards say.
pub(crate) struct File {
    pub(crate) line_break: &'static str,
    pub(crate) cards: Vec<WrittenCard>,
}

/// A card that is written correctly.
pub(crate) struct WrittenCard {
    pub(crate) name: String,
    pub(crate) number: &'static str,
    /// Its lines between `BEGIN` and `END`.
    pub(crate) body: Vec<String>,
}

impl WrittenCard {
    pub(crate) fn text(&self, line_break: &str) -> String {
        let body = self.body.join(line_break);
        format!("BEGIN:VCARD{line_break}{body}{line_break}END:VCARD{line_break}")
    }
}

const NAMES: [&str; 5] = ["Sam", "Zoë O’Brien", "نور الهدى", "Nguyễn Văn An", "Night line; east"];

/// Numbers as they are stored and as they are written.
const NUMBERS: [(&str, &str); 5] = [
    ("+447700900123", "07700 900123"),
    ("+442079460000", "+44 (0)20 7946 0000"),
    ("999", "999"),
    ("+448081570000", "0808-157-0000"),
    ("+447700900456", "07700900456"),
];

pub(crate) fn file(random: &mut ChaCha8Rng) -> File {
    let line_break = *["\r\n", "\n"].choose(random).unwrap();
    let count = random.random_range(1..6);
    File { line_break, cards: (0..count).map(|at| card(at, random)).collect() }
}

fn card(at: usize, random: &mut ChaCha8Rng) -> WrittenCard {
    let name = format!("{} {at}", NAMES.choose(random).unwrap());
    let (number, written) = *NUMBERS.choose(random).unwrap();
    let body = match random.random_range(0..3) {
        0 => old(&name, written),
        1 => vec![
            "VERSION:3.0".to_owned(),
            format!("FN:{}", name.replace(';', "\\;")),
            format!("item1.TEL;type=CELL;type=VOICE:{written}"),
            "item1.X-ABLabel:Mobile".to_owned(),
            "NOTE:one\\ntwo\\, and a line th".to_owned(),
            " at is folded".to_owned(),
        ],
        _ => vec![
            "VERSION:4.0".to_owned(),
            format!("FN:{}", name.replace(';', "\\;")),
            format!("TEL;TYPE=\"voice,cell\":{written}"),
            "EMAIL:sam@example.org".to_owned(),
        ],
    };
    WrittenCard { name, number, body }
}

/// A card of version 2.1: a name in quoted-printable, with a soft line break in the middle.
fn old(name: &str, number: &str) -> Vec<String> {
    let escaped = name.replace(';', "\\;");
    let mut coded = String::new();
    for byte in escaped.bytes() {
        write!(coded, "={byte:02X}").unwrap();
    }
    let (start, rest) = coded.split_at(coded.len() / 6 * 3);
    vec![
        "VERSION:2.1".to_owned(),
        format!("FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{start}="),
        rest.to_owned(),
        format!("TEL;CELL:{number}"),
    ]
}

/// The bytes with one to eight random changes, none of which begins or ends a card.
pub(crate) fn damaged(bytes: &[u8], random: &mut ChaCha8Rng) -> Vec<u8> {
    const PIECES: [&[u8]; 12] = [
        b"=",
        b"=Z",
        b":",
        b";",
        b"\"",
        b"\\",
        b"\n",
        b"\n ",
        b"\xff\xfe",
        b"\0",
        b"TEL:12",
        b"==\n",
    ];
    let mut damaged = bytes.to_vec();
    for _ in 0..random.random_range(1..=8) {
        let at = random.random_range(0..=damaged.len());
        let until = (at + random.random_range(0..12)).min(damaged.len());
        let noise: [u8; 2] = random.random();
        let piece: &[u8] = match random.random_range(0..3) {
            0 => b"",
            1 => PIECES.choose(random).copied().unwrap(),
            _ => &noise,
        };
        drop(damaged.splice(at..until, piece.iter().copied()));
    }
    damaged
}
