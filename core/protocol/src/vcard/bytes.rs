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

/// Splits a file into its cards, in the order in which they begin. What is outside of them belongs to
/// none. The card of an assistant (`AGENT` of vCard 2.1) is inside another card, which goes on after it.
pub(super) fn cards(file: &[u8]) -> Vec<CardLines<'_>> {
    // Old programs end a line with `\r` alone.
    let line_break = if file.contains(&b'\n') { b'\n' } else { b'\r' };
    let mut cards: Vec<CardLines<'_>> = Vec::new();
    // The positions of the cards that have not ended, each inside the one before it.
    let mut open: Vec<usize> = Vec::new();
    for line in file.split(|byte| *byte == line_break) {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let agent = value_of_agent(line);
        if is_mark(agent.unwrap_or(line), b"BEGIN") {
            let outer = open.last().and_then(|at| cards.get_mut(*at));
            if agent.is_none() && !outer.is_some_and(CardLines::take_agent) {
                for at in open.drain(..) {
                    set_end(&mut cards, at, CardEnd::NextCard);
                }
            }
            open.push(cards.len());
            cards.push(CardLines { lines: Vec::new(), end: CardEnd::FileEnd });
        } else if is_mark(line, b"END") {
            if let Some(at) = open.pop() {
                set_end(&mut cards, at, CardEnd::Marked);
            }
        } else if let Some(card) = open.last().and_then(|at| cards.get_mut(*at)) {
            card.lines.push(line);
        }
    }
    cards
}

fn set_end(cards: &mut [CardLines<'_>], at: usize, end: CardEnd) {
    if let Some(card) = cards.get_mut(at) {
        card.end = end;
    }
}

impl CardLines<'_> {
    /// Removes a last line that is `AGENT:` alone. Returns `true` if it was there: the card that begins
    /// next is the assistant's.
    fn take_agent(&mut self) -> bool {
        let last = self.lines.iter().rposition(|line| !line.trim_ascii().is_empty());
        let is_agent = |at: &usize| {
            let value = self.lines.get(*at).and_then(|line| value_of_agent(line));
            value.is_some_and(<[u8]>::is_empty)
        };
        let Some(agent) = last.filter(is_agent) else { return false };
        self.lines.truncate(agent);
        true
    }
}

/// The value of a line if it is an `AGENT`, with or without a group and parameters.
fn value_of_agent(line: &[u8]) -> Option<&[u8]> {
    let mut parts = line.splitn(2, |byte| *byte == b':');
    let (head, value) = (parts.next()?, parts.next()?);
    let name = head.split(|byte| *byte == b';').next()?.rsplit(|byte| *byte == b'.').next()?;
    name.trim_ascii().eq_ignore_ascii_case(b"AGENT").then_some(value.trim_ascii())
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
    fn card_goes_on_after_the_card_of_an_assistant() {
        let end = "END:VCARD\n";
        for agent in [
            "AGENT:\nBEGIN:VCARD",
            "agent: \n\nbegin:vcard",
            "item1.AGENT;X=Y:\nBEGIN:VCARD",
            "AGENT:BEGIN:VCARD",
        ] {
            let inner = format!("{agent}\nFN:B\nTEL:2\nNOTE:b\n");
            let whole = format!("BEGIN:VCARD\nFN:A\n{inner}{end}TEL:1\n{end}");
            assert_eq!(found(&whole), [(2, CardEnd::Marked), (3, CardEnd::Marked)], "{agent:?}");
            let cut = format!("BEGIN:VCARD\nFN:A\n{inner}");
            assert_eq!(found(&cut), [(1, CardEnd::FileEnd), (4, CardEnd::FileEnd)], "{agent:?}");
            // One end is missing: no card takes another one's lines.
            let next = format!("{cut}{end}BEGIN:VCARD\nFN:C\n{end}");
            let ends = [(1, CardEnd::NextCard), (3, CardEnd::Marked), (1, CardEnd::Marked)];
            assert_eq!(found(&next), ends, "{agent:?}");
        }
        // Version 3.0 has the card in one line.
        let inline = "BEGIN:VCARD\nAGENT:BEGIN:VCARD\\nFN:B\\nEND:VCARD\\n\nFN:A\nEND:VCARD";
        assert_eq!(found(inline), [(2, CardEnd::Marked)]);
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
