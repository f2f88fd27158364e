//! Several texts as one run of bytes.

/// The texts one after the other, each behind its length (64 bits, big-endian).
///
/// No two different lists have one encoding: `("ab", "c")` and `("a", "bc")` differ. Unlike a JSON
/// array it cannot fail, and what cannot fail cannot leave a key or a cell bound to nothing.
pub(super) fn encode(parts: &[&str]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for part in parts {
        bytes.extend_from_slice(&(part.len() as u64).to_be_bytes());
        bytes.extend_from_slice(part.as_bytes());
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moving_a_letter_between_parts_changes_the_bytes() {
        let lists: [&[&str]; 6] =
            [&["ab", "c"], &["a", "bc"], &["abc"], &["abc", ""], &["", "abc"], &[]];
        for (index, one) in lists.iter().enumerate() {
            for other in lists.iter().skip(index + 1) {
                assert_ne!(encode(one), encode(other));
            }
        }
    }
}
