//! Isolating what reads from left to right.

use std::borrow::Cow;

use super::{
    Direction,
    direction::{is_digit, is_right_to_left},
    neutralise,
};

/// LEFT-TO-RIGHT ISOLATE, FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE.
const ISOLATE: char = '\u{2066}';
const FIRST_STRONG_ISOLATE: char = '\u{2068}';
const END: char = '\u{2069}';

/// A part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run<'a> {
    /// The part.
    pub text: &'a str,
    /// `true` if it reads from left to right whatever surrounds it, and must be isolated.
    pub is_isolated: bool,
}

/// Returns the text with its numbers, e-mail addresses, web addresses, dates and amounts isolated by
/// characters (U+2066, U+2069), for text that is shown without markup. Text that reads from left to
/// right throughout is returned as it is, and so are parts that the writer isolated.
///
/// `direction` is that of the line around the text; `None` if the text's own first letter sets it.
pub fn isolate(text: &str, direction: Option<Direction>) -> String {
    let text = neutralise(text);
    let mut isolated = String::with_capacity(text.len());
    for run in runs(&text, direction) {
        if run.is_isolated {
            isolated.push(ISOLATE);
            isolated.push_str(run.text);
            isolated.push(END);
        } else {
            isolated.push_str(run.text);
        }
    }
    isolated
}

/// Returns a name, or another text of one line, for the middle of a sentence in any language: isolated by
/// characters (U+2068, U+2069) if part of it runs from right to left, so that it does not move the
/// words and numbers around it.
pub fn isolate_whole(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_right_to_left) && !text.contains('\n') {
        Cow::Owned(format!("{FIRST_STRONG_ISOLATE}{}{END}", neutralise(text)))
    } else {
        neutralise(text)
    }
}

/// Splits a text into what must be isolated and the rest, for text that is shown with markup: each
/// isolated run belongs in `<bdi dir="ltr">`. The runs together are the text.
pub fn runs(text: &str, direction: Option<Direction>) -> Vec<Run<'_>> {
    let is_mixed = direction == Some(Direction::RightToLeft) || text.chars().any(is_right_to_left);
    if !is_mixed {
        return vec![Run { text, is_isolated: false }];
    }
    let (mut runs, mut end) = (Vec::new(), 0);
    for (from, to) in spans(text) {
        runs.extend(run(text, end, from, false));
        runs.extend(run(text, from, to, true));
        end = to;
    }
    runs.extend(run(text, end, text.len(), false));
    runs
}

fn run(text: &str, from: usize, to: usize, is_isolated: bool) -> Option<Run<'_>> {
    let text = text.get(from..to).filter(|text| !text.is_empty())?;
    Some(Run { text, is_isolated })
}

/// The positions of what must be isolated: stretches of words and numbers without a letter that runs
/// from right to left, if they contain a digit or an address.
fn spans(text: &str) -> Vec<(usize, usize)> {
    let mut spans = Vec::new();
    let (mut from, mut depth) = (0, 0_usize);
    let mut close = |from: usize, to: usize| {
        spans.extend(text.get(from..to).and_then(|stretch| span(stretch, from)));
    };
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let next = at + c.len_utf8();
        let ends_sentence =
            c.is_whitespace() && matches!(before, '.' | ',' | ';' | ':' | '!' | '?');
        match c {
            '\u{2066}'..='\u{2068}' => {
                if depth == 0 {
                    close(from, at);
                }
                depth += 1;
            }
            END => {
                if depth == 0 {
                    close(from, at);
                }
                depth = depth.saturating_sub(1);
                from = next;
            }
            _ if depth > 0 => {}
            c if is_right_to_left(c) || is_break(c) || ends_sentence => {
                close(from, at);
                from = next;
            }
            _ => {}
        }
        before = c;
    }
    if depth == 0 {
        close(from, text.len());
    }
    spans
}

/// The part of a stretch from its first letter or digit to its last, with the signs that belong to
/// them. `offset` is the position of the stretch.
fn span(stretch: &str, offset: usize) -> Option<(usize, usize)> {
    let is_leading = |c: char| is_word(c) || matches!(c, '+' | '#' | '-' | '\u{2212}' | '(' | '~');
    let is_trailing = |c: char| is_word(c) || matches!(c, '%' | '+' | '/' | ')' | '°');
    let trimmed = stretch.trim_end_matches(|c| !is_trailing(c));
    let mut kept = trimmed.trim_start_matches(|c| !is_leading(c));
    // A bracket around the whole stretch belongs to the text around it.
    while let Some(rest) = kept.strip_prefix('(').filter(|rest| !closes_first(rest)) {
        kept = rest.trim_start_matches(|c| !is_leading(c));
    }
    let from = offset + trimmed.len() - kept.len();
    while let Some(rest) = kept.strip_suffix(')').filter(|rest| !rest.contains('(')) {
        kept = rest.trim_end_matches(|c| !is_trailing(c));
    }
    let is_address = kept.contains('@') || kept.contains("://") || kept.starts_with("www.");
    (is_address || kept.contains(is_digit)).then(|| (from, from + kept.len()))
}

