//! How long texts may be: the same in folders, spreadsheets and forms.

/// The most characters that a field holds. A phone shows all of it, so what nobody would read there
/// is not published.
pub fn longest(field: &str) -> usize {
    match field {
        "title" => 200,
        "summary" | "how_to_apply" | "how_to_get" | "intro" => 2000,
        "text" | "easy_read" => 4000,
        "body" => 20_000,
        _ => 500,
    }
}
