//! Forged signatures: a share here, a million with `cargo bench -p promise-protocol --bench signatures`.

#[cfg(test)]
#[allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test fails by panicking")]
mod forge;

#[cfg(test)]
mod tests {
    use super::forge::forge;

    #[test]
    fn forgeries_of_every_kind_and_sort_are_refused() {
        let tally = forge(8_000, 1);
        assert!(tally.accepted().is_empty(), "{:#?}", tally.accepted());
        let (kinds, sorts) = (tally.by_kind(), tally.by_sort());
        assert_eq!((kinds.len(), sorts.len()), (14, 33), "{kinds:#?} {sorts:#?}");
        assert!(kinds.values().all(|tried| *tried > 30), "{kinds:#?}");
        assert!(sorts.values().all(|tried| *tried > 10), "{sorts:#?}");
    }

    #[test]
    fn forgeries_are_the_same_for_the_same_seed() {
        let [one, again, other] = [2, 2, 3].map(|seed| forge(500, seed).by_sort());
        assert_eq!(one, again);
        assert_ne!(one, other);
    }
}