/// Returns `true` if the text after an opening bracket closes it before its end.
fn closes_first(rest: &str) -> bool {
    rest.trim_end_matches(')').contains(')')
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '£' | '€' | '$' | '¥' | '₺' | '₪' | '﷼')
}

/// Returns `true` for what no number and no address contains. A dash between spaces may be part of a
/// telephone number.
fn is_break(c: char) -> bool {
    matches!(
        c,
        '\n' | '\r' | '\u{2028}' | '\u{2029}' | '•' | '·' | '"' | '«' | '»' | '“' | '”' | '|'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The isolated runs of a text.
    fn isolated(text: &str, direction: Option<Direction>) -> Vec<&str> {
        let runs = runs(text, direction);
        assert_eq!(runs.iter().map(|run| run.text).collect::<String>(), text);
        runs.into_iter().filter(|run| run.is_isolated).map(|run| run.text).collect()
    }

    #[test]
    fn numbers_and_addresses_in_text_of_other_direction_are_isolated() {
        let cases: &[(&str, &[&str])] = &[
            ("اتصل على 020 7946 0101 الآن.", &["020 7946 0101"]),
            (
                "اتصل على (020) 7946 0101، أو +44 20 7946 0101!",
                &["(020) 7946 0101", "+44 20 7946 0101"],
            ),
            ("الرقم (020 7946 0101) مجاني", &["020 7946 0101"]),
            ("اكتب إلى jo.o'n+x@example.org.", &["jo.o'n+x@example.org"]),
            (
                "انظر https://example.org/a?b=1#c/ ثم www.example.org/",
                &["https://example.org/a?b=1#c/", "www.example.org/"],
            ),
            (
                "حتى 2026-12-31 أو 31/12/2026 أو 3 May 2026",
                &["2026-12-31", "31/12/2026", "3 May 2026"],
            ),
            ("ندفع £1,200.50 أو 80% أو 300 GBP", &["£1,200.50", "80%", "300 GBP"]),
            ("من 09:00 – 17:30", &["09:00 – 17:30"]),
            ("رقم ٠٢٠ ٧٩٤٦ ٠١٠١", &["٠٢٠ ٧٩٤٦ ٠١٠١"]),
            ("شماره ۰۲۰ ۷۹۴۶ ۰۱۰۱", &["۰۲۰ ۷۹۴۶ ۰۱۰۱"]),
            ("טלפון 020-7946-0101, שלום", &["020-7946-0101"]),
            ("020\u{a0}7946\u{a0}0101 نور", &["020\u{a0}7946\u{a0}0101"]),
            ("16. 020 7946 0101 نور", &["16", "020 7946 0101"]),
            ("نور\n020 7946 0101\n999", &["020 7946 0101", "999"]),
            ("Pocket Promise نور", &[]),
            // The writer isolated it.
            ("اتصل \u{2066}020 7946 0101\u{2069} أو 999", &["999"]),
            ("", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(isolated(text, None), *expected, "{text}");
            assert_eq!(isolated(text, Some(Direction::RightToLeft)), *expected, "{text}");
        }
    }

    #[test]
    fn number_alone_is_isolated_where_the_line_runs_from_right_to_left() {
        assert_eq!(isolated("020 7946 0101", Some(Direction::RightToLeft)), ["020 7946 0101"]);
        assert!(isolated("020 7946 0101", None).is_empty());
        assert!(isolated("Ring 020 7946 0101", Some(Direction::LeftToRight)).is_empty());
    }

    #[test]
    fn number_after_foreign_name_in_english_is_isolated() {
        assert_eq!(isolated("Ring نور 020 7946 0101", None), ["020 7946 0101"]);
    }

    #[test]
    fn name_that_runs_from_right_to_left_is_isolated_in_a_sentence() {
        assert_eq!(isolate_whole("نور"), "\u{2068}نور\u{2069}");
        assert_eq!(isolate_whole("Jo نور\u{202e}"), "\u{2068}Jo نور\u{2069}");
        assert_eq!(isolate_whole("Jo\u{202e} Okoro"), "Jo Okoro");
        let sentence = format!("{} 1 May", isolate_whole("نور"));
        assert_eq!(isolated(&sentence, None), ["1 May"]);
    }

    #[test]
    fn isolate_marks_runs_and_neutralises() {
        assert_eq!(
            isolate("على 020 7946 0101\u{202e}.", None),
            "على \u{2066}020 7946 0101\u{2069}."
        );
        let once = isolate("على 020 7946 0101.", None);
        assert_eq!(isolate(&once, None), once, "a second time changes nothing");
        assert_eq!(isolate("Ring 020 7946 0101", None), "Ring 020 7946 0101");
    }
}
