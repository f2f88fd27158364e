//! Sealing round trips, its lengths reveal little, and sealing twice reveals only equality.

use promise_protocol::schema::Kind;
use promise_protocol::schema::{self, COLLECTIONS};
use proptest::{collection::vec, prelude::*};
use serde_json::{Value, json};

use super::*;
use crate::sealing::{SealError, open, seal};

/// A value of any kind that a field may hold, with what a newer version may have added.
fn value() -> impl Strategy<Value = Value> {
    let text = prop_oneof![any::<String>(), "\\PC{0,300}", "[a-z ]{0,4000}"];
    let unknown =
        prop_oneof![any::<u64>().prop_map(|n| json!(n)), any::<i64>().prop_map(|n| json!(n))];
    let phone = (any::<String>(), any::<bool>(), unknown).prop_map(|(number, prefer, unknown)| {
        json!({"number": number, "kind": "mobile", "prefer": prefer, "from_the_future": unknown})
    });
    let leave = ("[0-9-]{10}", proptest::option::of("[a-z0-9]{13}"))
        .prop_map(|(day, cover)| json!({"from": day, "to": day, "cover": cover}));
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(|flag| json!(flag)),
        any::<u64>().prop_map(|number| json!(number)),
        text.prop_map(|text| json!(text)),
        "[0-9]{4}-[0-9]{2}-[0-9]{2}".prop_map(|day| json!(day)),
        vec("[a-zA-Z-]{2,35}", 0..20).prop_map(|tags| json!(tags)),
        vec(phone, 0..10).prop_map(|phones| json!(phones)),
        vec(leave, 0..30).prop_map(|leaves| json!(leaves)),
    ]
}

proptest! {
    #[test]
    fn open_reverses_seal(value in value(), seed in any::<u8>()) {
        let stamp = stamp();
        let text = seal(&key(seed), &note(&stamp), &value).unwrap();
        prop_assert_eq!(open(&key(seed), &note(&stamp), &text), Ok(value));
    }

    /// A cloned phone may take a stamp that was taken before.
    #[test]
    fn two_seals_of_one_cell_reveal_only_equality(one in value(), other in value()) {
        let (key, stamp) = (key(1), stamp());
        let sealed = |value: &Value| bytes(&seal(&key, &note(&stamp), value).unwrap());
        prop_assert_eq!(sealed(&one), sealed(&one.clone()));
        if one != other {
            let (one, other) = (sealed(&one), sealed(&other));
            // Under one key stream, equal beginnings would show as equal blocks.
            for (block, against) in one.chunks(16).zip(other.chunks(16)) {
                prop_assert_ne!(block, against);
            }
        }
    }
}

#[test]
fn equal_prefixes_are_not_revealed() {
    let (key, stamp) = (key(1), stamp());
    let sealed = |end: &str| {
        let text = format!("{}{end}", "the same beginning ".repeat(20));
        bytes(&seal(&key, &note(&stamp), &json!(text)).unwrap())
    };
    let (one, other) = (sealed("a"), sealed("b"));
    assert!(one.chunks(16).zip(other.chunks(16)).all(|(one, other)| one != other));
}

#[test]
fn values_chosen_from_lists_have_one_length() {
    let stamp = stamp();
    let mut picked = vec![json!(null), json!(true), json!(false), json!("2026-12-31")];
    for field in COLLECTIONS.iter().filter(|c| c.sealed).flat_map(|c| c.fields) {
        if let Kind::Choice(words) = field.kind {
            picked.extend(words.iter().map(|word| json!(word)));
        }
    }
    assert!(picked.len() > 10 && schema::field("saved", "status").is_some());
    for value in picked {
        assert_eq!(seal(&key(1), &note(&stamp), &value).unwrap().len(), 42, "{value}");
    }
}

#[test]
fn text_lengths_fall_into_few_sizes() {
    let stamp = stamp();
    let length = |characters: usize| {
        seal(&key(1), &note(&stamp), &json!("x".repeat(characters))).unwrap().len()
    };
    let lengths: std::collections::BTreeSet<_> = (0..=4000).map(length).collect();
    assert_eq!(lengths.len(), 16, "{lengths:?}");
    assert_eq!(length(40), 89);
    assert_eq!(length(100), 195);
}

#[test]
fn longest_text_is_sealed_and_larger_value_is_refused() {
    let stamp = stamp();
    let longest = json!("\u{1}".repeat(4000));
    let text = seal(&key(1), &note(&stamp), &longest).unwrap();
    assert_eq!(open(&key(1), &note(&stamp), &text), Ok(longest));
    let larger = json!("x".repeat(40_000));
    assert_eq!(seal(&key(1), &note(&stamp), &larger), Err(SealError::TooLarge));
}

#[test]
fn canary_is_in_no_sealed_value_and_no_sealed_id() {
    let (key, stamp) = (key(1), stamp());
    let canary = "canary-9f3a";
    for value in [json!(canary), json!([{ "number": canary }]), json!(canary.repeat(300))] {
        let text = seal(&key, &note(&stamp), &value).unwrap();
        assert!(!text.contains(canary));
        assert!(!bytes(&text).windows(canary.len()).any(|part| part == canary.as_bytes()));
    }
    assert!(!key.sealed_id("saved", canary).contains(canary));
}

fn bytes(text: &str) -> Vec<u8> {
    let sealed = text.strip_prefix("s1.").unwrap();
    data_encoding::BASE64URL_NOPAD.decode(sealed.as_bytes()).unwrap()
}
