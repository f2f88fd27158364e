//! The order of lists, with ICU4X as the oracle.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that fails may panic")]

use std::cmp::Ordering;

use icu_collator::{CollatorBorrowed, CollatorPreferences, preferences::CollationNumericOrdering};
use promise_protocol::text::sort_key;

/// Names in the scripts that the rule has tables for, one on each line.
const NAMES: &str = include_str!("names.txt");

/// Pairs in our order that the CLDR root order has the other way round, with the reason.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    ("احمد", "أحمد", "a hamza is a mark: the same name is written with it and without it"),
    ("ثامر", "ثائر", "as above; the root order has a letter with a hamza before all without"),
    ("CL\u{2013}1", "CL-2", "every dash is the plain one"),
];

fn collator() -> CollatorBorrowed<'static> {
    let mut preferences = CollatorPreferences::default();
    preferences.numeric_ordering = Some(CollationNumericOrdering::True);
    CollatorBorrowed::try_new(preferences, icu_collator::options::CollatorOptions::default())
        .unwrap()
}

fn names() -> Vec<&'static str> {
    NAMES.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
}

#[test]
fn names_sort_as_in_the_root_order_of_cldr() {
    let (collator, names) = (collator(), names());
    assert!(names.len() > 800, "{}", names.len());
    let keys: Vec<_> = names.iter().map(|name| sort_key(name)).collect();
    let mut wrong = Vec::new();
    for (index, name) in names.iter().enumerate() {
        for (other, key) in names.iter().zip(&keys).skip(index + 1) {
            let expected = collator.compare(name, other);
            if expected != Ordering::Equal && keys[index].cmp(key) != expected {
                wrong.push((name, other));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn exceptions_from_the_root_order_are_listed() {
    let collator = collator();
    for (first, second, reason) in EXCEPTIONS {
        assert!(sort_key(first) < sort_key(second), "{first} {second}");
        assert_eq!(
            collator.compare(first, second),
            Ordering::Greater,
            "{first} {second}: {reason}"
        );
    }
}
