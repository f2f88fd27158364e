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

/// Splits a value as it is written at each semicolon that is not escaped, as in `ORG` and `N`. The
/// components are still encoded and escaped: `=3B` of quoted-printable ends none either.
pub(super) fn components(value: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut is_escaped = false;
    value.split(move |byte| {
        let is_end = *byte == b';' && !is_escaped;
        is_escaped = *byte == b'\\' && !is_escaped;
        is_end
    })
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
        let split = |value: &str| -> Vec<String> {
            let parts = components(value.as_bytes());
            parts.map(|part| String::from_utf8(part.to_vec()).unwrap()).collect()
        };
        assert_eq!(split(r"Council;Care\; east;"), ["Council", r"Care\; east", ""]);
        assert_eq!(split(r"a\\;b"), [r"a\\", "b"]);
        assert_eq!(split(""), [""]);
    }
}
