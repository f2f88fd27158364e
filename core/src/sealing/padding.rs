//! Padding, so that the length of a sealed value reveals little about it.
//!
//! The sizes are 13 and 32 bytes, then two to each doubling: 48, 64, 96, 128, 192 and so on. Every
//! value that is chosen from a list (a status, a mark, a flag, a day, null) fits in 13 bytes, so
//! these never differ. A text reveals only which of 22 sizes it needs: under 4.5 bits. Sizes that
//! only double would reveal a bit less, and cost a short note a third more of a small data plan.
//!
//! The padding is ISO/IEC 7816-4: the byte 0x80, then zeros. It is always present, so it can always
//! be distinguished from the content.

const MARK: u8 = 0x80;
const SMALL_SIZES: [usize; 2] = [13, 32];

/// The most bytes that [`pad`] returns. Every sealed field fits: 4,000 characters, of which JSON
/// writes each in six bytes at worst, take 24 kB.
pub(super) const MAX_PADDED_BYTES: usize = 32 * 1024;

/// Returns the size to which this many bytes are padded, or `None` above [`MAX_PADDED_BYTES`].
pub(super) fn padded_size(length: usize) -> Option<usize> {
    let needed = length.checked_add(1).filter(|needed| *needed <= MAX_PADDED_BYTES)?;
    let small = SMALL_SIZES.into_iter().find(|size| needed <= *size);
    Some(small.unwrap_or_else(|| {
        let power = needed.next_power_of_two();
        let between = power / 4 * 3;
        if needed <= between { between } else { power }
    }))
}

/// Pads the bytes. Returns `false` if there are too many.
pub(super) fn pad(bytes: &mut Vec<u8>) -> bool {
    let Some(size) = padded_size(bytes.len()) else { return false };
    bytes.push(MARK);
    bytes.resize(size, 0);
    true
}

/// Returns what was padded, or `None` if [`pad`] returns these bytes for no content.
pub(super) fn unpad(padded: &[u8]) -> Option<&[u8]> {
    let end = padded.iter().rposition(|byte| *byte != 0)?;
    let (bytes, rest) = padded.split_at_checked(end)?;
    let is_valid = rest.first() == Some(&MARK) && padded_size(bytes.len()) == Some(padded.len());
    is_valid.then_some(bytes)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn lengths_fall_into_few_sizes() {
        let sizes: BTreeSet<_> = (0..MAX_PADDED_BYTES).map(|n| padded_size(n).unwrap()).collect();
        let sizes: Vec<_> = sizes.into_iter().collect();
        assert_eq!(sizes[..8], [13, 32, 48, 64, 96, 128, 192, 256]);
        assert_eq!((sizes.len(), sizes.last()), (22, Some(&MAX_PADDED_BYTES)));
        assert_eq!(padded_size(MAX_PADDED_BYTES), None);
        assert_eq!(padded_size(usize::MAX), None);
    }

    #[test]
    fn unpad_reverses_pad() {
        for length in (0..600).chain([24_002, MAX_PADDED_BYTES - 1]) {
            for last in [0, 1, MARK, 255] {
                let mut bytes = vec![last; length];
                let before = bytes.clone();
                assert!(pad(&mut bytes));
                assert_eq!(bytes.len(), padded_size(length).unwrap());
                assert_eq!(unpad(&bytes), Some(before.as_slice()));
            }
        }
        assert!(!pad(&mut vec![1; MAX_PADDED_BYTES]));
    }

    #[test]
    fn invalid_padding_is_refused() {
        let cases: [&[u8]; 6] = [b"", b"\x80", &[0; 13], &[1; 13], b"0123456789ab\0", b"a\x80\0\0"];
        for padded in cases {
            assert_eq!(unpad(padded), None, "{padded:?}");
        }
    }
}
