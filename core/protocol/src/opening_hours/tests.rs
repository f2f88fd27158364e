//! Lines of opening hours, their errors and their readings.

use chrono::NaiveTime;
use serde_json::{Map, json, to_value};

use super::*;

fn error(typed: &str) -> OpeningHoursError {
    parse(typed).expect_err(typed)
}

#[test]
fn hours_as_typed_are_parsed() {
    let cases = [
        ("mon-thu 17:00-08:45 next day", json!(["mon", "tue", "wed", "thu"]), "17:00", "08:45"),
        ("fri 16:45-24:00", json!(["fri"]), "16:45", "00:00"),
        ("fri 16:45-00:00", json!(["fri"]), "16:45", "00:00"),
        ("sat,sun 00:00-24:00", json!(["sat", "sun"]), "00:00", "00:00"),
        ("Fri-Mon  09:00-17:00", json!(["mon", "fri", "sat", "sun"]), "09:00", "17:00"),
        ("Tuesday, thu 09:30-12:00", json!(["tue", "thu"]), "09:30", "12:00"),
        ("mon 9:00-5:30pm", json!(["mon"]), "09:00", "17:30"),
        ("always", json!(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]), "00:00", "00:00"),
    ];
    for (typed, days, opens, closes) in cases {
        let opening = to_value(parse(typed).unwrap_or_else(|_| panic!("{typed}"))).unwrap();
        assert_eq!(opening, json!({"days": days, "opens": opens, "closes": closes}), "{typed}");
    }
}

#[test]
fn digits_of_every_script_are_digits_of_hours() {
    let expected = parse("mon-fri 09:00-17:00").unwrap();
    for typed in ["mon-fri ٠٩:٠٠-١٧:٠٠", "mon-fri ۰۹:۰۰-۱۷:۰۰", "mon-fri ０９:００-１７:００"]
    {
        assert_eq!(parse(typed).as_ref(), Ok(&expected), "{typed}");
    }
}

#[test]
fn dashes_to_and_until_are_read_like_hyphens() {
    let expected = parse("mon-fri 09:00-17:00").unwrap();
    let dashes = ["–", "—", "−", "‑", "‒", " - ", " – ", " — ", " to ", " until ", "- ", "\u{a0}–"];
    for dash in dashes {
        let typed = format!("mon{dash}fri 09:00{dash}17:00");
        assert_eq!(parse(&typed).as_ref(), Ok(&expected), "{typed}");
    }
    assert_eq!(parse("Mon to Fri: 9am to 5 pm").as_ref(), Ok(&expected));
    let night = parse("mon-thu 17:00-08:45 next day").unwrap();
    for typed in [
        "Mon to Thu 17:00 to 08:45 (next day)",
        "mon–thu 5pm – 8.45am the next morning",
        "mon-thu 17:00-08:45 (15 hours 45 minutes)",
    ] {
        assert_eq!(parse(typed).as_ref(), Ok(&night), "{typed}");
    }
}

#[test]
fn end_before_start_is_refused_without_next_day() {
    let typed = "mon-fri 09:00-05:00";
    let refused = error(typed);
    assert!(matches!(refused, OpeningHoursError::EndsBeforeStart(_)));
    assert_eq!(
        refused.readings(),
        ["mon-fri 09:00-05:00 next day (20 hours)", "mon-fri 09:00-17:00"]
    );
    assert_eq!(
        refused.to_string(),
        "end before they begin; write \"mon-fri 09:00-05:00 next day (20 hours)\" or \"mon-fri \
         09:00-17:00\""
    );
    // An emergency team's night has another reading too, however unlikely.
    assert_eq!(
        error("mon-thu 17:00-09:00").readings(),
        ["mon-thu 17:00-09:00 next day", "mon-thu 17:00-21:00"]
    );
    assert_eq!(error("fri 22:00-06:00").readings(), ["fri 22:00-06:00 next day"]);
}

#[test]
fn equal_ends_are_refused_and_the_text_says_how_to_write_a_whole_day() {
    let refused = error("mon-fri 09:00-09:00");
    assert!(matches!(refused, OpeningHoursError::EqualEnds(_)));
    assert!(refused.to_string().contains("mon-fri 00:00-24:00"), "{refused}");
    assert_eq!(error("mon 00:00-00:00").readings(), ["mon 00:00-24:00"]);
    assert!(matches!(error("mon 09:00-09:00 next day"), OpeningHoursError::Long(_)));
    assert!(parse("mon 09:00-09:00 next day (24 hours)").is_ok());
}

