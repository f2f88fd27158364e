//! Telephone numbers as people in the United Kingdom type, read and dial them.
//!
//! A number is stored as E.164 (`+447700900123`), which can be dialled from anywhere. Short codes and
//! numbers with a Relay UK prefix have no such form and are stored as they are dialled. An extension is
//! stored beside the number. What kinds of number there are is data: the module `table`.

mod error;
pub mod extension;
mod format;
mod number_type;
mod parse;
pub mod relay;
mod table;

pub use error::PhoneNumberError;
pub use format::{dial_string, format, format_with_extension, sms_uri, spell, tel_uri};
pub use number_type::{CallCost, NumberType, call_cost, number_type, pounds};
pub use parse::{TypedNumber, parse};

#[cfg(test)]
mod tests {
    use super::*;

    fn number(typed: &str) -> Result<String, PhoneNumberError> {
        parse(typed).map(|typed| typed.number)
    }

    #[test]
    fn usual_spellings_parse_to_one_number() {
        let cases = [
            ("07700 900123", "+447700900123"),
            ("07700-900.123", "+447700900123"),
            ("+44 (0)7700 900123", "+447700900123"),
            ("+44 7700 900123", "+447700900123"),
            ("0044 7700 900123", "+447700900123"),
            ("00 44 (0) 7700 900123", "+447700900123"),
            ("(020) 7946 0000", "+442079460000"),
            ("01632 960 001", "+441632960001"),
            ("0808 157 0000", "+448081570000"),
            ("0800 1111", "+448001111"), // Childline
            ("0808 2000 247", "+448082000247"),
            ("016977 2000", "+44169772000"), // one of the nine-digit ones
            ("+1 202 555 0143", "+12025550143"),
            // A spreadsheet took the 0, or the +.
            ("7700900123", "+447700900123"),
            ("2079460000", "+442079460000"),
            ("8001111", "+448001111"),
            ("447700900123", "+447700900123"),
            // Copied from an address book: no-break space, direction marks, a long dash.
            ("\u{202a}07700\u{a0}900123\u{202c}", "+447700900123"),
            ("020\u{2013}7946\u{2013}0000", "+442079460000"),
            // Jersey, Guernsey, the Isle of Man
            ("01534 456789", "+441534456789"),
            ("01481 256789", "+441481256789"),
            ("07624 312345", "+447624312345"),
        ];
        for (typed, expected) in cases {
            assert_eq!(number(typed).as_deref(), Ok(expected), "{typed:?}");
        }
    }

    #[test]
    fn short_codes_are_unchanged() {
        for (typed, code) in [
            ("999", "999"),
            ("101", "101"),
            ("111", "111"),
            ("116 123", "116123"),
            ("18000", "18000"),
            ("105", "105"),
            ("159", "159"),
            ("1571", "1571"),
            ("116 006", "116006"),
            ("118 500", "118500"),
            ("85258", "85258"), // texts only
            // Relay UK
            ("18001 0300 123 4567", "1800103001234567"),
            ("18001 +44 300 123 4567", "1800103001234567"),
            ("18002 (020) 7946 0000", "1800202079460000"),
            ("18001 111", "18001111"),
        ] {
            assert_eq!(number(typed).as_deref(), Ok(code), "{typed}");
        }
    }

    #[test]
    fn text_that_is_not_a_number_is_refused_with_a_reason() {
        let refused = |typed: &str| number(typed).unwrap_err().to_string();
        assert_eq!(refused(" "), "there is no phone number; write one, such as 07700 900123");
        for typed in ["07700 900123 ext x", "4.47701E+11", "call me", "ext 4", "020 7946 0000 e 4"]
        {
            assert!(refused(typed).contains("has letters in it"), "{typed}");
        }
        for typed in
            ["07700 900123/124", "07700 900123; 07700 900124", "=1+1", "44+7", "0800 1111, 999"]
        {
            assert!(refused(typed).contains("has signs in it"), "{typed}");
        }
        for typed in [
            "07700 90012",
            "+",
            "0",
            "12",
            "0000",
            "+0 7700 900123",
            "07700 900 1234",
            "18001",
            "18001 12",
            "18001 18001 111",
        ] {
            assert!(refused(typed).contains("is not complete"), "{typed}");
        }
    }

    #[test]
    fn extension_is_split_from_the_number() {
        for typed in [
            "020 7946 0000 ext 4",
            "020 7946 0000 ext. 4",
            "020 7946 0000 (Ext: 4)",
            "020 7946 0000 x4",
            "020 7946 0000 #4",
            "020 7946 0000,4",
            "020 7946 0000, 4",
            "020 7946 0000 extension 4",
            "tel:+44-20-7946-0000;ext=4",
            "٠٢٠ ٧٩٤٦ ٠٠٠٠ ext ٤",
            "０２０　７９４６　００００　ｅｘｔ　４",
            "０２０７９４６００００＃４",
        ] {
            let parsed = parse(typed).unwrap_or_else(|error| panic!("{typed}: {error}"));
            assert_eq!(parsed.number, "+442079460000", "{typed}");
            assert_eq!(parsed.ext.as_deref(), Some("4"), "{typed}");
        }
        let parsed = parse("020 7946 0000 x4").unwrap();
        assert_eq!(parsed.clone().with_extension(None).as_ref(), Ok(&parsed));
        assert_eq!(parsed.clone().with_extension(Some("4".into())).as_ref(), Ok(&parsed));
        assert!(parsed.with_extension(Some("5".into())).is_err());
    }

    #[test]
    fn digits_of_every_script_are_digits() {
        for typed in [
            "٠٧٧٠٠ ٩٠٠٤٥٦",
            "۰۷۷۰۰ ۹۰۰۴۵۶",
            "０７７００　９００４５６",
            "＋４４ ７７００ ９００４５６",
        ] {
            assert_eq!(number(typed).as_deref(), Ok("+447700900456"), "{typed}");
        }
        assert_eq!(number("٩٩٩").as_deref(), Ok("999"));
    }

    #[test]
    fn costly_number_needs_a_confirmation() {
        for typed in ["0901 234 5678", "070 1234 5678", "118 500", "18001 0901 234 5678"] {
            let error = parse(typed).unwrap().require_confirmed_cost().unwrap_err().to_string();
            assert!(error.contains("costs extra") && error.contains("cost confirmed"), "{error}");
            for mark in [" cost confirmed", " (Cost confirmed)", " x4 cost-confirmed"] {
                let parsed = parse(&format!("{typed}{mark}")).unwrap();
                assert!(parsed.require_confirmed_cost().is_ok(), "{typed}{mark}");
            }
        }
        for typed in ["0845 123 4567", "07700 900123", "0800 1111", "999", "+1 900 555 0143"] {
            assert!(parse(typed).unwrap().require_confirmed_cost().is_ok(), "{typed}");
        }
    }
}
