//! Which roles of an involvement make a staff member the adviser of a young person.

use std::collections::BTreeSet;

use promise_protocol::text;

/// What councils call personal advisers, and Mosaic's code for them. A case system has its own list of
/// roles, so a council names its own if it has others.
const USUAL: [&str; 6] = [
    "personal adviser",
    "personal advisor",
    "leaving care personal adviser",
    "leaving care personal advisor",
    "pa",
    "rel.personaladvisor",
];

/// The roles that count. Other involvements of a young person, such as a social worker's or a reviewing
/// officer's, give no access.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountedRoles(BTreeSet<String>);

impl CountedRoles {
    /// These roles, in any spelling that looks the same. The usual ones if there are none.
    pub fn new(named: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        let named = named.into_iter().map(|role| text::key(role.as_ref()));
        let named: BTreeSet<String> = named.filter(|role| !role.is_empty()).collect();
        if named.is_empty() { Self::default() } else { Self(named) }
    }

    /// Returns `true` if a role counts.
    pub fn contains(&self, role: &str) -> bool {
        self.0.contains(&text::key(role))
    }
}

impl Default for CountedRoles {
    fn default() -> Self {
        Self(USUAL.map(str::to_owned).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_roles_replace_the_usual_ones() {
        let usual = CountedRoles::new([" ", ""]);
        assert!(usual.contains("Personal  ADVISER") && usual.contains("REL.PERSONALADVISOR"));
        assert!(!usual.contains("Social worker") && !usual.contains(""));
        let own = CountedRoles::new(["kapad"]);
        assert!(own.contains("KAPAD") && !own.contains("PA"));
    }
}
