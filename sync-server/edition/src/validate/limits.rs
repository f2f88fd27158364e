//! The lengths of texts, the same in folders, sheets and forms.

use crate::issue::IssueKind;

/// The most characters that a field holds. A phone shows a text in full, so it must be short enough
/// to be read there.
fn max_length(field: &str) -> usize {
    match field {
        "title" => 200,
        "summary" | "how_to_apply" | "how_to_get" | "intro" => 2000,
        "text" | "easy_read" => 4000,
        "body" => 20_000,
        _ => 500,
    }
}

/// Checks the length of a field's text.
pub fn check_length(field: &str, text: &str) -> Result<(), IssueKind> {
    let limit = max_length(field);
    if text.chars().count() > limit { Err(IssueKind::TooLong { limit }) } else { Ok(()) }
}
