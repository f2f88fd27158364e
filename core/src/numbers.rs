//! Telephone numbers: read as people in the United Kingdom type them, and format as they are read out.

pub use promise_protocol::phone_number::{PhoneNumberError, format, parse};

#[cfg(test)]
mod tests {
    use super::{format, parse};

    #[test]
    fn numbers_stand_in_the_groups_people_know() {
        let cases = [
            ("+447700900123", "07700 900123"),
            ("+442079460101", "020 7946 0101"),
            ("+448081570111", "0808 157 0111"),
            ("+443001234567", "0300 123 4567"),
            ("+441134960000", "0113 496 0000"),
            ("+441214960000", "0121 496 0000"),
            ("+441632960102", "01632 960102"),
            ("08001111", "0800 1111"),
            ("116123", "116 123"),
            ("999", "999"),
            ("+353861234567", "+353861234567"),
        ];
        for (stored, read) in cases {
            assert_eq!(format(stored), read);
        }
    }

    #[test]
    fn what_is_shown_can_be_typed() {
        for number in ["+447700900123", "+442079460101", "+448001111", "116123", "999"] {
            assert_eq!(parse(&format(number)).as_deref(), Ok(number));
        }
    }
}
