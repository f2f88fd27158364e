//! Cleans text that was typed or pasted, and the direction of a language.

/// Removes control characters and marks that change the direction of text, and trims. Such marks
/// come with pasted text and can make a number read as another one.
pub(crate) fn clean(typed: &str) -> String {
    let kept = typed.chars().filter_map(|c| match c {
        '\t' | '\u{a0}' => Some(' '),
        c if is_invisible(c) => None,
        c => Some(c),
    });
    kept.collect::<String>().trim().to_owned()
}

/// Cleans each line of a text of several lines.
pub(crate) fn clean_lines(typed: &str) -> String {
    let lines = typed.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<String> = lines.lines().map(clean).collect();
    lines.join("\n").trim().to_owned()
}

/// Returns the direction of a language, by its tag, as the HTML attribute `dir` names it.
pub(crate) fn direction(language: &str) -> &'static str {
    const RIGHT_TO_LEFT: [&str; 11] =
        ["ar", "ckb", "dv", "fa", "he", "prs", "ps", "sd", "ug", "ur", "yi"];
    let mut parts = language.split('-');
    let is_right_to_left = parts.next().is_some_and(|first| RIGHT_TO_LEFT.contains(&first))
        && !parts.any(|part| part == "latn");
    if is_right_to_left { "rtl" } else { "ltr" }
}

fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn direction_follows_language_and_script() {
        for (language, expected) in
            [("ar", "rtl"), ("ckb", "rtl"), ("ar-sy", "rtl"), ("ti", "ltr"), ("ku-latn", "ltr")]
        {
            assert_eq!(direction(language), expected, "{language}");
        }
    }

    #[test]
    fn clean_removes_invisible_characters_only() {
        assert_eq!(clean(" Jo\u{202e}oroko\u{0}\u{7f} "), "Jooroko");
        assert_eq!(clean("<b>Jo</b> =1+1 O'Brien & Co"), "<b>Jo</b> =1+1 O'Brien & Co");
        assert_eq!(clean("نور"), "نور");
        assert_eq!(clean_lines("a\r\nb\rc\n\n"), "a\nb\nc");
    }
}