#[test]
fn stretch_over_sixteen_hours_needs_its_length() {
    for typed in ["mon 17:00-09:00 next day", "mon 06:00-22:00", "mon 08:00-24:00"] {
        assert!(parse(typed).is_ok(), "{typed}");
    }
    for (typed, reading) in [
        ("mon 17:00-09:01 next day", "mon 17:00-09:01 next day (16 hours 1 minute)"),
        ("mon 06:00-23:00", "mon 06:00-23:00 (17 hours)"),
        ("mon 00:00-23:59", "mon 00:00-23:59 (23 hours 59 minutes)"),
    ] {
        assert!(matches!(error(typed), OpeningHoursError::Long(_)), "{typed}");
        assert_eq!(error(typed).readings(), [reading], "{typed}");
    }
    assert!(matches!(error("mon 06:00-23:00 (16 hours)"), OpeningHoursError::OtherLength(_)));
    assert!(matches!(error("mon 09:00-17:00 next day"), OpeningHoursError::EndsSameDay(_)));
}

#[test]
fn other_text_is_refused() {
    let refused = [
        "",
        "mon",
        "-",
        "09:00-17:00",
        "mon 9-5",
        "mon 09:00-25:00",
        "montag 09:00-17:00",
        "mon 24:00-09:00",
        "mon 18:00-24:00 next day maybe",
        "mon 09:00-17:00 and sat 10:00-12:00",
        "mon 009:00-17:00",
        "mon 13pm-15pm",
        "mon +9:00-17:00",
    ];
    for typed in refused {
        assert!(matches!(error(typed), OpeningHoursError::Unclear { .. }), "{typed}");
    }
}

/// Every start and end in steps of a quarter of an hour, with and without "next day" and a length.
#[test]
fn every_reading_of_refused_hours_is_read_and_is_not_what_was_typed() {
    let times: Vec<String> = (0..=96).map(|i| format!("{:02}:{:02}", i / 4, i % 4 * 15)).collect();
    for opens in &times {
        for closes in &times {
            for tail in ["", " next day", " (8 hours)", " next day (17 hours)"] {
                let typed = format!("mon-fri {opens}-{closes}{tail}");
                let Err(refused) = parse(&typed) else { continue };
                let text = refused.to_string();
                assert!(!text.contains(&format!("\"{typed}\"")), "{typed}: {text}");
                for reading in refused.readings() {
                    assert!(parse(&reading).is_ok(), "{typed}: {reading}");
                }
            }
        }
    }
}

#[test]
fn examples_for_unclear_hours_differ_from_the_line() {
    for typed in ["mon-fri 09:00~17:00", "SAT,SUN 00:00..24:00", "monfri 0900-1700", "x"] {
        let OpeningHoursError::Unclear { examples } = error(typed) else { panic!("{typed}") };
        let letters = |text: &str| text.replace(|c: char| !c.is_ascii_alphanumeric(), "");
        for example in examples {
            assert!(parse(example).is_ok(), "{example}");
            assert_ne!(letters(example), letters(typed).to_lowercase());
        }
    }
}

#[test]
fn hours_are_formatted_as_typed() {
    for typed in [
        "mon-fri 09:00-17:00",
        "sat,sun 00:00-24:00",
        "mon,wed 10:00-14:30",
        "mon,tue,wed,fri 17:00-08:45 next day",
        "mon-sun 09:00-24:00",
        "fri 16:30-09:00 next day (16 hours 30 minutes)",
        "always",
    ] {
        assert_eq!(format(&parse(typed).unwrap()), typed);
    }
}

#[test]
fn formatted_hours_parse_to_the_same_opening() {
    let at = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0).unwrap();
    let hours = [
        (at(9, 0), at(17, 0)),
        (at(17, 0), at(8, 45)),
        (at(9, 0), at(8, 59)),
        (at(9, 0), at(0, 0)),
        (at(0, 0), at(0, 0)),
        (at(9, 0), at(9, 0)),
        (at(0, 0), at(23, 59)),
        (at(0, 1), at(0, 0)),
    ];
    for week in 1..1 << 7 {
        let chosen = Weekday::ALL.into_iter().filter(|day| week & (1 << *day as usize) != 0);
        let days: Vec<Weekday> = chosen.collect();
        for (opens, closes) in hours {
            let opening = Opening { days: days.clone(), opens, closes, unknown: Map::new() };
            let typed = format(&opening);
            assert_eq!(parse(&typed), Ok(opening), "{typed}");
        }
    }
}

#[test]
fn days_are_grouped_into_ranges_in_the_order_of_the_week() {
    use Weekday::{Fri, Mon, Sat, Sun, Thu, Wed};
    assert_eq!(day_ranges(&[]), Vec::<Vec<Weekday>>::new());
    assert_eq!(day_ranges(&[Thu, Mon, Wed, Mon]), [vec![Mon], vec![Wed, Thu]]);
    assert_eq!(day_ranges(&[Sun, Fri, Sat]), [[Fri, Sat, Sun]]);
}
