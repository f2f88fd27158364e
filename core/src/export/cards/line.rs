//! The lines of a card: escaping what is said, and folding what is long.

/// The most octets of a line, without its end (RFC 6350, section 3.2; RFC 2426, section 2.6).
const LONGEST: usize = 75;

/// A text as a value (RFC 6350, section 3.4). Line ends become `\n`; control characters, which no
/// value may have, are left out.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ',' | ';' => escaped.extend(['\\', c]),
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => escaped.push_str("\\n"),
            c if c.is_control() && c != '\t' => {}
            c => escaped.push(c),
        }
    }
    escaped
}

/// A line with its end, on as many lines as it needs. A character is never cut.
pub(super) fn folded(line: &str) -> String {
    let mut folded = String::with_capacity(line.len() + 8);
    let mut octets = 0;
    for c in line.chars() {
        if octets + c.len_utf8() > LONGEST {
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
    fn what_means_something_in_a_card_is_escaped() {
        assert_eq!(escaped(r"a\b; c, d:e"), r"a\\b\; c\, d:e");
        assert_eq!(escaped("one\r\ntwo\rthree\nfour"), r"one\ntwo\nthree\nfour");
        assert_eq!(escaped("\u{0}\u{7}\u{85}a\tb\u{2028}c"), "a\tb\\nc");
    }

    #[test]
    fn a_long_line_is_folded_at_75_octets() {
        let exactly = "x".repeat(75);
        assert_eq!(folded(&exactly), format!("{exactly}\r\n"));
        assert_eq!(folded(&format!("{exactly}y")), format!("{exactly}\r\n y\r\n"));
        // 37 letters of two octets are 74: the 38th would be cut.
        let e = |number| "é".repeat(number);
        assert_eq!(folded(&e(38)), format!("{}\r\n é\r\n", e(37)));
        assert_eq!(folded(""), "\r\n");
    }
}
