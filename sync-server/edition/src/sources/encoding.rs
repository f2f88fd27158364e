//! From a file's bytes to its text, whichever program saved it.

use std::borrow::Cow;

use encoding_rs::{Encoding, WINDOWS_1252};

/// Decodes a text file.
///
/// A byte order mark decides. Without one the text is UTF-8, or else Windows-1252, which is what
/// Excel's plain "CSV" writes in the United Kingdom and in which every byte has a meaning.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validate::text::is_garbled;

    #[test]
    fn every_encoding_decodes_to_same_text() {
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
    fn bytes_that_are_not_utf8_after_a_mark_are_garbled() {
        assert!(is_garbled(&decode(b"\xef\xbb\xbf\xff")));
    }
}
