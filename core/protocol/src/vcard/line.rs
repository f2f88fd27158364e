//! Joins the lines of a file that belong together.
//!
//! A long line is folded: the next one begins with a space or a tab (RFC 6350, section 3.2). In vCard 2.1
//! a value in quoted-printable goes on after a line that ends with `=`.

/// A property as it is written, on one line. The soft line breaks of quoted-printable are removed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) bytes: Vec<u8>,
    /// `false` if the line announces another one which does not come.
    pub(super) is_complete: bool,
}

/// Joins the lines of a card. Empty lines are left out.
pub(super) fn join(lines: &[&[u8]]) -> impl Iterator<Item = Line> {
    let keeps_space = lines.iter().any(|line| is_version_2_1(line));
    let mut lines = lines.iter().copied().peekable();
    let joined = std::iter::from_fn(move || {
        let first = lines.next()?;
        let mut line = Open::new(first);
        loop {
            let next = lines.peek().copied();
            if line.is_broken_softly() {
                line.remove_soft_break();
                let Some(next) = next.filter(|next| !begins_property(next)) else {
                    line.is_complete = false;
                    break;
                };
                line.add(next);
            } else if let Some(folded) = next.and_then(|next| without_fold(next, keeps_space)) {
                line.add(folded);
            } else {
                break;
            }
            lines.next();
        }
        Some(Line { bytes: line.bytes, is_complete: line.is_complete })
    });
    joined.filter(|line| !line.bytes.trim_ascii().is_empty())
}

/// A line that may go on.
struct Open {
    bytes: Vec<u8>,
    is_complete: bool,
    /// Whether the value is in quoted-printable. `None` until its beginning was read.
    is_quoted_printable: Option<bool>,
    /// Whether the part that was added last ends with `=`. Spaces after that mean nothing.
    ends_with_equals: bool,
}

impl Open {
    fn new(first: &[u8]) -> Self {
        let mut line = Self {
            bytes: Vec::new(),
            is_complete: true,
            is_quoted_printable: None,
            ends_with_equals: false,
        };
        line.add(first);
        line
    }

    fn add(&mut self, part: &[u8]) {
        self.bytes.extend_from_slice(part);
        self.ends_with_equals = part.trim_ascii_end().ends_with(b"=");
        if self.is_quoted_printable.is_none() && part.contains(&b':') {
            let head = self.bytes.split(|byte| *byte == b':').next().unwrap_or_default();
            let parameters = head.split(|byte| matches!(byte, b';' | b'='));
            let is_named = |it: &[u8]| it.trim_ascii().eq_ignore_ascii_case(b"QUOTED-PRINTABLE");
            self.is_quoted_printable = Some(parameters.skip(1).any(is_named));
        }
    }

    fn is_broken_softly(&self) -> bool {
        self.is_quoted_printable == Some(true) && self.ends_with_equals
    }

    fn remove_soft_break(&mut self) {
        let length = self.bytes.trim_ascii_end().len();
        self.bytes.truncate(length.saturating_sub(1));
    }
}

/// What a folded line adds. `None` if the line is not folded. Version 2.1 folds only where a space is,
/// which belongs to the text.
fn without_fold(line: &[u8], keeps_space: bool) -> Option<&[u8]> {
    match line {
        [b' ' | b'\t', ..] if keeps_space => Some(line),
        [b' ' | b'\t', rest @ ..] => Some(rest),
        _ => None,
    }
}

fn is_version_2_1(line: &[u8]) -> bool {
    line.trim_ascii_end().eq_ignore_ascii_case(b"VERSION:2.1")
}

/// The properties by which a line after a broken soft line break is recognised as one of its own.
const PROPERTIES: [&[u8]; 16] = [
    b"ADR",
    b"BDAY",
    b"EMAIL",
    b"FN",
    b"N",
    b"NICKNAME",
    b"NOTE",
    b"ORG",
    b"PHOTO",
    b"REV",
    b"ROLE",
    b"TEL",
    b"TITLE",
    b"UID",
    b"URL",
    b"VERSION",
];

fn begins_property(line: &[u8]) -> bool {
    let Some(end) = line.iter().position(|byte| matches!(byte, b':' | b';')) else { return false };
    let name = line.get(..end).and_then(|head| head.rsplit(|byte| *byte == b'.').next());
    name.is_some_and(|name| PROPERTIES.iter().any(|known| name.eq_ignore_ascii_case(known)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(lines: &[&str]) -> Vec<(String, bool)> {
        let lines: Vec<&[u8]> = lines.iter().map(|line| line.as_bytes()).collect();
        let text = |line: Line| (String::from_utf8(line.bytes).unwrap(), line.is_complete);
        join(&lines).map(text).collect()
    }

    fn whole(lines: &[&str]) -> Vec<String> {
        joined(lines)
            .into_iter()
            .map(|(line, is_complete)| {
                assert!(is_complete, "{line}");
                line
            })
            .collect()
    }

    #[test]
    fn folded_line_loses_its_fold_and_keeps_the_space_in_2_1() {
        let lines = ["NOTE:one", "  two", "\tthree", "", "FN:Jo"];
        assert_eq!(whole(&lines), ["NOTE:one twothree", "FN:Jo"]);
        let old = ["VERSION:2.1", "NOTE:one", " two"];
        assert_eq!(whole(&old), ["VERSION:2.1", "NOTE:one two"]);
    }

    #[test]
    fn soft_line_break_joins_lines_as_they_are() {
        let lines = [
            "NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=",
            "=A9t=C3=A9 = ",
            " and more",
            "FN:Jo=",
        ];
        let note = "NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=A9t=C3=A9  and more";
        assert_eq!(whole(&lines), [note, "FN:Jo="]);
        // The bare parameter of older programs, and one that is folded itself.
        assert_eq!(whole(&["N;QUOTED-PRINTABLE:a=", "b"]), ["N;QUOTED-PRINTABLE:ab"]);
        let folded = ["N;", " quoted-printable:a=", "b"];
        assert_eq!(whole(&folded), ["N;quoted-printable:ab"]);
    }

    #[test]
    fn broken_soft_line_break_takes_no_other_property_along() {
        let lines = ["FN;ENCODING=QUOTED-PRINTABLE:J=C3=", "item1.TEL;CELL:07700 900123"];
        let expected = [
            ("FN;ENCODING=QUOTED-PRINTABLE:J=C3".to_owned(), false),
            ("item1.TEL;CELL:07700 900123".to_owned(), true),
        ];
        assert_eq!(joined(&lines), expected);
        assert_eq!(
            joined(&["N;QUOTED-PRINTABLE:a="]),
            [("N;QUOTED-PRINTABLE:a".to_owned(), false)]
        );
    }
}
