//! The values a field may hold, and their limits.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use crate::{language_tag, schema::Refusal, vocabulary::vocabulary};

/// What a field may hold. `null` is every field's empty value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text of at most so many characters.
    Text(usize),
    /// Yes or no.
    Flag,
    /// A whole number from 0 to this.
    Number(u64),
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A calendar day, `2026-05-03`.
    Date,
    /// A moment in RFC 3339, `2026-05-03T09:30:00Z`.
    Time,
    /// The name of a record, pledge or opportunity.
    Id,
    /// A list of at most 40 such names.
    Ids,
    /// A list of at most 10 [`PhoneNumber`]s.
    Phones,
    /// A list of at most 20 language tags (BCP 47).
    Languages,
    /// A list of at most 30 [`Opening`]s.
    Hours,
    /// A list of at most 30 [`Leave`]s.
    Leave,
    /// A list of at most 60 [`CarePeriod`]s.
    CarePeriods,
    /// A document as it was published, of at most 16,000 bytes.
    Document,
}

impl Kind {
    /// Whether a value that is not `null` fits.
    pub fn check(self, value: &Value) -> Result<(), Refusal> {
        match self {
            Self::Text(most) => text(value, most).map(drop),
            Self::Flag => value.as_bool().map(drop).ok_or(Refusal::WrongType),
            Self::Number(most) => match value.as_u64() {
                Some(number) if number <= most => Ok(()),
                Some(_) => Err(Refusal::TooLong),
                None => Err(Refusal::WrongType),
            },
            Self::Choice(words) => match value.as_str() {
                Some(word) if words.contains(&word) => Ok(()),
                _ => Err(Refusal::WrongType),
            },
            Self::Date => typed::<NaiveDate>(value).map(drop),
            Self::Time => typed::<DateTime<Utc>>(value).map(drop),
            Self::Id => match value.as_str() {
                Some(id) if is_record_id(id) => Ok(()),
                _ => Err(Refusal::WrongType),
            },
            Self::Ids => {
                let all_are = |ids: &[String]| ids.iter().all(|id| is_record_id(id));
                let ids: Vec<String> = typed(value)?;
                match ids.len() {
                    0..=40 if all_are(&ids) => Ok(()),
                    0..=40 => Err(Refusal::WrongType),
                    _ => Err(Refusal::TooLong),
                }
            }
            Self::Phones => list::<PhoneNumber>(value, 10, |phone| {
                phone.number.chars().count() <= 40
                    && phone.ext.as_ref().is_none_or(|e| e.len() <= 12)
            }),
            Self::Languages => {
                let tags: Vec<String> = typed(value)?;
                let is_valid = tags.iter().all(|tag| language_tag::is_valid(tag));
                match tags.len() {
                    0..=20 if is_valid => Ok(()),
                    0..=20 => Err(Refusal::WrongType),
                    _ => Err(Refusal::TooLong),
                }
            }
            Self::Hours => list::<Opening>(value, 30, |opening| opening.days.len() <= 7),
            Self::Leave => list::<Leave>(value, 30, |leave| {
                leave.cover.as_ref().is_none_or(|id| is_record_id(id))
            }),
            Self::Document if !value.is_object() => Err(Refusal::WrongType),
            Self::Document if value.to_string().len() > 16_000 => Err(Refusal::TooLong),
            Self::Document => Ok(()),
            Self::CarePeriods => list::<CarePeriod>(value, 60, |period| {
                period.council.as_ref().is_none_or(|council| council.chars().count() <= 120)
            }),
        }
    }
}

/// Whether a text can name a record: 1 to 64 of `a`-`z`, `0`-`9`, `-`, `_` and `.`.
pub fn is_record_id(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.'))
}

/// The longest sealed value, in characters: what 32 KiB take when they are sealed.
pub const MAX_SEALED_CHARS: usize = 44_000;

