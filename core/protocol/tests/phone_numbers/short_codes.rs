//! Short codes. The numbering library for Rust has none, so its source data is quoted here.

use promise_protocol::phone_number::{NumberType, number_type, parse};
use regex::Regex;

/// `ShortNumberMetadata.xml` of libphonenumber 9.0, GB: every short code.
const ALL: &str = r"^(?:1(?:0[015]|1(?:[129]|6(?:000|1(?:11|23))|8\d{3})|2(?:[1-3]|50)|33|4(?:1|7\d)|571|7(?:0\d|[56]0)|800\d|9[15])|2(?:0202|1300|2(?:02|11)|3(?:02|336|45)|4(?:25|8))|3[13]3|4(?:0[02]|35[01]|44[45]|5\d)|(?:[68]\d|7[089])\d{3}|15\d|2[02]2|650|789|9(?:01|99))$";
/// Those for emergencies.
const EMERGENCY: &str = r"^(?:112|999)$";
/// Those that take texts and no calls.
const TEXTS: &str = r"^(?:7[089]|8[01])\d{3}$";

fn all_codes() -> impl Iterator<Item = String> {
    (3..=6).flat_map(|length| {
        (0..10_u32.pow(length)).map(move |n| format!("{n:0width$}", width = length as usize))
    })
}

#[test]
fn short_codes_agree_with_the_numbering_library() {
    let [all, emergency, texts] = [ALL, EMERGENCY, TEXTS].map(|rule| Regex::new(rule).unwrap());
    for code in all_codes() {
        let Some(ours) = number_type(&code) else { continue };
        // The harmonised helplines, of which the library lists those in use; and the codes of mobile
        // networks with 71 to 76, of which 75075 is in use.
        let is_beyond = code.starts_with("116")
            || (code.len() == 5 && code.starts_with('7'))
            || ["7726", "18001", "18002"].contains(&code.as_str());
        assert!(all.is_match(&code) || is_beyond, "{code} is {ours:?}");
        if emergency.is_match(&code) {
            assert_eq!(ours, NumberType::Emergency, "{code}");
        }
        if texts.is_match(&code) {
            assert_eq!(ours, NumberType::TextOnly, "{code}");
        }
        assert_eq!(parse(&code).map(|typed| typed.number), Ok(code));
    }
}

#[test]
fn short_codes_of_the_numbering_library_that_people_publish_are_known() {
    let all = Regex::new(ALL).unwrap();
    let published =
        |code: &str| matches!(code.len(), 3 | 5 | 6) && code.starts_with(['1', '6', '7', '8', '9']);
    let unknown: Vec<String> = all_codes()
        .filter(|code| published(code) && all.is_match(code) && number_type(code).is_none())
        .collect();
    // Dialled before a number, or by the phone itself; and Relay UK's prefixes, which need a number.
    let left_out = [
        "121", "122", "133", "141", "170", "650", "789", "901", "18001", "18002", "18003", "18004",
        "18005", "18006", "18007", "18008", "18009",
    ];
    let unexpected: Vec<&String> =
        unknown.iter().filter(|code| !left_out.contains(&code.as_str())).collect();
    assert!(unexpected.is_empty(), "{unexpected:?}");
}
