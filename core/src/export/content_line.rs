//! The lines of cards and calendars: escaping values and folding long lines.

/// The maximum length of a line in octets, without its line break (RFC 6350, section 3.2; RFC 2426,
/// section 2.6; RFC 5545, section 3.1).
const MAX_LINE_OCTETS: usize = 75;

/// Escapes a text as a value (RFC 6350, section 3.4). Line breaks become `\n`.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in plain(text).chars() {
        match c {
            '\\' | ',' | ';' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// Makes every line break a plain one, and leaves out other control characters, which no value may have.
pub(super) fn plain(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

/// Folds a line, and ends it with a line break. A character is never split.
pub(super) fn folded(line: &str) -> String {
    let mut folded = String::with_capacity(line.len() + 8);
    let mut octets = 0;
    for c in line.chars() {
        if octets + c.len_utf8() > MAX_LINE_OCTETS {
            folded.push_str("\r\n ");
            octets = 1;
        }
        folded.push(c);
        octets += c.len_utf8();
    }
    folded.push_str("\r\n");
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_characters_are_escaped() {
        assert_eq!(escaped(r"a\b; c, d:e"), r"a\\b\; c\, d:e");
        assert_eq!(escaped("one\r\ntwo\rthree\nfour"), r"one\ntwo\nthree\nfour");
        assert_eq!(escaped("\u{0}\u{7}\u{85}a\tb\u{2028}c"), "a\tb\\nc");
    }

    #[test]
    fn long_line_is_folded_at_75_octets() {
        let exactly = "x".repeat(75);
        assert_eq!(folded(&exactly), format!("{exactly}\r\n"));
        assert_eq!(folded(&format!("{exactly}y")), format!("{exactly}\r\n y\r\n"));
        // 37 letters of two octets are 74: the 38th would be split.
        let e = |number| "é".repeat(number);
        assert_eq!(folded(&e(38)), format!("{}\r\n é\r\n", e(37)));
        assert_eq!(folded(""), "\r\n");
    }
}
