//! Cells that a spreadsheet program would run as a formula.
//!
//! A formula in an exported table can send the other cells to a stranger or start a program when a
//! colleague opens the file. Full-width signs count too: programs set to Japanese or Chinese take
//! `＝` for `=`.

/// Returns `true` if a spreadsheet program would take the text for a formula, or might after it
/// strips the white space in front.
pub fn is_formula(text: &str) -> bool {
    text.trim_start_matches(' ').starts_with(|first| {
        matches!(first, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '\t' | '\r' | '\n')
    })
}

/// Escapes a formula with an apostrophe in front, which a spreadsheet program does not display.
/// Other text is unchanged.
pub fn escape(text: &str) -> String {
    if is_escapable(text) { format!("'{text}") } else { text.to_owned() }
}

/// The text of a cell that [`escape`] changed, or `None` if the cell is not escaped.
pub fn unescape(cell: &str) -> Option<&str> {
    cell.strip_prefix('\'').filter(|rest| is_escapable(rest))
}

/// Text that already begins with apostrophes is escaped as well, so that reading the cell gives the
/// same text.
fn is_escapable(text: &str) -> bool {
    is_formula(text.trim_start_matches('\''))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formula_in_every_form_is_recognised() {
        for text in [
            "=1+1", "+1", "-2+3", "@SUM(1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1", "＋1", "－1",
            "＠A1",
        ] {
            assert!(is_formula(text), "{text:?}");
        }
        for text in ["", "7=7", "two\nlines", "Jo", "'=1"] {
            assert!(!is_formula(text), "{text:?}");
        }
    }

    #[test]
    fn escaped_text_reads_back_unchanged() {
        for text in ["=1", "'=1", "''=1", "＝1"] {
            let cell = escape(text);
            assert_eq!(cell, format!("'{text}"));
            assert_eq!(unescape(&cell), Some(text));
        }
        for text in ["", "'", "Jo's", "'Jo"] {
            assert_eq!(escape(text), text);
            assert_eq!(unescape(text), None);
        }
    }
}
