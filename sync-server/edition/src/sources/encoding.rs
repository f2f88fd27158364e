//! From a file's bytes to its text, whichever program saved it.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::issue::IssueKind;

/// How many bytes are looked at to recognise UTF-16 without a mark.
const SAMPLE: usize = 512;

/// Decodes a text file.
///
/// A byte order mark decides. Without one the text is UTF-16 if it has the pattern of it, or UTF-8, or
/// else Windows-1252, which is what Excel's plain "CSV" writes in the United Kingdom and in which
/// every byte has a meaning.
///
/// Fails if the first line has characters that no text has, so that a sheet in an unknown encoding is
/// not taken for one without its columns.
pub(super) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, IssueKind> {
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or_else(|| (guess(bytes), 0));
    let text = bytes.get(mark..).unwrap_or_default();
    let (text, _) = encoding.decode_without_bom_handling(text);
    let is_lost = |c: char| (c.is_control() && c != '\t') || c == char::REPLACEMENT_CHARACTER;
    let mut lines = text.split(['\n', '\r']);
    let first = lines.find(|line| !line.trim().is_empty()).unwrap_or_default();
    if first.contains(is_lost) {
        return Err(IssueKind::UnreadableEncoding);
    }
    Ok(text)
}

/// Guesses the encoding of a text without a mark.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    // A text in another encoding has no zero bytes, and next to no Latin letters if read as UTF-16.
    let is_utf_16 = |encoding: &&'static Encoding| {
        let (text, _) = encoding.decode_without_bom_handling(sample);
        let latin = text.chars().filter(|c| matches!(c, ' '..='~' | '\r' | '\n' | '\t')).count();
        sample.contains(&0) && latin * 8 > text.chars().count()
    };
    if let Some(encoding) = [UTF_16LE, UTF_16BE].into_iter().find(is_utf_16) {
        return encoding;
    }
    if is_mostly_utf_8(bytes) { UTF_8 } else { WINDOWS_1252 }
}

/// Returns `true` for UTF-8, also if it was cut within a character or damaged in a few places. Read as
/// Windows-1252, its other letters would become wrong ones that no check can find.
fn is_mostly_utf_8(bytes: &[u8]) -> bool {
    let (mut letters, mut faults) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        letters += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        faults += usize::from(!chunk.invalid().is_empty());
    }
    faults == 0 || letters >= faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validate::text::is_garbled;

    fn utf_16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to_bytes).collect()
    }

    #[test]
    fn every_encoding_decodes_to_same_text() {
        let cases: [&[u8]; 4] = [
            "£3 – café".as_bytes(),
            b"\xef\xbb\xbf\xc2\xa33 \xe2\x80\x93 caf\xc3\xa9", // Excel's "CSV UTF-8"
            b"\xa33 \x96 caf\xe9",                             // Excel's "CSV"
            b"\xff\xfe\xa3\x003\x00 \x00\x13\x20 \x00c\x00a\x00f\x00\xe9\x00", // its "Unicode text"
        ];
        for bytes in cases {
            assert_eq!(decode(bytes).unwrap(), "£3 – café", "{bytes:?}");
        }
    }

    #[test]
    fn utf_16_is_read_with_and_without_a_mark() {
        for text in
            ["ref,kind,title\n1,job,Café £3\n", "ref\tkind\tttitle\n١\tjob\tنادي الحي\n", "r"]
        {
            for to_bytes in [u16::to_le_bytes, u16::to_be_bytes] {
                let bytes = utf_16(text, to_bytes);
                assert_eq!(decode(&bytes).unwrap(), text);
                let marked = utf_16(&format!("\u{feff}{text}"), to_bytes);
                assert_eq!(decode(&marked).unwrap(), text);
            }
        }
    }

    #[test]
    fn header_in_an_unknown_encoding_is_refused() {
        let utf_32: Vec<u8> =
            "ref,kind,title\n".chars().flat_map(|c| (c as u32).to_le_bytes()).collect();
        let marked = [b"\xff\xfe\0\0".to_vec(), utf_32.clone()].concat();
        let damaged = b"\xef\xbb\xbf\xff\n".to_vec();
        for bytes in [utf_32, marked, damaged, b"k\0i\0\0\n\0d\n".to_vec()] {
            assert_eq!(decode(&bytes), Err(IssueKind::UnreadableEncoding), "{bytes:?}");
        }
    }

    #[test]
    fn utf_8_that_was_cut_or_damaged_keeps_its_other_letters() {
        let text = "ref,title\n1,Łódź\n2,café";
        // Before the first letter ends, it may as well be one of Windows-1252.
        for end in text.find('ó').unwrap()..=text.len() {
            let decoded = decode(&text.as_bytes()[..end]).unwrap();
            let whole = decoded.trim_end_matches(char::REPLACEMENT_CHARACTER);
            assert!(text.starts_with(whole), "{end}: {decoded}");
        }
        let decoded = decode(b"ref\n\xc5\x81\xc3\xb3d\xc5\xba \xff").unwrap();
        assert!(decoded.contains("Łódź") && is_garbled(&decoded), "{decoded}");
    }
}
