//! Forged signatures: a share here, a million with `cargo bench -p promise-protocol --bench signatures`.

#[cfg(test)]
#[allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test fails by panicking")]
mod forge;

#[cfg(test)]
mod tests {
    use super::forge::forge;

    #[test]
    fn forged_signatures_do_not_verify() {
        let kinds = forge(2_000, 1);
        assert!(kinds.iter().all(|tried| *tried > 20), "{kinds:?}");
    }
}
