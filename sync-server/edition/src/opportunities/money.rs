//! Sums of money as people and spreadsheets write them.
//!
//! English writes `1,234.50`, most of Europe `1.234,50` or `1 234,50`, Switzerland `1'234.50`. A
//! wrong guess publishes a wage a hundred times too high, so only a sum with one reading is read:
//!
//! - A mark in front of the last one or two digits separates the pence: `12,21`, `1.234,5`.
//! - Equal signs in front of groups of three digits separate thousands: `1,234`, `1.234.567`.
//! - A single point in front of three digits has two readings: `1.234`. A single comma there has one,
//!   because sheets are written in English and no sum has three digits of pence.
//! - Other combinations of digits and signs are refused with both readings: `1,2,3`, `12,345,6`.

use promise_protocol::digits;

use crate::issue::IssueKind;

/// The most digits of the pounds.
const MAX_DIGITS: usize = 7;

/// The digits of a sum, and the signs between them.
struct Groups<'a> {
    digits: Vec<&'a str>,
    signs: Vec<char>,
}

/// Parses pounds, such as `£1,200` or `12.21`, into pence.
pub fn parse_pounds(typed: &str) -> Result<u32, IssueKind> {
    let typed = digits::to_ascii(typed);
    let groups = Groups::split(strip_currency(&typed)).ok_or(IssueKind::NotMoney)?;
    let joined = groups.digits.concat();
    let is_grouped = is_grouped(&groups.digits, &groups.signs);
    let is_ambiguous_point = groups.signs == ['.'] && is_grouped;
    if is_grouped && !is_ambiguous_point {
        return to_pence(&joined, "").ok_or(IssueKind::NotMoney);
    }
    if let Some((pounds, pence)) = groups.decimal_parts() {
        return to_pence(&pounds, pence).ok_or(IssueKind::NotMoney);
    }
    let is_clear = !is_ambiguous_point && groups.signs.len() == 1 && groups.signs != [' '];
    let fraction = groups.digits.last().copied().unwrap_or_default();
    let whole = to_pence(&joined, "").filter(|_| !is_clear && fraction.len() <= 3);
    let Some(whole) = whole else { return Err(IssueKind::NotMoney) };
    let pounds = joined.strip_suffix(fraction).and_then(|pounds| to_pence(pounds, ""));
    let pounds = pounds.map(format_pounds).ok_or(IssueKind::NotMoney)?;
    let pounds = pounds.strip_suffix(".00").unwrap_or(&pounds);
    let fraction = if fraction.len() == 1 { format!("{fraction}0") } else { fraction.to_owned() };
    Err(IssueKind::AmbiguousMoney {
        readings: [format_pounds(whole), format!("{pounds}.{fraction}")],
    })
}

