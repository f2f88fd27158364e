//! An unambiguous encoding of several texts.

/// Encodes the texts one after the other, each behind its length (64 bits, big-endian).
///
/// Different lists have different encodings: `("ab", "c")` and `("a", "bc")` differ. Unlike a JSON
/// array the encoding cannot fail, so that no key and no cell is ever bound to less than all parts.
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
    fn different_lists_have_different_encodings() {
        let lists: [&[&str]; 6] =
            [&["ab", "c"], &["a", "bc"], &["abc"], &["abc", ""], &["", "abc"], &[]];
        for (index, one) in lists.iter().enumerate() {
            for other in lists.iter().skip(index + 1) {
                assert_ne!(encode(one), encode(other));
            }
        }
    }
}
