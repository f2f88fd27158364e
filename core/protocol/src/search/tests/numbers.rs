//! Telephone numbers in every spelling, dates and years.

use super::{assert_found, assert_not_found};
use crate::search::{Query, forms};

/// The spellings of one number, with which a text and a query may each write it.
const SPELLINGS: &[&str] = &[
    "020 7946 0101",
    "02079460101",
    "(020) 7946 0101",
    "020-7946-0101",
    "020.7946.0101",
    "020\u{a0}7946\u{202f}0101",
    "020 \u{2013} 7946 \u{2013} 0101",
    "+44 20 7946 0101",
    "+44 (0)20 7946 0101",
    "+44(0)2079460101",
    "+442079460101",
    "0044 20 7946 0101",
    "00442079460101",
    "442079460101",
    "2079460101",
    "20 7946 0101",
    "\u{2066}020 7946 0101\u{2069}",
    "٠٢٠ ٧٩٤٦ ٠١٠١",
    "۰۲۰۷۹۴۶۰۱۰۱",
    "０２０７９４６０１０１",
    "＋４４ ２０ ７９４６ ０１０１",
];

#[test]
fn search_finds_telephone_numbers_in_any_spelling() {
    for text in SPELLINGS {
        for typed in SPELLINGS {
            for text in [(*text).to_owned(), format!("Ring {text}, or 07700 900123 at 9-5.")] {
                let query = Query::new(typed);
                assert!(query.is_found_in(&text), "{typed:?} in {text:?}: {}", forms(&text));
            }
        }
        for typed in ["020 7946 01", "+44 20 79", "+44 (0)20 7946 0", "0207946", "7946 0101"] {
            assert!(Query::new(typed).is_found_in(text), "{typed:?} in {text:?}: {}", forms(text));
        }
        for typed in ["020 7946 0102", "+44 20 7946 1", "0044 21", "+1 20 7946 0101", "0794601"] {
            assert!(!Query::new(typed).is_found_in(text), "{typed:?} in {text:?}");
        }
    }
}

#[test]
fn search_finds_international_short_and_relay_numbers() {
    assert_found(&[
        ("+1 202 555 0143", &["001 202 555 0143", "12025550143", "+1202555", "٠٠١ ٢٠٢"]),
        ("116 123", &["116123", "116-123"]),
        ("Text 85258", &["85258", "٨٥٢٥٨"]),
        ("18001 0300 123 4567", &["0300 123 4567", "03001234567", "1800103001"]),
        ("0300 123 4567", &["18001 0300 123 4567", "18002 03001234567"]),
        ("020 7946 0000 ext 4", &["020 7946 0000 x4", "02079460000 ext. 4", "020 7946 0000,4"]),
        ("020 7946 0000 9am", &["020 7946 0000 9am", "02079460000"]),
        ("020 7946 0101 / 0102 10:00-12:30", &["020 7946 0101", "02079460101 0102"]),
        ("10.00-12.00 020 7946 0101", &["02079460101", "+442079460101", "12.00"]),
    ]);
    assert_not_found(&[("+1 202 555 0143", &["0202 555", "+44 202 555"])]);
}

#[test]
fn dates_and_years_are_found_as_words_and_together() {
    assert_found(&[(
        "From 2026-12-31, 25 places",
        &["2026", "2026-12-31", "20261231", "25 places"],
    )]);
    assert_found(&[("12 people in 2026", &["12 2026"])]);
    assert_not_found(&[("12 people in 2026", &["122026", "120"])]);
}
