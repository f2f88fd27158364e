//! Single values as they are typed, the same in folders, sheets and forms.

use chrono::NaiveDate;
use promise_protocol::{
    digits,
    ids::is_record_id,
    language_tag,
    pack::Pay,
    phone_number::{self, TypedNumber, extension},
    text::plain,
};
use url::Url;

use crate::{dates, email, issue::IssueKind};

/// Parses a day, `2026-12-31` or `31/12/2026`.
pub fn day(typed: &str) -> Result<NaiveDate, IssueKind> {
    dates::parse_day(&plain(typed)).ok_or(IssueKind::NotADay)
}

/// Checks the web address of a page.
pub fn web_address(typed: &str) -> Result<String, IssueKind> {
    let typed = plain(typed);
    let parsed = Url::parse(&typed).ok().filter(|url| {
        matches!(url.scheme(), "http" | "https")
            && url.has_host()
            && url.username().is_empty()
            && url.password().is_none()
            && !typed.contains(char::is_whitespace)
            && typed.len() <= 2000
    });
    parsed.map(|_| typed).ok_or(IssueKind::NotAWebAddress)
}

/// Checks an e-mail address.
pub fn email_address(typed: &str) -> Result<String, IssueKind> {
    let typed = plain(typed);
    email::is_valid(&typed).then_some(typed).ok_or(IssueKind::NotAnEmailAddress)
}

/// Parses a phone number with its extension. A number that costs extra needs the words "cost confirmed"
/// after it.
pub fn phone_number(typed: &str) -> Result<TypedNumber, IssueKind> {
    Ok(phone_number::parse(typed)?.require_confirmed_cost()?)
}

/// Parses an extension in a field of its own.
pub(crate) fn extension(typed: &str) -> Result<String, IssueKind> {
    extension::parse(typed).ok().flatten().ok_or(IssueKind::NotAnExtension)
}

/// Parses a postcode or its outward half into the spelling of the Royal Mail.
pub(crate) fn postcode(typed: &str) -> Result<String, IssueKind> {
    let joined: String =
        digits::to_ascii(&plain(typed)).chars().filter(|c| !c.is_whitespace()).collect();
    let joined = joined.to_ascii_uppercase();
    let postcode = match joined.len() {
        _ if !joined.is_ascii() => None,
        2..=4 if is_outward(&joined) => Some(joined),
        5..=7 => joined
            .split_at_checked(joined.len() - 3)
            .filter(|(outward, inward)| is_outward(outward) && is_inward(inward))
            .map(|(outward, inward)| format!("{outward} {inward}")),
        _ => None,
    };
    postcode.ok_or(IssueKind::NotAPostcode)
}

fn is_outward(half: &str) -> bool {
    half.starts_with(|c: char| c.is_ascii_uppercase())
        && half.bytes().any(|b| b.is_ascii_digit())
        && half.bytes().all(|b| b.is_ascii_alphanumeric())
}

fn is_inward(half: &str) -> bool {
    matches!(half.as_bytes(), [b'0'..=b'9', b'A'..=b'Z', b'A'..=b'Z'])
}

/// Parses a language tag (BCP 47) into lower case.
pub fn language_tag(typed: &str) -> Result<String, IssueKind> {
    language_tag::parse(&plain(typed)).ok_or(IssueKind::NotALanguage)
}

/// Checks the id of a record.
pub(crate) fn record_id(typed: &str) -> Result<String, IssueKind> {
    let typed = plain(typed);
    is_record_id(&typed).then_some(typed).ok_or(IssueKind::NotAnId)
}

/// Parses an age in whole years.
pub fn age(typed: &str) -> Result<u8, IssueKind> {
    digits::to_ascii(&plain(typed))
        .parse()
        .ok()
        .filter(|age| *age <= 120)
        .ok_or(IssueKind::NotAnAge)
}

/// Parses the number of a Covenant outcome.
pub fn outcome(typed: &str) -> Result<u8, IssueKind> {
    let outcome = digits::to_ascii(&plain(typed)).parse().ok();
    outcome.filter(|outcome| (1..=5).contains(outcome)).ok_or(IssueKind::NotAnOutcome)
}

/// Checks the birthdays between which an offer holds. Passes if either is not known.
pub fn ages_in_order(from: Option<u8>, until: Option<u8>) -> Result<(), IssueKind> {
    match (from, until) {
        (Some(from), Some(until)) if from >= until => {
            Err(IssueKind::AgesOutOfOrder { from, until })
        }
        _ => Ok(()),
    }
}

/// Checks that the least that is paid is not more than the most. Passes if either is not known.
pub fn pay_in_order(pay: Option<&Pay>) -> Result<(), IssueKind> {
    match pay.map(|pay| (pay.min, pay.max)) {
        Some((Some(least), Some(most))) if least > most => Err(IssueKind::PayOutOfOrder),
        _ => Ok(()),
    }
}

