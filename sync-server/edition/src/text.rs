//! From a file's bytes to its text, whatever program saved it.

use std::borrow::Cow;

use encoding_rs::{Encoding, WINDOWS_1252};

/// The text of a file.
///
/// A byte order mark decides. Without one it is UTF-8, or else what Excel's plain "CSV" writes in
/// this country, Windows-1252, in which every byte means something.
pub(super) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default());
        return text;
    }
    match str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

/// Whether a text was saved in one encoding and read in another on its way here: `£` has become
/// `Â£`, an apostrophe `â€™`, or a character is lost.
pub(super) fn is_garbled(text: &str) -> bool {
    ["Â£", "â€", "Ã©", "\u{fffd}"].iter().any(|sign| text.contains(sign))
}

/// Whether a text holds a character that no screen shows.
pub(super) fn is_unprintable(text: &str) -> bool {
    text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t'))
}

/// A text as it is published: no space around it, and one kind of line end.
pub(super) fn tidy(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_saving_gives_the_same_text() {
        let cases: [&[u8]; 4] = [
            "£3 – café".as_bytes(),
            b"\xef\xbb\xbf\xc2\xa33 \xe2\x80\x93 caf\xc3\xa9", // Excel's "CSV UTF-8"
            b"\xa33 \x96 caf\xe9",                             // Excel's "CSV"
            b"\xff\xfe\xa3\x003\x00 \x00\x13\x20 \x00c\x00a\x00f\x00\xe9\x00", // its "Unicode text"
        ];
        for bytes in cases {
            assert_eq!(decode(bytes), "£3 – café", "{bytes:?}");
        }
    }

    #[test]
    fn what_two_programs_did_to_a_text_is_noticed() {
        assert!(is_garbled("Â£50"));
        assert!(is_garbled(&decode(b"\xef\xbb\xbf\xff")));
        assert!(!is_garbled("£50 at the café"));
        assert!(is_unprintable("a\0b"));
        assert!(!is_unprintable("a\tb\nc"));
        assert_eq!(tidy(" a\r\nb\r "), "a\nb");
    }
}
