//! The bytes of a file, its lines, and where each card begins and ends.

use std::borrow::Cow;

/// The lines of one card as they are in the file, without `BEGIN` and `END`.
#[derive(Debug)]
pub(super) struct CardLines<'a> {
    pub(super) lines: Vec<&'a [u8]>,
    pub(super) end: CardEnd,
}

/// How a card ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CardEnd {
    /// With `END:VCARD`.
    Marked,
    /// Where the next card begins.
    NextCard,
    /// Where the file ends.
    FileEnd,
}

/// The file in an encoding of which ASCII is a part: a file in UTF-16, which a byte order mark shows, is
/// turned into UTF-8.
pub(super) fn as_ascii_superset(file: &[u8]) -> Cow<'_, [u8]> {
    match file {
        [0xff, 0xfe, rest @ ..] => Cow::Owned(from_utf16(rest, u16::from_le_bytes)),
        [0xfe, 0xff, rest @ ..] => Cow::Owned(from_utf16(rest, u16::from_be_bytes)),
        [0xef, 0xbb, 0xbf, rest @ ..] => Cow::Borrowed(rest),
        file => Cow::Borrowed(file),
    }
}

fn from_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Vec<u8> {
    let (pairs, _) = bytes.as_chunks::<2>();
    let text = char::decode_utf16(pairs.iter().map(|pair| unit(*pair)));
    let text: String = text.map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    text.into_bytes()
}

/// Splits a file into its cards. What is outside of them belongs to none.
pub(super) fn cards(file: &[u8]) -> Vec<CardLines<'_>> {
    // Old programs end a line with `\r` alone.
    let line_break = if file.contains(&b'\n') { b'\n' } else { b'\r' };
    let mut cards = Vec::new();
    let mut open: Option<Vec<&[u8]>> = None;
    for line in file.split(|byte| *byte == line_break) {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if is_mark(line, b"BEGIN") {
            let before = open.replace(Vec::new());
            cards.extend(before.map(|lines| CardLines { lines, end: CardEnd::NextCard }));
        } else if is_mark(line, b"END") {
            let whole = open.take();
            cards.extend(whole.map(|lines| CardLines { lines, end: CardEnd::Marked }));
        } else if let Some(lines) = &mut open {
            lines.push(line);
        }
    }
    cards.extend(open.map(|lines| CardLines { lines, end: CardEnd::FileEnd }));
    cards
}

/// Returns `true` for `BEGIN:VCARD` or `END:VCARD`, in capitals or not.
fn is_mark(line: &[u8], word: &[u8]) -> bool {
    let mut parts = line.splitn(2, |byte| *byte == b':').map(<[u8]>::trim_ascii_end);
    let mut next_is = |word: &[u8]| parts.next().is_some_and(|it| it.eq_ignore_ascii_case(word));
    next_is(word) && next_is(b"VCARD")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(file: &str) -> Vec<(usize, CardEnd)> {
        cards(file.as_bytes()).iter().map(|card| (card.lines.len(), card.end)).collect()
    }

    #[test]
    fn every_kind_of_line_break_ends_a_line() {
        for line_break in ["\r\n", "\n", "\r"] {
            let file = ["BEGIN:VCARD", "FN:Jo", "TEL:1", "end:vcard ", ""].join(line_break);
            assert_eq!(found(&file), [(2, CardEnd::Marked)], "{line_break:?}");
        }
    }

    #[test]
    fn card_without_an_end_ends_before_the_next_one() {
        let file =
            "junk\nBEGIN:VCARD\nFN:A\nBEGIN:VCARD\nFN:B\nEND:VCARD\nEND:VCARD\nBEGIN:VCARD\nFN:C";
        let ends = [CardEnd::NextCard, CardEnd::Marked, CardEnd::FileEnd];
        assert_eq!(found(file), ends.map(|end| (1, end)));
        assert!(found("").is_empty());
        assert!(found("BEGIN:VCALENDAR\nEND:VCALENDAR").is_empty());
    }

    #[test]
    fn file_in_utf_16_is_read() {
        for (mark, bytes) in [
            (0xfeff_u16.to_le_bytes(), u16::to_le_bytes as fn(u16) -> [u8; 2]),
            (0xfeff_u16.to_be_bytes(), u16::to_be_bytes as fn(u16) -> [u8; 2]),
        ] {
            let mut file = mark.to_vec();
            file.extend("FN:Zoë 😀".encode_utf16().flat_map(bytes));
            assert_eq!(as_ascii_superset(&file), "FN:Zoë 😀".as_bytes());
            file.push(b'x');
            assert_eq!(as_ascii_superset(&file), "FN:Zoë 😀".as_bytes(), "half a unit");
        }
        assert_eq!(as_ascii_superset("\u{feff}FN:Jo".as_bytes()), b"FN:Jo".as_slice());
    }
}
