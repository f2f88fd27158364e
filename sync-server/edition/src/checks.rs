//! Single values, from TOML or CSV alike: each gives the value, or says what to write instead.

use chrono::NaiveDate;
use promise_protocol::{ids::is_record_id, language_tag};
use url::Url;

use super::{day, email, problem::shown};

/// A day.
pub fn day(name: &str, typed: &str) -> Result<NaiveDate, String> {
    day::parse(typed)
        .ok_or_else(|| format!("{name} {} is not a day; write {}", shown(typed), day::EXAMPLE))
}

/// The address of a page.
pub fn url(name: &str, typed: &str) -> Result<String, String> {
    let parsed = Url::parse(typed).ok().filter(|url| {
        matches!(url.scheme(), "http" | "https")
            && url.has_host()
            && url.username().is_empty()
            && url.password().is_none()
            && !typed.contains(char::is_whitespace)
            && typed.len() <= 2000
    });
    match parsed {
        Some(_) => Ok(typed.to_owned()),
        None => Err(format!(
            "{name} {} is not a web address; write all of it, such as https://www.example.org/jobs",
            shown(typed)
        )),
    }
}

/// An e-mail address.
pub fn email(name: &str, typed: &str) -> Result<String, String> {
    email::is_valid(typed).then(|| typed.to_owned()).ok_or_else(|| {
        format!(
            "{name} {} is not an e-mail address; write one, such as name@example.org",
            shown(typed)
        )
    })
}

/// A postcode, or its first half, as the post writes it.
pub fn postcode(typed: &str) -> Result<String, String> {
    let joined: String =
        typed.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect();
    let written = match joined.len() {
        _ if !joined.is_ascii() => None,
        2..=4 if is_outward(&joined) => Some(joined),
        5..=7 => joined
            .split_at_checked(joined.len() - 3)
            .filter(|(outward, inward)| is_outward(outward) && is_inward(inward))
            .map(|(outward, inward)| format!("{outward} {inward}")),
        _ => None,
    };
    written.ok_or_else(|| format!("postcode {} is not one; write it like SW1A 1AA", shown(typed)))
}

fn is_outward(half: &str) -> bool {
    half.starts_with(|c: char| c.is_ascii_uppercase())
        && half.bytes().any(|b| b.is_ascii_digit())
        && half.bytes().all(|b| b.is_ascii_alphanumeric())
}

fn is_inward(half: &str) -> bool {
    matches!(half.as_bytes(), [b'0'..=b'9', b'A'..=b'Z', b'A'..=b'Z'])
}

/// A language tag (BCP 47).
pub fn language(typed: &str) -> Result<String, String> {
    language_tag::parse(typed).ok_or_else(|| {
        format!("{} is not a language; write its code, such as en, ar or ti", shown(typed))
    })
}

/// A record's name.
pub fn record_id(name: &str, typed: &str) -> Result<String, String> {
    if is_record_id(typed) {
        return Ok(typed.to_owned());
    }
    Err(format!(
        "{name} {} cannot be a name; use up to 64 of a to z, 0 to 9 and dashes, such as bus-pass",
        shown(typed)
    ))
}

/// An age in years.
pub fn age(name: &str, typed: &str) -> Result<u8, String> {
    typed.parse().ok().filter(|age| *age <= 120).ok_or_else(|| {
        format!("{name} {} is not an age; write whole years, such as 18", shown(typed))
    })
}

/// A Covenant outcome.
pub fn outcome(typed: &str) -> Result<u8, String> {
    typed.parse().ok().filter(|outcome| (1..=5).contains(outcome)).ok_or_else(|| {
        format!("outcome {} is not one of the five; write a number from 1 to 5", shown(typed))
    })
}

/// Ages from a birthday until another: whether they are out of order, in words.
pub fn ages_out_of_order(from: Option<u8>, until: Option<u8>) -> Option<String> {
    let (from, until) = (from?, until?);
    (from >= until).then(|| {
        format!(
            "age_min {from} is not below age_max {until}; age_max is the birthday on which it ends"
        )
    })
}

/// Two days: whether they are out of order, in words.
pub fn days_out_of_order(
    (first_name, first): (&str, Option<NaiveDate>),
    (last_name, last): (&str, Option<NaiveDate>),
) -> Option<String> {
    let (first, last) = (first?, last?);
    (first > last).then(|| format!("{first_name} {first} is after {last_name} {last}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_whole() {
        assert!(url("url", "https://www.example.org/a?b=c#d").is_ok());
        assert!(url("url", "http://example.org").is_ok());
        for typed in [
            "www.example.org",
            "javascript:alert(1)",
            "file:///etc/passwd",
            "https://",
            "https://user:word@example.org",
            "https://example.org/a b",
        ] {
            assert!(url("url", typed).unwrap_err().contains("is not a web address"), "{typed}");
        }
        assert!(email("email", "a.b+c@example.org").is_ok());
        for typed in ["a@b", "@example.org", "a@b@example.org", "a b@example.org", "A <a@b.org>"] {
            assert!(email("email", typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn postcodes_are_written_as_the_post_does() {
        for (typed, written) in
            [("sw1a1aa", "SW1A 1AA"), ("M1 1AE", "M1 1AE"), ("nw4", "NW4"), ("E1 6AN", "E1 6AN")]
        {
            assert_eq!(postcode(typed).as_deref(), Ok(written));
        }
        for typed in ["", "Hendon", "12345", "SW1A 1A", "ÄÄ1 1AA", "NW4 4BGX1"] {
            assert!(postcode(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn languages_are_codes() {
        for typed in ["en", "ckb", "ar-SY", "zh-Hant"] {
            assert!(language(typed).is_ok(), "{typed}");
        }
        for typed in ["", "Arabic", "e", "en-", "en_GB"] {
            assert!(language(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn order_is_checked_only_where_both_ends_are_known() {
        assert_eq!(ages_out_of_order(Some(16), Some(25)), None);
        assert_eq!(ages_out_of_order(Some(25), None), None);
        assert!(ages_out_of_order(Some(25), Some(25)).is_some());
        let (first, last) =
            (NaiveDate::from_ymd_opt(2027, 1, 2), NaiveDate::from_ymd_opt(2027, 1, 1));
        let said = days_out_of_order(("starts", first), ("ends", last));
        assert_eq!(said.as_deref(), Some("starts 2027-01-02 is after ends 2027-01-01"));
        assert_eq!(days_out_of_order(("starts", last), ("ends", last)), None);
    }
}