/// Whether a value is sealed, by its look: `s`, a version, a full stop and base64url. What is in it
/// is nobody's business but the person's phones'.
pub fn check_sealed(value: &Value) -> Result<(), Refusal> {
    let sealed = value.as_str().and_then(|text| text.strip_prefix('s')?.split_once('.'));
    let Some((version, sealed)) = sealed else { return Err(Refusal::MustBeSealed) };
    let is_version =
        (1..=3).contains(&version.len()) && version.bytes().all(|b| b.is_ascii_digit());
    let is_base64 = !sealed.is_empty()
        && sealed.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    if !is_version || !is_base64 {
        return Err(Refusal::MustBeSealed);
    }
    if sealed.len() > MAX_SEALED_CHARS { Err(Refusal::TooLong) } else { Ok(()) }
}

/// Somebody's telephone number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PhoneNumber {
    /// E.164 (`+447700900123`), or a short code as it is dialled (`999`, `116123`).
    pub number: String,
    /// What it is for.
    pub kind: PhoneKind,
    /// The extension to dial after the number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub ext: Option<String>,
    /// Whether to try this number first.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub prefer: bool,
    /// What a newer version wrote and this one does not know.
    #[serde(flatten)]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub unknown: Map<String, Value>,
}

vocabulary! {
    /// What a telephone number is for.
    pub enum PhoneKind {
        /// A mobile phone.
        Mobile = "mobile",
        /// A desk or home phone.
        Landline = "landline",
        /// A team's phone in office hours.
        Duty = "duty",
        /// A team's phone out of office hours.
        Oohs = "oohs",
        /// Texts only.
        Text = "text",
        /// WhatsApp only.
        Whatsapp = "whatsapp",
    }
}

vocabulary! {
    /// A day of the week.
    pub enum Weekday {
        /// Monday.
        Mon = "mon",
        /// Tuesday.
        Tue = "tue",
        /// Wednesday.
        Wed = "wed",
        /// Thursday.
        Thu = "thu",
        /// Friday.
        Fri = "fri",
        /// Saturday.
        Sat = "sat",
        /// Sunday.
        Sun = "sun",
    }
}

/// A stretch of hours on some days, in London time. One that closes no later than it opens runs
/// into the next day: an emergency team's Monday is `17:00` to `08:45`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Opening {
    /// The days on which it opens.
    pub days: Vec<Weekday>,
    /// When it opens, `09:00`.
    #[serde(with = "hour_and_minute")]
    pub opens: NaiveTime,
    /// When it closes, `17:00`.
    #[serde(with = "hour_and_minute")]
    pub closes: NaiveTime,
    /// What a newer version wrote and this one does not know.
    #[serde(flatten)]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub unknown: Map<String, Value>,
}

impl Opening {
    /// Returns `true` if it lasts from midnight to midnight.
    pub fn is_all_day(&self) -> bool {
        self.opens == NaiveTime::MIN && self.closes == NaiveTime::MIN
    }

    /// Returns `true` if it closes on the day after it opens. Midnight counts as the end of a day.
    pub fn closes_next_day(&self) -> bool {
        self.closes <= self.opens && self.closes != NaiveTime::MIN
    }
}

/// A time away, and who covers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Leave {
    /// The first day away.
    pub from: NaiveDate,
    /// The last day away.
    pub to: NaiveDate,
    /// The contact who covers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cover: Option<String>,
    /// What a newer version wrote and this one does not know.
    #[serde(flatten)]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub unknown: Map<String, Value>,
}

/// A time in care. (Regulation 40 of the Care Planning, Placement and Case Review (England)
/// Regulations 2010 counts 13 weeks of them, and leaves out planned short breaks.)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct CarePeriod {
    /// The first day.
    pub from: NaiveDate,
    /// The last day; none while it goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub to: Option<NaiveDate>,
    /// Whether it was one of a series of planned short breaks.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub short_break: bool,
    /// Which council looked after them, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub council: Option<String>,
    /// What a newer version wrote and this one does not know.
    #[serde(flatten)]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub unknown: Map<String, Value>,
}

