//! Numbers as Excel displays them.
//!
//! Covers the formats of ordinary sheets: digits, decimals, thousands, percentages, currencies and
//! fixed text such as the space in a phone number. A number in any other format is written plainly.

/// Formats a number with an Excel number format, such as `£#,##0.00`.
pub(super) fn format(number: f64, format: &str) -> String {
    let sections: Vec<Vec<Token>> = sections(format).unwrap_or_default();
    match (sections.first(), sections.get(1)) {
        (Some(_), Some(negative)) if number < 0.0 => fill(-number, negative),
        (Some(positive), _) if number < 0.0 => {
            fill(-number, positive).map(|text| format!("-{text}"))
        }
        (Some(positive), _) => fill(number, positive),
        (None, _) => None,
    }
    .unwrap_or_else(|| plain(number))
}

/// Writes a number with the 15 digits that Excel keeps, and without an exponent.
fn plain(number: f64) -> String {
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    // Not "-0".
    format!("{}", rounded + 0.0)
}

/// A part of a number format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    /// `0`, a digit that is always there.
    Digit,
    /// `#` or `?`, a digit that is there if it counts.
    OptionalDigit,
    Point,
    Thousands,
    Percent,
    Text(char),
}

/// Splits a format into its sections: for positive and for negative numbers. `None` if it is not a
/// format of plain numbers.
fn sections(format: &str) -> Option<Vec<Vec<Token>>> {
    let (mut sections, mut tokens) = (Vec::new(), Vec::new());
    let mut chars = format.chars();
    while let Some(c) = chars.next() {
        match c {
            ';' => sections.push(std::mem::take(&mut tokens)),
            '0' => tokens.push(Token::Digit),
            '#' | '?' => tokens.push(Token::OptionalDigit),
            '.' => tokens.push(Token::Point),
            ',' => tokens.push(Token::Thousands),
            '%' => tokens.push(Token::Percent),
            '"' => tokens.extend(chars.by_ref().take_while(|c| *c != '"').map(Token::Text)),
            '\\' => tokens.extend(chars.next().map(Token::Text)),
            // The width of a character, and filling up a cell.
            '_' | '*' => drop(chars.next()),
            '[' => {
                let bracket: String = chars.by_ref().take_while(|c| *c != ']').collect();
                // A currency `[$£-809]`; anything else is a colour or a condition.
                let currency = bracket.strip_prefix('$').unwrap_or_default();
                let symbol = currency.split('-').next().unwrap_or_default();
                tokens.extend(symbol.chars().map(Token::Text));
            }
            ' ' | '-' | '+' | '(' | ')' | ':' | '$' | '£' | '€' => tokens.push(Token::Text(c)),
            _ => return None,
        }
    }
    sections.push(tokens);
    Some(sections)
}

fn is_digit(token: Token) -> bool {
    matches!(token, Token::Digit | Token::OptionalDigit)
}

/// Fills the digits of a number into a format; `None` if it has no place for them.
fn fill(number: f64, tokens: &[Token]) -> Option<String> {
    let first = tokens.iter().position(|token| is_digit(*token))?;
    let last = tokens.iter().rposition(|token| is_digit(*token))?;
    let point = tokens.iter().position(|token| *token == Token::Point);
    let point = point.unwrap_or(last + 1).max(first);
    let places = tokens.iter().skip(point).filter(|token| is_digit(**token)).count();
    let has_percent = tokens.contains(&Token::Percent);
    let number = if has_percent { number * 100.0 } else { number };
    let digits = format!("{number:.places$}");
    let (whole, decimals) = digits.split_once('.').unwrap_or((&digits, ""));
    let before: Vec<Token> = tokens.iter().take(point).copied().collect();
    let after: Vec<Token> = tokens.iter().skip(point).copied().collect();
    Some(fill_whole(whole, &before, first) + &fill_decimals(decimals, &after))
}

