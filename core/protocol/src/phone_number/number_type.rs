//! What kind of number a number is, and what a call to it costs.

use std::fmt;

use super::{relay, table};

/// What kind of number a number is, by its digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberType {
    /// 999, 112, or 18000 from a textphone.
    Emergency,
    /// A short code of a public service: 111, 159, 116 123.
    PublicService,
    /// A short code of the caller's own phone company: 1571, 150.
    Network,
    /// Directory enquiries, 118. A call costs extra.
    Directory,
    /// A short code that takes texts and no calls: 85258.
    TextOnly,
    /// A short code of mobile networks, which most often takes texts only.
    MobileShortCode,
    /// 01 and 02, those of Jersey, Guernsey and the Isle of Man included.
    Landline,
    /// A number without a place that costs as much as a landline: 03, 055, 056.
    Nationwide,
    /// A number that is diverted, 070. It looks like a mobile number, and a call costs extra.
    Personal,
    /// A pager, 076.
    Pager,
    /// A mobile phone, 07.
    Mobile,
    /// Free to ring, 080.
    Freephone,
    /// 084 and 087, with a small charge of the organisation's own.
    ServiceRate,
    /// 09. A call costs extra.
    Premium,
    /// A number of another country.
    International,
}

/// Returns what kind of number a stored number is. With a Relay UK prefix, that is the kind of the
/// number behind it. Returns `None` for text that is not a number.
pub fn number_type(number: &str) -> Option<NumberType> {
    if let Some((_, inner)) = relay::split(number) {
        return number_type(&inner);
    }
    let Some(full) = number.strip_prefix('+') else { return short_code_type(number) };
    if full.is_empty() || !full.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let Some(national) = full.strip_prefix("44") else { return Some(NumberType::International) };
    let fits = table::RANGES.iter().filter(|(start, _)| national.starts_with(start));
    fits.max_by_key(|(start, _)| start.len()).map(|(_, number_type)| *number_type)
}

/// The kind of a short code; `None` if there is no such code.
pub(super) fn short_code_type(code: &str) -> Option<NumberType> {
    let fits = |row: &&table::ShortCodes| code.len() == row.length && code.starts_with(row.start);
    let is_number = code.bytes().all(|byte| byte.is_ascii_digit());
    table::SHORT_CODES.iter().find(fits).filter(|_| is_number).map(|row| row.number_type)
}

/// What a call costs whose price has to be confirmed. Amounts are in pence, the most that the
/// organisation may charge; the caller's phone company adds its own charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallCost {
    /// By the minute or by the call.
    PerMinuteOrCall {
        /// The most for a minute.
        minute: u32,
        /// The most for a call.
        call: u32,
    },
    /// By the minute, such that 90 seconds do not cost more.
    PerNinetySeconds {
        /// The most for 90 seconds.
        pence: u32,
    },
    /// The price is the phone company's own and is not part of inclusive minutes.
    NotInMinutes,
}

/// In English, without a full stop.
impl fmt::Display for CallCost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PerMinuteOrCall { minute, call } => write!(
                f,
                "up to {} a minute or {} a call, and the phone company's own charge",
                pounds(*minute),
                pounds(*call)
            ),
            Self::PerNinetySeconds { pence } => {
                let pence = pounds(*pence);
                write!(f, "up to {pence} for 90 seconds, and the phone company's own charge")
            }
            Self::NotInMinutes => {
                f.write_str("more than a call to a mobile phone, and not part of free minutes")
            }
        }
    }
}

/// Formats pence as pounds: `£3.60`.
pub fn pounds(pence: u32) -> String {
    format!("£{}.{:02}", pence / 100, pence % 100)
}

/// What a call to a stored number costs. Returns `None` unless the price has to be confirmed.
pub fn call_cost(number: &str) -> Option<CallCost> {
    let number_type = number_type(number)?;
    let row = table::COSTS.iter().find(|(costly, ..)| *costly == number_type);
    row.map(|(_, cost, _)| *cost)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_type_follows_the_table() {
        let cases = [
            ("999", NumberType::Emergency),
            ("18000", NumberType::Emergency),
            ("159", NumberType::PublicService),
            ("116006", NumberType::PublicService),
            ("1571", NumberType::Network),
            ("118118", NumberType::Directory),
            ("85258", NumberType::TextOnly),
            ("66777", NumberType::MobileShortCode),
            ("+447700900123", NumberType::Mobile),
            ("+447624123456", NumberType::Mobile),
            ("+447012345678", NumberType::Personal),
            ("+441534456789", NumberType::Landline),
            ("+449012345678", NumberType::Premium),
            ("+448081570000", NumberType::Freephone),
            ("+12025550143", NumberType::International),
        ];
        for (number, expected) in cases {
            assert_eq!(number_type(number), Some(expected), "{number}");
        }
        for text in ["", "+", "+44", "ask at the desk", "12", "+44x"] {
            assert_eq!(number_type(text), None, "{text}");
        }
    }

    #[test]
    fn relay_number_has_the_type_of_the_number_behind_it() {
        assert_eq!(number_type("1800103001234567"), Some(NumberType::Nationwide));
        assert_eq!(number_type("18001111"), Some(NumberType::PublicService));
        assert!(call_cost("1800109012345678").is_some());
    }

    #[test]
    fn costs_are_named() {
        let cost = |number: &str| call_cost(number).map(|cost| cost.to_string());
        assert!(cost("+449012345678").unwrap().contains("£3.60 a minute or £6.00 a call"));
        assert!(cost("118500").unwrap().contains("£3.65 for 90 seconds"));
        assert!(cost("+447012345678").unwrap().contains("mobile"));
        assert_eq!(cost("+448451234567"), None);
        assert_eq!(cost("+447700900123"), None);
    }

    #[test]
    fn every_row_has_a_source_and_can_be_found() {
        for row in table::SHORT_CODES {
            assert!(!row.source.is_empty());
            let code = format!("{:0<width$}", row.start, width = row.length);
            assert!(short_code_type(&code).is_some(), "{row:?}");
        }
        assert!(table::COSTS.iter().all(|(.., source)| !source.is_empty()));
    }
}
