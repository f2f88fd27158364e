//! What kinds of number there are in the United Kingdom, as data.
//!
//! A wrong row misleads a young person, so each has its source. The tests compare all rows with a
//! numbering library. To change a row, change its source and date too.

use super::{CallCost, NumberType};

/// The numbering library from which the rows were taken and with which the tests compare them.
const LIBRARY: &str = "libphonenumber 9.0.33, GB";
const RELAY: &str = "BT Price List, section 2, part 23: Text Relay";
const SMS_DIRECTORY: &str = "connection-technologies.co.uk/short-codes, read 2026-11-29";

/// A short code, or a range of them: those of this length that begin with these digits.
#[derive(Debug)]
pub(super) struct ShortCodes {
    pub(super) start: &'static str,
    pub(super) length: usize,
    pub(super) number_type: NumberType,
    #[cfg_attr(not(test), expect(dead_code, reason = "for the reader of the table"))]
    pub(super) source: &'static str,
}

const fn codes(
    start: &'static str,
    length: usize,
    number_type: NumberType,
    source: &'static str,
) -> ShortCodes {
    ShortCodes { start, length, number_type, source }
}

/// The short codes. The first row that matches counts.
pub(super) const SHORT_CODES: &[ShortCodes] = &[
    codes("999", 3, NumberType::Emergency, LIBRARY),
    codes("112", 3, NumberType::Emergency, LIBRARY),
    codes("18000", 5, NumberType::Emergency, RELAY),
    codes("101", 3, NumberType::PublicService, LIBRARY), // the police, not urgent
    codes("105", 3, NumberType::PublicService, LIBRARY), // power cuts
    codes("111", 3, NumberType::PublicService, LIBRARY), // the NHS
    codes("119", 3, NumberType::PublicService, LIBRARY),
    codes("159", 3, NumberType::PublicService, "stopscamsuk.org.uk/159"), // bank fraud
    codes("116", 6, NumberType::PublicService, "European Commission Decision 2007/116/EC"),
    codes("118", 6, NumberType::Directory, LIBRARY),
    codes("100", 3, NumberType::Network, LIBRARY), // the operator
    codes("123", 3, NumberType::Network, LIBRARY), // the time
    codes("15", 3, NumberType::Network, LIBRARY),  // customer services, faults
    codes("191", 3, NumberType::Network, LIBRARY), // customer services
    codes("195", 3, NumberType::Network, LIBRARY), // directory for disabled people, free
    codes("333", 3, NumberType::Network, LIBRARY), // customer services
    codes("147", 4, NumberType::Network, LIBRARY), // the last caller
    codes("1571", 4, NumberType::Network, LIBRARY), // voicemail
    codes("7726", 4, NumberType::TextOnly, SMS_DIRECTORY), // reporting spam
    codes("85258", 5, NumberType::TextOnly, SMS_DIRECTORY), // Shout
    codes("65075", 5, NumberType::TextOnly, SMS_DIRECTORY), // leaving a phone company
    codes("75075", 5, NumberType::TextOnly, SMS_DIRECTORY),
    codes("85075", 5, NumberType::TextOnly, SMS_DIRECTORY),
    // These take no calls, by the library's remark on `smsServices`.
    codes("70", 5, NumberType::TextOnly, LIBRARY),
    codes("78", 5, NumberType::TextOnly, LIBRARY),
    codes("79", 5, NumberType::TextOnly, LIBRARY),
    codes("80", 5, NumberType::TextOnly, LIBRARY),
    codes("81", 5, NumberType::TextOnly, LIBRARY),
    // Some of these take calls too.
    codes("6", 5, NumberType::MobileShortCode, SHORT_CODE_RANGES),
    codes("7", 5, NumberType::MobileShortCode, SHORT_CODE_RANGES),
    codes("8", 5, NumberType::MobileShortCode, SHORT_CODE_RANGES),
];
const SHORT_CODE_RANGES: &str = "en.wikipedia.org/wiki/Short_code, United Kingdom";

/// The kinds of full numbers, by the digits after `+44`. The longest start that fits counts. Numbers of
/// Jersey, Guernsey and the Isle of Man are among them. Source: Ofcom, National Telephone Numbering
/// Plan, part A1, and [`LIBRARY`].
pub(super) const RANGES: &[(&str, NumberType)] = &[
    ("1", NumberType::Landline),
    ("2", NumberType::Landline),
    ("3", NumberType::Nationwide),
    ("500", NumberType::Freephone),
    ("55", NumberType::Nationwide), // within companies
    ("56", NumberType::Nationwide), // over the internet
    ("7", NumberType::Mobile),
    ("70", NumberType::Personal),
    ("76", NumberType::Pager),
    ("7624", NumberType::Mobile), // Isle of Man
    ("80", NumberType::Freephone),
    ("84", NumberType::ServiceRate),
    ("87", NumberType::ServiceRate),
    ("9", NumberType::Premium),
];

/// The prefixes of Relay UK, dialled before a number: 18001 from a textphone or the app, 18002 to call
/// one. Source: [`RELAY`].
pub(super) const RELAY_PREFIXES: [&str; 2] = ["18001", "18002"];

/// What calls cost whose price has to be confirmed. The organisation's charge, with VAT, in pence; the
/// phone company adds its own.
pub(super) const COSTS: &[(NumberType, CallCost, &str)] = &[
    (
        NumberType::Premium,
        CallCost::PerMinuteOrCall { minute: 360, call: 600 },
        "ukareacodes.info/09, read 2026-11-29",
    ),
    (
        NumberType::Directory,
        CallCost::PerNinetySeconds { pence: 365 },
        "Ofcom's cap since 1 April 2019; moneysavingexpert.com/news/2018/11",
    ),
    // Prices differ by phone company, and are outside its inclusive minutes.
    (
        NumberType::Personal,
        CallCost::NotInMinutes,
        "three.co.uk, Calling special numbers, read 2026-11-29",
    ),
];