/// Formats pence as pounds: `£1,234.50`.
pub fn format_pounds(pence: u32) -> String {
    let pounds = (pence / 100).to_string();
    let mut text = String::from("£");
    for (index, digit) in pounds.chars().enumerate() {
        if index > 0 && (pounds.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    format!("{text}.{:02}", pence % 100)
}

/// Removes the sign or code of the pound, in front or behind.
fn strip_currency(typed: &str) -> &str {
    let typed = typed.trim();
    let is_code = |code: Option<&str>| code.is_some_and(|code| code.eq_ignore_ascii_case("gbp"));
    let plain = if is_code(typed.get(..3)) {
        typed.get(3..)
    } else if is_code(typed.len().checked_sub(3).and_then(|start| typed.get(start..))) {
        typed.get(..typed.len() - 3)
    } else {
        typed.strip_prefix('£').or_else(|| typed.strip_suffix('£'))
    };
    plain.unwrap_or(typed).trim()
}

impl<'a> Groups<'a> {
    /// Splits a sum at its signs; `None` if there is anything but digits with single signs between.
    fn split(plain: &'a str) -> Option<Self> {
        let sign = |c: char| match c {
            '.' | ',' => Some(c),
            // The Arabic marks of decimals and of thousands.
            '٫' => Some('.'),
            '٬' => Some(','),
            '\'' | '’' => Some('\''),
            // Programs group digits with a thin, a no-break or a narrow no-break space.
            c if c.is_whitespace() => Some(' '),
            _ => None,
        };
        let signs = plain.chars().filter(|c| !c.is_ascii_digit()).map(sign);
        let signs: Vec<char> = signs.collect::<Option<_>>()?;
        let digits: Vec<&str> = plain.split(|c: char| !c.is_ascii_digit()).collect();
        digits.iter().all(|group| !group.is_empty()).then_some(Self { digits, signs })
    }

    /// The digits in front of and behind the sign of the pence, if that sign is clear.
    fn decimal_parts(&self) -> Option<(String, &'a str)> {
        let (pence, pounds) = self.digits.split_last()?;
        let (mark, signs) = self.signs.split_last()?;
        let is_clear = matches!(mark, '.' | ',')
            && (1..=2).contains(&pence.len())
            && is_grouped(pounds, signs)
            && !signs.contains(mark);
        is_clear.then(|| (pounds.concat(), *pence))
    }
}

/// Returns `true` if digits are written without signs, or with equal ones between the thousands.
fn is_grouped(digits: &[&str], signs: &[char]) -> bool {
    let Some((first, rest)) = digits.split_first() else { return false };
    let is_first = first.len() <= 3 && !first.starts_with('0');
    rest.is_empty()
        || (is_first
            && rest.iter().all(|group| group.len() == 3)
            && signs.windows(2).all(|pair| matches!(pair, [one, other] if one == other)))
}

/// Converts digits of pounds, and none to two of pence.
fn to_pence(pounds: &str, pence: &str) -> Option<u32> {
    let pounds: u32 = pounds.parse().ok().filter(|_| pounds.len() <= MAX_DIGITS)?;
    let pence: u32 = format!("{pence:0<2}").parse().ok()?;
    pounds.checked_mul(100)?.checked_add(pence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amount_with_one_reading_is_read_in_every_style() {
        for (typed, pence) in [
            ("12.21", 1221),
            ("12,21", 1221),
            ("12.2", 1220),
            ("12,2", 1220),
            ("7", 700),
            ("0.50", 50),
            ("0,50", 50),
            ("£1,200", 120_000),
            ("£ 0.50", 50),
            ("12,21 £", 1221),
            ("GBP 12.21", 1221),
            ("1.234,50gbp", 123_450),
            ("1,234", 123_400),
            ("1,234.50", 123_450),
            ("1.234,50", 123_450),
            ("1.234,5", 123_450),
            ("1234,50", 123_450),
            ("1234.50", 123_450),
            ("1 234,50", 123_450),
            ("1 234.50", 123_450),
            ("1\u{a0}234,50", 123_450),
            ("1\u{202f}234,50", 123_450),
            ("1\u{2009}234,50", 123_450),
            ("1'234.50", 123_450),
            ("1’234.50", 123_450),
            ("1 234", 123_400),
            ("1,234,567", 123_456_700),
            ("1.234.567", 123_456_700),
            ("1 234 567,8", 123_456_780),
            ("١٢.٢١", 1221),
            ("١٬٢٣٤٫٥٠", 123_450),
        ] {
            assert_eq!(parse_pounds(typed), Ok(pence), "{typed}");
        }
    }

    #[test]
    fn amount_with_two_readings_is_refused_with_both() {
        for (typed, first, second) in [
            ("1.234", "£1,234.00", "£1.234"),
            ("12,345,6", "£123,456.00", "£12,345.60"),
            ("1,2,3", "£123.00", "£12.30"),
            ("1.2.3", "£123.00", "£12.30"),
            ("1,23,456", "£123,456.00", "£123.456"),
            ("1,234.567", "£1,234,567.00", "£1,234.567"),
            ("1.234,567", "£1,234,567.00", "£1,234.567"),
            ("12 21", "£1,221.00", "£12.21"),
            ("1.234 50", "£123,450.00", "£1,234.50"),
        ] {
            let readings = [first.to_owned(), second.to_owned()];
            assert_eq!(parse_pounds(typed), Err(IssueKind::AmbiguousMoney { readings }), "{typed}");
        }
    }

    #[test]
    fn text_that_is_no_amount_is_refused() {
        for typed in [
            "",
            "£",
            "GBP",
            "a lot",
            "-5",
            "99999999",
            "1.",
            ".5",
            "é",
            "€12",
            "$12",
            "12p",
            "1..2",
            "1, 234",
            "12.3456",
            "1234,567",
            "0.500",
            "0,500",
            "31.12.2026",
            "££5",
            "12.21 an hour",
            "1e3",
            "5%",
        ] {
            assert_eq!(parse_pounds(typed), Err(IssueKind::NotMoney), "{typed}");
        }
    }

    #[test]
    fn formatted_amount_reads_back() {
        for (pence, text) in [
            (5, "£0.05"),
            (99_900, "£999.00"),
            (123_450, "£1,234.50"),
            (123_456_789, "£1,234,567.89"),
        ] {
            assert_eq!(format_pounds(pence), text);
            assert_eq!(parse_pounds(text), Ok(pence));
        }
    }
}
