//! Names that no two records of a file may share.

use std::collections::BTreeMap;

use promise_protocol::ids::is_record_id;

use super::fields::Fields;

/// A name for a new record from its title, such as `bus-pass`; `other` where the title has no
/// letters for one. One that is taken gets a number.
pub fn name_for(title: &str, other: &str, is_taken: impl Fn(&str) -> bool) -> String {
    const MOST: usize = 40;
    let mut name = String::new();
    for c in title.chars().map(|c| c.to_ascii_lowercase()) {
        if c.is_ascii_alphanumeric() && name.len() < MOST {
            name.push(c);
        } else if !name.is_empty() && !name.ends_with('-') && !matches!(c, '\'' | '’') {
            name.push('-');
        }
    }
    let name = name.trim_end_matches('-');
    let name = if is_record_id(name) { name } else { other };
    let numbered = (2_usize..).map(|number| format!("{name}-{number}"));
    let mut names = std::iter::once(name.to_owned()).chain(numbered);
    names.find(|name| !is_taken(name)).unwrap_or_default()
}

/// The names given so far, and on which line.
#[derive(Default)]
pub(super) struct Names(BTreeMap<String, usize>);

impl Names {
    /// The `id` of a table, which no other table may have.
    pub(super) fn next(&mut self, fields: &Fields<'_>) -> String {
        let Some(id) = fields.id("id") else { return String::new() };
        let line = fields.line_of("id");
        if let Some(first) = self.0.get(&id) {
            fields
                .problem_of("id", format!("id \"{id}\" is used twice; it is in line {first} too"));
        }
        self.0.entry(id.clone()).or_insert(line);
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_names_its_record() {
        let name = |title: &str| name_for(title, "pledge", |_| false);
        assert_eq!(name("Free gym & pool!"), "free-gym-pool");
        assert_eq!(name("  You don’t pay "), "you-dont-pay");
        assert_eq!(name("نادي"), "pledge");
        assert_eq!(name(""), "pledge");
        assert!(is_record_id(&name(&"long word ".repeat(40))));
        let taken = ["gym", "gym-2"];
        assert_eq!(name_for("Gym", "pledge", |name| taken.contains(&name)), "gym-3");
    }
}
