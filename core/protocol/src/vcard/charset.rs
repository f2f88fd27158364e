//! The letters of a value: UTF-8, or one of the encodings that older phones used for western Europe.

/// Decodes a value in the charset that its line names. Returns it with `false` if the letters may be
/// wrong: bytes that are not of that charset, or a charset that we do not have. Those that are not UTF-8
/// are then read as Windows-1252, which most such files are.
pub(super) fn decode(bytes: Vec<u8>, named: Option<&str>) -> (String, bool) {
    if bytes.is_ascii() || named.is_none_or(is_utf_8) {
        return match String::from_utf8(bytes) {
            Ok(text) => (text, true),
            Err(error) => (windows_1252(error.as_bytes()), false),
        };
    }
    if named.is_some_and(is_western) {
        return (windows_1252(&bytes), true);
    }
    match String::from_utf8(bytes) {
        Ok(text) => (text, false),
        Err(error) => (windows_1252(error.as_bytes()), false),
    }
}

fn is_utf_8(charset: &str) -> bool {
    is_one_of(charset, &["UTF-8", "UTF8", "US-ASCII", "ASCII"])
}

/// Windows-1252 has what ISO 8859-1 has, and letters in place of control characters.
fn is_western(charset: &str) -> bool {
    is_one_of(charset, &["WINDOWS-1252", "CP1252", "ISO-8859-1", "ISO8859-1", "LATIN1", "LATIN-1"])
}

fn is_one_of(charset: &str, names: &[&str]) -> bool {
    names.iter().any(|name| charset.eq_ignore_ascii_case(name))
}

fn windows_1252(bytes: &[u8]) -> String {
    let letter = |byte: &u8| match byte {
        0x80..=0x9f => BETWEEN.get(usize::from(byte - 0x80)).copied(),
        byte => Some(char::from(*byte)),
    };
    bytes.iter().map(|byte| letter(byte).unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// The characters 0x80 to 0x9F of Windows-1252 (WHATWG Encoding Standard).
const BETWEEN: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_decoded_and_guesses_are_uncertain() {
        let utf_8 = "Zoë".as_bytes();
        for (bytes, named, text, is_certain) in [
            (utf_8, None, "Zoë", true),
            (utf_8, Some("utf-8"), "Zoë", true),
            (b"Zo\xeb".as_slice(), None, "Zoë", false),
            (b"Zo\xeb".as_slice(), Some("UTF-8"), "Zoë", false),
            (b"Zo\xeb \x93x\x94".as_slice(), Some("windows-1252"), "Zoë “x”", true),
            (b"Zo\xeb".as_slice(), Some("ISO-8859-1"), "Zoë", true),
            (b"Zoe".as_slice(), Some("SHIFT_JIS"), "Zoe", true),
            (utf_8, Some("SHIFT_JIS"), "Zoë", false),
            (b"\x83\x5c".as_slice(), Some("SHIFT_JIS"), "ƒ\\", false),
        ] {
            let decoded = decode(bytes.to_vec(), named);
            assert_eq!(decoded, (text.to_owned(), is_certain), "{bytes:?} {named:?}");
        }
    }
}