/// Fills the digits before the point, from the right. The first place takes all that are left.
fn fill_whole(digits: &str, tokens: &[Token], first: usize) -> String {
    let has_thousands = tokens.contains(&Token::Thousands);
    let mut digits: Vec<char> = digits.chars().filter(|_| digits != "0").collect();
    let mut written = 0;
    let mut text: Vec<char> = Vec::new();
    let mut write = |text: &mut Vec<char>, digit: char| {
        if has_thousands && written > 0 && written % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
        written += 1;
    };
    for (index, token) in tokens.iter().enumerate().rev() {
        match token {
            Token::Digit => write(&mut text, digits.pop().unwrap_or('0')),
            Token::OptionalDigit => {
                if let Some(digit) = digits.pop() {
                    write(&mut text, digit);
                }
            }
            Token::Text(c) => text.push(*c),
            Token::Percent => text.push('%'),
            Token::Point | Token::Thousands => {}
        }
        if index == first {
            while let Some(digit) = digits.pop() {
                write(&mut text, digit);
            }
        }
    }
    text.iter().rev().collect()
}

/// Fills the digits after the point, without optional zeros at the end.
fn fill_decimals(digits: &str, tokens: &[Token]) -> String {
    let places = tokens.iter().filter(|token| is_digit(**token));
    let needed = places.enumerate().filter(|(_, token)| **token == Token::Digit).last();
    let needed = needed.map_or(0, |(index, _)| index + 1);
    let length = digits.trim_end_matches('0').len().max(needed);
    let mut digits = digits.chars().take(length);
    let mut text = String::new();
    for token in tokens {
        match token {
            Token::Digit | Token::OptionalDigit => text.extend(digits.next()),
            // Excel shows the point even if no digit follows.
            Token::Point => text.push('.'),
            Token::Text(c) => text.push(*c),
            Token::Percent => text.push('%'),
            Token::Thousands => {}
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn general_format_is_plain() {
        for (number, text) in [
            (18.0, "18"),
            (12.21, "12.21"),
            (0.1 + 0.2, "0.3"),
            (-5.0, "-5"),
            (-0.0, "0"),
            (447_700_900_123.0, "447700900123"),
            (1e-7, "0.0000001"),
            (1e20, "100000000000000000000"),
        ] {
            assert_eq!(format(number, "General"), text);
            assert_eq!(format(number, ""), text);
        }
    }

    #[test]
    fn number_format_is_applied() {
        for (number, code, text) in [
            (12.5, "0.00", "12.50"),
            (12.5, "£#,##0.00", "£12.50"),
            (1234.5, "\"£\"#,##0.00", "£1,234.50"),
            (1_234_567.0, "#,##0", "1,234,567"),
            (50.0, "[$£-809]#,##0;[Red]-[$£-809]#,##0", "£50"),
            (-50.0, "[$£-809]#,##0;[Red]-[$£-809]#,##0", "-£50"),
            (-50.0, "£#,##0", "-£50"),
            (0.1, "0%", "10%"),
            (0.125, "0.0%", "12.5%"),
            (7_700_900_123.0, "00000000000", "07700900123"),
            (7_700_900_123.0, "00000\\ 000000", "07700 900123"),
            (7.0, "000", "007"),
            (0.0, "#,##0", "0"),
            (0.5, "#.##", ".5"),
            (3.0, "0.##", "3."),
            (1234.0, "_-* #,##0_-;-* #,##0_-", "1,234"),
            (5.0, "0 \"hours\"", "5 hours"),
        ] {
            assert_eq!(format(number, code), text, "{code}");
        }
    }

    #[test]
    fn unknown_format_is_plain() {
        for code in ["0.00E+00", "# ?/?", "@", "\"x\"", "0.0.0e", "General\" x\""] {
            assert_eq!(format(12.5, code), "12.5", "{code}");
        }
    }

    #[test]
    fn no_format_panics() {
        for code in
            [".", ",", "%", "[", "\"", "\\", "_", "*", ";", ";;", "0.0.0", ".0", "0,", "%0.0%#"]
        {
            for number in [0.0, -1.5, 123_456.789, f64::MAX, f64::NAN, f64::NEG_INFINITY] {
                let _ = format(number, code);
            }
        }
    }
}
