//! Characters that cannot be seen.
//!
//! Writers of Arabic, Persian or Hebrew need some of them: isolates (U+2066 to U+2069) and marks
//! (U+200E, U+200F, U+061C) set the direction of a part of a text, and joiners and no-break spaces
//! shape words. Others only do harm: an override (U+202D, U+202E), or an isolate or embedding
//! without an end, also reverses the text around it, such as the digits of a telephone number
//! (Unicode Technical Report #36, section 3.3).

use std::borrow::Cow;

use serde_json::Value;

/// Removes overrides and embeddings (U+202A to U+202E), isolates without an end, and ends without an
/// isolate. A paragraph ends every isolate in it (UAX #9, rule P1).
pub fn neutralise(text: &str) -> Cow<'_, str> {
    let removed = harmful(text);
    if removed.is_empty() {
        return Cow::Borrowed(text);
    }
    let kept = text.char_indices().filter(|(at, _)| removed.binary_search(at).is_err());
    Cow::Owned(kept.map(|(_, c)| c).collect())
}

/// Neutralises every text in a value.
pub fn neutralise_value(value: &mut Value) {
    match value {
        Value::String(text) => {
            if let Cow::Owned(neutral) = neutralise(text) {
                *text = neutral;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(neutralise_value),
        Value::Object(fields) => fields.values_mut().for_each(neutralise_value),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The positions of the characters that [`neutralise`] removes, in order.
fn harmful(text: &str) -> Vec<usize> {
    let (mut removed, mut open) = (Vec::new(), Vec::new());
    for (at, c) in text.char_indices() {
        match c {
            '\u{202a}'..='\u{202e}' => removed.push(at),
            '\u{2066}'..='\u{2068}' => open.push(at),
            '\u{2069}' if open.pop().is_none() => removed.push(at),
            '\n' | '\r' | '\u{85}' | '\u{2029}' => removed.append(&mut open),
            _ => {}
        }
    }
    removed.append(&mut open);
    removed.sort_unstable();
    removed
}

/// Cleans one line that was typed or pasted: removes control characters and what [`neutralise`]
/// removes, turns tabs into spaces, and trims. Returns an empty text if nothing visible is left.
pub fn clean(typed: &str) -> String {
    let kept = typed.chars().filter_map(|c| match c {
        '\t' => Some(' '),
        c if c.is_control() => None,
        // The byte order mark, invisible operators, and deprecated format characters.
        '\u{feff}' | '\u{2061}'..='\u{2064}' | '\u{206a}'..='\u{206f}' => None,
        c => Some(c),
    });
    let kept: String = kept.collect();
    let text = neutralise(&kept);
    if text.chars().all(|c| c.is_whitespace() || is_invisible(c) || is_joiner(c)) {
        return String::new();
    }
    text.trim().to_owned()
}

/// Cleans each line of a text of several lines.
pub fn clean_lines(typed: &str) -> String {
    let lines = typed.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<String> = lines.lines().map(clean).collect();
    lines.join("\n").trim().to_owned()
}

/// Cleans a value that is not prose, such as an address, a date or a code: also removes every
/// invisible character, which comes with text that was copied from a page, and turns no-break
/// spaces into spaces.
pub fn plain(typed: &str) -> String {
    let is_kept = |c: &char| !is_invisible(*c) && !is_joiner(*c) && (!c.is_control() || *c == '\t');
    let kept = typed.chars().filter(is_kept);
    let kept: String = kept.map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    kept.trim().to_owned()
}

/// Returns `true` for format characters without a width, without [joiners](is_joiner).
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Returns `true` for ZERO WIDTH NON-JOINER and ZERO WIDTH JOINER, which change the shape of the letters
/// beside them: Persian and Kurdish words contain them.
pub fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overrides_and_open_isolates_are_removed() {
        for (text, kept) in [
            ("Jo\u{202e}oroko", "Jooroko"),
            ("\u{202a}07700\u{202c} \u{202b}\u{202d}1", "07700 1"),
            ("a\u{2066}b", "ab"),
            ("a\u{2067}b\nc\u{2069}d", "ab\ncd"),
            ("a\u{2069}b", "ab"),
            ("\u{2067}a\u{2066}b\u{2069}", "a\u{2066}b\u{2069}"),
        ] {
            assert_eq!(neutralise(text), kept, "{text:?}");
        }
    }

    #[test]
    fn what_a_translator_needs_is_kept() {
        for text in [
            "اتصل على \u{2066}020 7946 0101\u{2069}",
            "\u{2068}نور\u{2069} \u{2067}x\u{2066}y\u{2069}\u{2069}",
            "نور\u{200e} \u{200f}x\u{61c}",
            "020\u{a0}7946\u{202f}0101",
            "می\u{200c}خواهم",
            "ខ្មែរ\u{200b}ភាសា",
        ] {
            assert!(matches!(neutralise(text), Cow::Borrowed(_)), "{text:?}");
            assert_eq!(clean(text), text);
            assert_eq!(clean_lines(text), text);
        }
    }

    #[test]
    fn clean_removes_what_does_harm_and_trims() {
        assert_eq!(clean(" Jo\u{202e}oroko\u{0}\u{7f}\u{feff} "), "Jooroko");
        assert_eq!(clean("<b>Jo</b> =1+1 O'Brien & Co"), "<b>Jo</b> =1+1 O'Brien & Co");
        assert_eq!(clean("a\tb"), "a b");
        assert_eq!(clean("\u{200e}\u{2066} \u{2069}\u{a0}"), "", "nothing to see");
        assert_eq!(clean_lines("a\r\nb\u{2067}\rc\n\n"), "a\nb\nc");
    }

    #[test]
    fn every_text_in_a_value_is_neutralised() {
        let mut value = serde_json::json!({"a": ["x\u{202e}", {"b": "\u{2067}y"}], "c": 1});
        neutralise_value(&mut value);
        assert_eq!(value, serde_json::json!({"a": ["x", {"b": "y"}], "c": 1}));
    }

    #[test]
    fn plain_value_has_no_invisible_character() {
        assert_eq!(plain("\u{2066}jo@example.org\u{2069}\u{200f}"), "jo@example.org");
        assert_eq!(plain("3\u{a0}May\u{202f}2026\t"), "3 May 2026");
    }
}
