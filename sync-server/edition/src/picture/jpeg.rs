//! Whether a JPEG is complete. Decoders fill what is missing with grey instead of failing.

/// Returns `true` if the file has an end of image behind its last scan (ITU-T T.81, annex B). What
/// cameras append behind it does not matter.
pub(super) fn is_complete(bytes: &[u8]) -> bool {
    const END_OF_IMAGE: u8 = 0xd9;
    const START_OF_SCAN: u8 = 0xda;
    // Behind the start of image.
    let mut rest = bytes.get(2..).unwrap_or_default();
    while let Some((marker, behind)) = next_marker(rest) {
        if marker == END_OF_IMAGE {
            return true;
        }
        // Markers that stand alone.
        if matches!(marker, 0x01 | 0xd0..=0xd8) {
            rest = behind;
            continue;
        }
        let Some(&[high, low]) = behind.get(..2) else { return false };
        let length = usize::from(u16::from_be_bytes([high, low]));
        let Some(next) = behind.get(length.max(2)..) else { return false };
        rest = if marker == START_OF_SCAN { skip_scan(next) } else { next };
    }
    false
}

/// The marker in front, which may have fill bytes, and what is behind it.
fn next_marker(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let (first, rest) = bytes.split_first()?;
    let marker = rest.iter().position(|byte| *byte != 0xff)?;
    (*first == 0xff).then_some(())?;
    Some((*rest.get(marker)?, rest.get(marker + 1..)?))
}

/// Skips the coded data of a scan up to the next marker. Stuffed zeros and restart markers are data.
fn skip_scan(bytes: &[u8]) -> &[u8] {
    let is_end =
        |pair: &[u8]| matches!(pair, [0xff, code] if !matches!(code, 0 | 0xff | 0xd0..=0xd7));
    let end = bytes.windows(2).position(is_end).unwrap_or(bytes.len());
    bytes.get(end..).unwrap_or_default()
}
