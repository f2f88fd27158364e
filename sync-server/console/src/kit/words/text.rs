//! Cleans text that was typed or pasted, and shows text of any direction.

use askama::filters::{Escaper, Html};
use promise_protocol::text::{self, Direction};

pub(crate) use promise_protocol::text::{clean, clean_lines, plain};

/// Returns the direction of a language, by its tag, as the HTML attribute `dir` names it.
pub(crate) fn direction(language: &str) -> &'static str {
    Direction::of_language(language).as_html()
}

/// Returns a text as HTML, in which numbers and addresses keep their order in text of the other
/// direction. `direction` is the value of `dir` around it; `None` or `auto` if its first letter sets it.
pub(crate) fn isolated(text: &str, direction: Option<&str>) -> String {
    let direction = direction.and_then(|name| match name {
        "rtl" => Some(Direction::RightToLeft),
        "ltr" => Some(Direction::LeftToRight),
        _ => None,
    });
    let text = text::neutralise(text);
    let mut html = String::with_capacity(text.len());
    for run in text::runs(&text, direction) {
        let (start, end) = if run.is_isolated { ("<bdi dir=\"ltr\">", "</bdi>") } else { ("", "") };
        html.push_str(start);
        // Writing to a string cannot fail.
        let _ = Html.write_escaped_str(&mut html, run.text);
        html.push_str(end);
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_in_arabic_is_isolated_and_markup_is_escaped() {
        assert_eq!(
            isolated("<b>نور</b>، 020 7946 0101", None),
            "&#60;b&#62;نور&#60;/b&#62;، <bdi dir=\"ltr\">020 7946 0101</bdi>"
        );
        assert_eq!(isolated("020 7946 0101", Some("rtl")), "<bdi dir=\"ltr\">020 7946 0101</bdi>");
        assert_eq!(isolated("Ring 020 7946 0101", Some("ltr")), "Ring 020 7946 0101");
        assert_eq!(isolated("Jo\u{202e}oroko", None), "Jooroko");
    }
}
