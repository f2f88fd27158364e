//! E-mail addresses.

use email_address::{EmailAddress, Options};

/// The longest address that mail servers accept (RFC 5321).
const MAX_CHARS: usize = 254;

/// Returns `true` if the text is an e-mail address that a phone can open as a link.
///
/// The form is RFC 5321's, without what no council's address has and what breaks in links: quoted
/// names, comments, IP addresses, a name in front and hosts without a full stop.
pub fn is_valid(text: &str) -> bool {
    let options =
        Options::default().without_display_text().without_domain_literal().with_required_tld();
    text.len() <= MAX_CHARS
        && !text.contains('"')
        && EmailAddress::parse_with_options(text, options).is_ok()
}

#[cfg(test)]
mod tests {
    use super::is_valid;

    #[test]
    fn usual_addresses_are_valid() {
        for typed in ["a.b+c@example.org", "jo.o'neill@team.council.example", "jö@exämple.org"] {
            assert!(is_valid(typed), "{typed}");
        }
    }

    #[test]
    fn incomplete_or_unusual_addresses_are_refused() {
        let long = format!("{}@example.org", "a".repeat(250));
        for typed in [
            "",
            "a",
            "a@b",
            "@example.org",
            "a@.org",
            "a@example.",
            "a@b@example.org",
            "a b@example.org",
            "a@exam ple.org",
            "A <a@b.org>",
            "\"a b\"@example.org",
            "a@[192.0.2.1]",
            "a@example.org,b@example.org",
            "a@example.org\n",
            &long,
        ] {
            assert!(!is_valid(typed), "{typed}");
        }
    }
}