/// Checks that the last day is not before the first. Passes if either is not known.
pub fn days_in_order(first: Option<NaiveDate>, last: Option<NaiveDate>) -> Result<(), IssueKind> {
    match (first, last) {
        (Some(first), Some(last)) if first > last => Err(IssueKind::DaysOutOfOrder { first, last }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::Issue;

    #[test]
    fn web_address_must_be_complete() {
        assert!(web_address("https://www.example.org/a?b=c#d").is_ok());
        assert!(web_address("http://example.org").is_ok());
        for typed in [
            "www.example.org",
            "javascript:alert(1)",
            "file:///etc/passwd",
            "https://",
            "https://user:word@example.org",
            "https://example.org/a b",
        ] {
            let kind = web_address(typed).unwrap_err();
            let issue = Issue::in_field("url", kind, typed);
            assert!(issue.describe().contains("is not a web address"), "{typed}");
        }
    }

    #[test]
    fn email_address_must_be_complete() {
        assert!(email_address("a.b+c@example.org").is_ok());
        for typed in ["a@b", "@example.org", "a@b@example.org", "a b@example.org", "A <a@b.org>"] {
            assert!(email_address(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn postcode_is_spelt_as_the_royal_mail_does() {
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
    fn digits_of_every_script_are_digits() {
        assert_eq!(day("٣١/١٢/٢٠٢٦").unwrap().to_string(), "2026-12-31");
        assert_eq!(day("۲۰۲۶-۱۲-۳۱").unwrap().to_string(), "2026-12-31");
        assert_eq!(postcode("nw４ ４bg").as_deref(), Ok("NW4 4BG"));
        assert_eq!((age("١٨"), outcome("۳")), (Ok(18), Ok(3)));
        assert_eq!(extension("١٢").as_deref(), Ok("12"));
        let number = phone_number("٠٢٠ ٧٩٤٦ ٠٠٠٠ ext ٤").unwrap();
        assert_eq!((&*number.number, number.ext.as_deref()), ("+442079460000", Some("4")));
    }

    #[test]
    fn phone_number_that_costs_extra_must_be_confirmed() {
        for typed in ["0901 234 5678", "070 1234 5678", "118 500"] {
            let kind = phone_number(typed).unwrap_err();
            let issue = Issue::in_field("contact_phone", kind, typed).describe();
            assert!(issue.contains("costs extra") && issue.contains("cost confirmed"), "{issue}");
            assert!(phone_number(&format!("{typed} (cost confirmed)")).is_ok(), "{typed}");
        }
    }

    #[test]
    fn value_copied_with_invisible_marks_is_read() {
        assert_eq!(email_address("\u{2066}a@example.org\u{2069}").as_deref(), Ok("a@example.org"));
        assert_eq!(web_address("\u{200e}https://a.example/").as_deref(), Ok("https://a.example/"));
        assert_eq!(postcode("\u{200f}NW4\u{a0}4BG").as_deref(), Ok("NW4 4BG"));
        assert_eq!(language_tag("ar\u{200f}").as_deref(), Ok("ar"));
        assert_eq!(age("\u{200e}16"), Ok(16));
        assert_eq!(day("\u{200f}31/12/2026"), day("2026-12-31"));
    }

    #[test]
    fn language_must_be_a_tag() {
        for typed in ["en", "ckb", "ar-SY", "zh-Hant"] {
            assert!(language_tag(typed).is_ok(), "{typed}");
        }
        for typed in ["", "Arabic", "e", "en-", "en_GB"] {
            assert!(language_tag(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn order_is_checked_only_where_both_ends_are_known() {
        assert_eq!(ages_in_order(Some(16), Some(25)), Ok(()));
        assert_eq!(ages_in_order(Some(25), None), Ok(()));
        assert!(ages_in_order(Some(25), Some(25)).is_err());
        let pay = |min, max| pay_in_order(Some(&Pay { min, max, ..Pay::default() }));
        assert_eq!(pay_in_order(None), Ok(()));
        assert_eq!(pay(Some(1221), None), Ok(()));
        assert_eq!(pay(Some(1221), Some(1221)), Ok(()));
        assert_eq!(pay(Some(1221), Some(1220)), Err(IssueKind::PayOutOfOrder));
        let (first, last) =
            (NaiveDate::from_ymd_opt(2027, 1, 2), NaiveDate::from_ymd_opt(2027, 1, 1));
        let issue = Issue::in_field("ends", days_in_order(first, last).unwrap_err(), "");
        assert_eq!(issue.describe(), "starts 2027-01-02 is after ends 2027-01-01");
        assert_eq!(days_in_order(last, last), Ok(()));
    }
}
