//! The rules about telephone numbers, compared with a numbering library.

mod oracle;
mod short_codes;
mod spelling;

/// A share of what `examples/phone_spellings.rs` checks.
const SPELLINGS: u64 = 5_000;

#[test]
fn spellings_are_read_as_the_numbering_library_reads_them() {
    let wrong: Vec<String> =
        (0..SPELLINGS).filter_map(|seed| oracle::check(seed).err()).take(10).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn spellings_reach_every_kind_of_number() {
    let mut tally = oracle::Tally::default();
    (0..SPELLINGS).for_each(|seed| tally.add(&oracle::check(seed)));
    assert!(tally.accepted > SPELLINGS / 2, "{tally:?}");
    assert!(tally.refused > SPELLINGS / 20, "{tally:?}");
    assert!(tally.with_extension > SPELLINGS / 10, "{tally:?}");
    assert!(tally.types.len() >= 9, "{tally:?}");
}
