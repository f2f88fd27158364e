//! Values: escapes, and values of several components.

/// Removes the escapes of a text. An escape that no version has is kept as it is written: vCard 2.1 does
/// not escape a backslash.
pub(super) fn unescaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut rest = value.chars();
    while let Some(c) = rest.next() {
        if c != '\\' {
            text.push(c);
            continue;
        }
        match rest.next() {
            Some('n' | 'N') => text.push('\n'),
            Some(c @ (';' | ',' | ':' | '\\')) => text.push(c),
            other => text.extend(['\\'].into_iter().chain(other)),
        }
    }
    text
}

/// Splits a value at each semicolon that is not escaped, as in `ORG` and `N`. The components are still
/// escaped.
pub(super) fn components(value: &str) -> Vec<&str> {
    let mut is_escaped = false;
    let parts = value.split(|c: char| {
        let is_end = c == ';' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        is_end
    });
    parts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_of_every_version_are_removed() {
        assert_eq!(unescaped(r"a\, b\; c\\d\ne\Nf\:g"), "a, b; c\\d\ne\nf:g");
        assert_eq!(unescaped(r"C:\users\Jo\"), r"C:\users\Jo\");
    }

    #[test]
    fn escaped_semicolon_ends_no_component() {
        assert_eq!(components(r"Council;Care\; east;"), ["Council", r"Care\; east", ""]);
        assert_eq!(components(r"a\\;b"), [r"a\\", "b"]);
        assert_eq!(components(""), [""]);
    }
}