/// Times of day as people write hours: `09:00`. (Also in use where a published document has them.)
pub mod hour_and_minute {
    use chrono::NaiveTime;
    use serde::{Deserialize, Deserializer, Serializer};

    /// Writes `09:00`.
    pub fn serialize<S: Serializer>(time: &NaiveTime, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&time.format("%H:%M"))
    }

    /// Reads `09:00`.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveTime, D::Error> {
        let text = String::deserialize(deserializer)?;
        NaiveTime::parse_from_str(&text, "%H:%M")
            .map_err(|_| serde::de::Error::custom("a time of day is written 09:00"))
    }
}

fn text(value: &Value, most: usize) -> Result<&str, Refusal> {
    let text = value.as_str().ok_or(Refusal::WrongType)?;
    if text.chars().count() > most { Err(Refusal::TooLong) } else { Ok(text) }
}

fn typed<T: DeserializeOwned>(value: &Value) -> Result<T, Refusal> {
    serde_json::from_value(value.clone()).map_err(|_| Refusal::WrongType)
}

fn list<T: DeserializeOwned>(
    value: &Value,
    most: usize,
    fits: impl Fn(&T) -> bool,
) -> Result<(), Refusal> {
    let items: Vec<T> = typed(value)?;
    if items.len() > most || !items.iter().all(fits) { Err(Refusal::TooLong) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_fit_their_kinds() {
        let fits = [
            (Kind::Phones, json!([{"number": "+447700900123", "kind": "mobile", "prefer": true}])),
            (Kind::Phones, json!([{"number": "999", "kind": "oohs", "from_the_future": 1}])),
            (Kind::Languages, json!(["en", "ti"])),
            (Kind::Hours, json!([{"days": ["mon", "fri"], "opens": "17:00", "closes": "08:45"}])),
            (Kind::Leave, json!([{"from": "2026-08-01", "to": "2026-08-14", "cover": "c2"}])),
            (Kind::CarePeriods, json!([{"from": "2020-01-01", "to": "2024-05-03"}])),
            (Kind::CarePeriods, json!([{"from": "2020-01-01", "short_break": true, "new": 1}])),
            (Kind::Date, json!("2028-02-29")),
            (Kind::Time, json!("2026-05-03T09:30:00Z")),
            (Kind::Number(60), json!(60)),
            (Kind::Id, json!("p-0123.x_y")),
            (Kind::Ids, json!([])),
            (Kind::Ids, json!(["changed_contact", "invited"])),
        ];
        for (kind, value) in fits {
            assert_eq!(kind.check(&value), Ok(()), "{kind:?} {value}");
        }
    }

    #[test]
    fn values_that_do_not_fit_are_refused() {
        let cases = [
            (Kind::Phones, json!("07700 900123")),
            (Kind::Phones, json!([{"number": "999", "kind": "red"}])),
            (Kind::Hours, json!([{"days": ["mon"], "opens": "25:00", "closes": "08:45"}])),
            (Kind::Date, json!("2026-02-29")),
            (Kind::Time, json!("tomorrow")),
            (Kind::Number(60), json!(61)),
            (Kind::Number(60), json!(-1)),
            (Kind::Id, json!("../../etc")),
            (Kind::Id, json!("")),
            (Kind::Ids, json!(["a", 1])),
            (Kind::Ids, json!(["a b"])),
            (Kind::Ids, json!(vec!["a"; 41])),
            (Kind::Flag, json!("yes")),
            (Kind::Choice(&["a"]), json!("b")),
        ];
        for (kind, value) in cases {
            assert!(kind.check(&value).is_err(), "{kind:?} {value}");
        }
        let many = json!(vec![json!({"number": "999", "kind": "oohs"}); 11]);
        assert_eq!(Kind::Phones.check(&many), Err(Refusal::TooLong));
    }
}
