//! Attacks that a dishonest server can try.

use serde_json::json;

use super::*;
use crate::sealing::{self, OpenError, open, seal};

#[path = "../../../tests/common/forge/mod.rs"]
mod forge;

#[test]
fn forgeries_are_refused() {
    let tally = forge::forge_cells(10_000, 0x5eed);
    assert!(tally.accepted.is_empty(), "{:#?}", tally.accepted);
    assert_eq!(tally.tried.len(), 20);
    assert!(tally.tried.values().all(|count| *count > 200), "{:#?}", tally.tried);
}

#[test]
fn forged_phrases_between_two_phones_are_refused() {
    let tally = forge::forge_handovers(4_000, 0x5eed);
    assert!(tally.accepted.is_empty(), "{:#?}", tally.accepted);
    assert_eq!(tally.tried.len(), 15);
    assert!(tally.tried.values().all(|count| *count > 80), "{:#?}", tally.tried);
}

#[test]
fn every_part_of_cell_is_bound() {
    let stamp = stamp();
    let (later, elsewhere) = (
        "0cr2sk0g00002-p0123abcd".parse::<Stamp>().unwrap(),
        "0cr2sk0g00000-p0123abce".parse::<Stamp>().unwrap(),
    );
    let here = note(&stamp);
    let text = seal(&key(1), &here, &json!("mine")).unwrap();
    assert_eq!(open(&key(1), &here, &text), Ok(json!("mine")));
    let others = [
        Context { council: "camden", ..here },
        Context { person: "bea", ..here },
        Context { collection: "saved", ..here },
        Context { record: "0123456789abd", ..here },
        Context { field: "nickname", ..here },
        Context { stamp: &later, ..here },
        Context { stamp: &elsewhere, ..here },
        Context { council: "barneta", person: "da", ..here },
        Context { collection: "contact0", record: "123456789abc", ..here },
        Context { record: here.field, field: here.record, ..here },
    ];
    for other in others {
        assert_eq!(open(&key(1), &other, &text), Err(OpenError::CannotOpen), "{other:?}");
    }
    assert_eq!(open(&key(2), &here, &text), Err(OpenError::CannotOpen), "another key");
}

#[test]
fn altered_text_is_refused() {
    let stamp = stamp();
    let here = note(&stamp);
    let text = seal(&key(1), &here, &json!("a note of forty characters, more or less")).unwrap();
    let refused = |forged: &str| {
        assert_eq!(open(&key(1), &here, forged), Err(OpenError::CannotOpen), "{forged}");
    };
    let sealed = data_encoding::BASE64URL_NOPAD.decode(text.get(3..).unwrap().as_bytes()).unwrap();
    for bit in 0..sealed.len() * 8 {
        let mut forged = sealed.clone();
        forged[bit / 8] ^= 1 << (bit % 8);
        refused(&format!("s1.{}", data_encoding::BASE64URL_NOPAD.encode(&forged)));
    }
    for end in 3..text.len() {
        refused(text.get(..end).unwrap());
    }
    for more in ["A", "AA", "AAAA", "=", "==", " ", "\n", "é"] {
        refused(&format!("{text}{more}"));
    }
    // The last character has unused bits. A text with other values in them must not open.
    let mut letters: Vec<char> = text.chars().collect();
    let last = letters.pop().unwrap();
    let next = char::from_u32(u32::from(last) + 1).unwrap();
    refused(&letters.into_iter().chain([next]).collect::<String>());
}

#[test]
fn unsealed_and_undecryptable_text_have_different_errors() {
    let stamp = stamp();
    let cases = [
        ("", OpenError::NotSealed),
        ("s", OpenError::NotSealed),
        ("s.", OpenError::NotSealed),
        ("see you at 1.", OpenError::NotSealed),
        ("S1.AAAA", OpenError::NotSealed),
        ("s1234.AAAA", OpenError::NotSealed),
        ("s2.AAAA", OpenError::UnknownVersion),
        ("s01.AAAA", OpenError::UnknownVersion),
        ("s1.", OpenError::CannotOpen),
        ("s1.AAAA", OpenError::CannotOpen),
        ("s1.not base64", OpenError::CannotOpen),
    ];
    for (text, error) in cases {
        assert_eq!(open(&key(1), &note(&stamp), text), Err(error), "{text}");
    }
}
