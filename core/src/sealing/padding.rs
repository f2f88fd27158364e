//! Padding: so that the length of what is sealed says little about it.
//!
//! The sizes are 13 and 32 bytes, then two to each doubling: 48, 64, 96, 128, 192 and so on. All
//! that is picked from a list (a status, a mark, a flag, a day, nothing at all) fits in 13 bytes,
//! so these never differ. A text shows only which of 22 sizes it needs: under 4.5 bits.
//! Sizes that only double would show a bit less, and cost a short note a third more of a small
//! data plan.
//!
//! The padding is ISO/IEC 7816-4: the byte 0x80, then zeros. It is always there, so what it was
//! added to is never in doubt.

const MARK: u8 = 0x80;
const SMALL: [usize; 2] = [13, 32];

/// The most bytes that [`pad`] returns. Every sealed field fits: 4,000 characters, of which JSON
/// writes each in six bytes at worst, take 24 kB.
pub(super) const LARGEST: usize = 32 * 1024;

/// The size to which so many bytes are padded, or `None` above [`LARGEST`].
pub(super) fn padded_size(length: usize) -> Option<usize> {
    let needed = length.checked_add(1).filter(|needed| *needed <= LARGEST)?;
    let small = SMALL.into_iter().find(|size| needed <= *size);
    Some(small.unwrap_or_else(|| {
        let power = needed.next_power_of_two();
        let between = power / 4 * 3;
        if needed <= between { between } else { power }
    }))
}

/// Pads the bytes, or returns whether they are too many.
pub(super) fn pad(bytes: &mut Vec<u8>) -> bool {
    let Some(size) = padded_size(bytes.len()) else { return false };
    bytes.push(MARK);
    bytes.resize(size, 0);
    true
}

/// What was padded, or `None` if this is not exactly what [`pad`] makes of anything.
pub(super) fn unpad(padded: &[u8]) -> Option<&[u8]> {
    let end = padded.iter().rposition(|byte| *byte != 0)?;
    let (bytes, rest) = padded.split_at_checked(end)?;
    let ours = rest.first() == Some(&MARK) && padded_size(bytes.len()) == Some(padded.len());
    ours.then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn lengths_fall_into_few_sizes() {
        let sizes: BTreeSet<_> = (0..LARGEST).map(|n| padded_size(n).unwrap()).collect();
        let sizes: Vec<_> = sizes.into_iter().collect();
        assert_eq!(sizes[..8], [13, 32, 48, 64, 96, 128, 192, 256]);
        assert_eq!((sizes.len(), sizes.last()), (22, Some(&LARGEST)));
        assert_eq!(padded_size(LARGEST), None);
        assert_eq!(padded_size(usize::MAX), None);
    }

    #[test]
    fn unpadding_gives_back_what_was_padded() {
        for length in (0..600).chain([24_002, LARGEST - 1]) {
            for last in [0, 1, MARK, 255] {
                let mut bytes = vec![last; length];
                let before = bytes.clone();
                assert!(pad(&mut bytes));
                assert_eq!(bytes.len(), padded_size(length).unwrap());
                assert_eq!(unpad(&bytes), Some(before.as_slice()));
            }
        }
        assert!(!pad(&mut vec![1; LARGEST]));
    }

    #[test]
    fn what_no_padding_makes_is_refused() {
        let cases: [&[u8]; 6] = [b"", b"\x80", &[0; 13], &[1; 13], b"0123456789ab\0", b"a\x80\0\0"];
        for padded in cases {
            assert_eq!(unpad(padded), None, "{padded:?}");
        }
    }
}
