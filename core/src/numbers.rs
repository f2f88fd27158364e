//! Telephone numbers: read as people in the United Kingdom type them, and shown as they are read out.

pub use promise_protocol::phone_number::{PhoneNumberError, parse};

/// A number in the groups in which it is read out: `07700 900123` for `+447700900123`. Of abroad,
/// and short codes, as they are dialled.
pub fn shown(number: &str) -> String {
    let national = number.strip_prefix("+44").map_or(number.to_owned(), |rest| format!("0{rest}"));
    let groups: &[usize] = match (national.as_bytes(), national.len()) {
        ([b'0', b'2', ..], 11) => &[3, 4, 4],
        (
            [b'0', b'3' | b'8' | b'9', ..] | [b'0', b'1', b'1', ..] | [b'0', b'1', _, b'1', ..],
            11,
        ) => &[4, 3, 4],
        ([b'0', ..], 10 | 11) => &[5, 6],
        ([b'1', b'1', b'6', ..], 6) => &[3, 3],
        ([b'0', b'8', b'0', b'0', ..], 8) => &[4, 4],
        _ => return national,
    };
    let mut rest = national.as_str();
    let mut parts = Vec::new();
    for length in groups {
        let (part, after) = rest.split_at_checked(*length).unwrap_or((rest, ""));
        parts.push(part);
        rest = after;
    }
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::{parse, shown};

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
            assert_eq!(shown(stored), read);
        }
    }

    #[test]
    fn what_is_shown_can_be_typed() {
        for number in ["+447700900123", "+442079460101", "+448001111", "116123", "999"] {
            assert_eq!(parse(&shown(number)).as_deref(), Ok(number));
        }
    }
}
