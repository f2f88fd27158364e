//! Ids for new records.

use promise_protocol::ids::is_record_id;

/// The most characters of an id that is made from a title.
const MAX_LENGTH: usize = 40;

/// Makes an id from a record's title, such as `bus-pass`, or from `fallback` if the title has no
/// Latin letters. Appends a number if the id is taken.
pub fn id_from_title(title: &str, fallback: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let mut id = String::new();
    for c in title.chars().map(|c| c.to_ascii_lowercase()) {
        if c.is_ascii_alphanumeric() && id.len() < MAX_LENGTH {
            id.push(c);
        } else if !id.is_empty() && !id.ends_with('-') && !matches!(c, '\'' | '’') {
            id.push('-');
        }
    }
    let id = id.trim_end_matches('-');
    let id = if is_record_id(id) { id } else { fallback };
    let numbered = (2_usize..).map(|number| format!("{id}-{number}"));
    let mut ids = std::iter::once(id.to_owned()).chain(numbered);
    ids.find(|id| !is_taken(id)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn title_becomes_an_id() {
        let id = |title: &str| id_from_title(title, "pledge", |_| false);
        assert_eq!(id("Free gym & pool!"), "free-gym-pool");
        assert_eq!(id("  You don’t pay "), "you-dont-pay");
        assert_eq!(id("نادي"), "pledge");
        assert_eq!(id(""), "pledge");
        assert!(is_record_id(&id(&"long word ".repeat(40))));
        let taken = ["gym", "gym-2"];
        assert_eq!(id_from_title("Gym", "pledge", |id| taken.contains(&id)), "gym-3");
    }
}
