//! Language tags (BCP 47, RFC 5646): `en`, `ckb`, `ar-sy`.
//!
//! A tag is checked for its form: a language of two or three letters, then subtags of one to eight
//! letters and digits, joined by hyphens. Whether the language is registered is not checked, because
//! the registry grows and a phone may be years old.

/// The longest tag that a program must be able to hold (RFC 5646, section 4.4.1).
const MAX_CHARS: usize = 35;

/// Returns the tag in lower case, or `None` if the text is not a language tag.
pub fn parse(typed: &str) -> Option<String> {
    is_valid(typed).then(|| typed.to_ascii_lowercase())
}

/// Returns `true` if the text has the form of a language tag, in upper or lower case.
pub fn is_valid(text: &str) -> bool {
    let mut subtags = text.split('-');
    let is_language = |subtag: &str| {
        (2..=3).contains(&subtag.len()) && subtag.bytes().all(|b| b.is_ascii_alphabetic())
    };
    let is_subtag = |subtag: &str| {
        (1..=8).contains(&subtag.len()) && subtag.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    text.len() <= MAX_CHARS && subtags.next().is_some_and(is_language) && subtags.all(is_subtag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tag_is_put_in_lower_case() {
        let cases = [("en", "en"), ("ckb", "ckb"), ("ar-SY", "ar-sy"), ("zh-Hant", "zh-hant")];
        for (typed, tag) in cases {
            assert_eq!(parse(typed).as_deref(), Some(tag));
        }
    }

    #[test]
    fn text_without_the_form_of_a_tag_is_refused() {
        let long = ["ab"; 12].join("-") + "x";
        assert_eq!(long.len(), 36);
        for typed in ["", "Arabic", "e", "en-", "-en", "en_GB", "en--gb", "é", "e1", &long] {
            assert_eq!(parse(typed), None, "{typed}");
        }
    }
}
