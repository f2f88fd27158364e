//! What a field may hold, and its limits.

use chrono::{DateTime, NaiveDate, Utc};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::Refusal;
use crate::{
    ids::is_record_id,
    language_tag,
    values::{CarePeriod, Leave, Opening, PhoneNumber},
};

/// What a field may hold. `null` is every field's empty value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text of at most this many characters.
    Text(usize),
    /// `true` or `false`.
    Flag,
    /// A whole number from 0 to this.
    Number(u64),
    /// One of these words: those of an enum in [`vocabulary`](crate::vocabulary).
    Choice(&'static [&'static str]),
    /// A calendar day, `2026-05-03`.
    Date,
    /// A point in time in RFC 3339, `2026-05-03T09:30:00Z`.
    Time,
    /// The id of a record, pledge or opportunity, or another word of the same form.
    Id,
    /// A list of at most 40 such ids.
    Ids,
    /// A list of at most [`MAX_PHONES`] [`PhoneNumber`]s.
    Phones,
    /// A list of at most 20 language tags (BCP 47).
    Languages,
    /// A list of at most 30 [`Opening`]s.
    Hours,
    /// A list of at most 30 [`Leave`]s.
    Leave,
    /// A list of at most 60 [`CarePeriod`]s.
    CarePeriods,
    /// A published document of at most 16,000 bytes, as it was published.
    Document,
    /// Facts by their names, at most 16,000 bytes. Each that is listed here is of its kind; one of a newer
    /// version is kept as it is.
    Facts(&'static [(&'static str, Kind)]),
}

/// The maximum number of telephone numbers in one field.
pub const MAX_PHONES: usize = 10;

const MAX_IDS: usize = 40;
const MAX_LANGUAGES: usize = 20;
const MAX_DOCUMENT_BYTES: usize = 16_000;

impl Kind {
    /// Checks that a value other than `null` fits.
    pub fn check(self, value: &Value) -> Result<(), Refusal> {
        match self {
            Self::Text(max) => {
                let text = value.as_str().ok_or(Refusal::WrongType)?;
                at_most(max, text.chars().count())
            }
            Self::Flag => value.as_bool().map(drop).ok_or(Refusal::WrongType),
            Self::Number(max) => match value.as_u64() {
                Some(number) if number <= max => Ok(()),
                Some(_) => Err(Refusal::TooLong),
                None => Err(Refusal::WrongType),
            },
            Self::Choice(words) => string(value, |word| words.contains(&word)),
            Self::Date => typed::<NaiveDate>(value).map(drop),
            Self::Time => typed::<DateTime<Utc>>(value).map(drop),
            Self::Id => string(value, is_record_id),
            Self::Ids => strings(value, MAX_IDS, is_record_id),
            Self::Languages => strings(value, MAX_LANGUAGES, language_tag::is_valid),
            Self::Phones => list::<PhoneNumber>(value, MAX_PHONES, |phone| {
                phone.number.chars().count() <= 40
                    && phone.ext.as_ref().is_none_or(|ext| ext.len() <= 12)
            }),
            Self::Hours => list::<Opening>(value, 30, |opening| opening.days.len() <= 7),
            Self::Leave => list::<Leave>(value, 30, |leave| {
                leave.cover.as_ref().is_none_or(|id| is_record_id(id))
            }),
            Self::CarePeriods => list::<CarePeriod>(value, 60, |period| {
                period.council.as_ref().is_none_or(|council| council.chars().count() <= 120)
            }),
            Self::Document if !value.is_object() => Err(Refusal::WrongType),
            Self::Document => at_most(MAX_DOCUMENT_BYTES, value.to_string().len()),
            Self::Facts(known) => {
                let facts = value.as_object().ok_or(Refusal::WrongType)?;
                for (name, kind) in known {
                    facts.get(*name).map_or(Ok(()), |fact| kind.check(fact))?;
                }
                at_most(MAX_DOCUMENT_BYTES, value.to_string().len())
            }
        }
    }
}

fn at_most(max: usize, length: usize) -> Result<(), Refusal> {
    if length > max { Err(Refusal::TooLong) } else { Ok(()) }
}

fn typed<T: DeserializeOwned>(value: &Value) -> Result<T, Refusal> {
    serde_json::from_value(value.clone()).map_err(|_| Refusal::WrongType)
}

fn string(value: &Value, is_valid: impl Fn(&str) -> bool) -> Result<(), Refusal> {
    if value.as_str().is_some_and(is_valid) { Ok(()) } else { Err(Refusal::WrongType) }
}

fn strings(value: &Value, max: usize, is_valid: impl Fn(&str) -> bool) -> Result<(), Refusal> {
    let items: Vec<String> = typed(value)?;
    at_most(max, items.len())?;
    if items.iter().all(|item| is_valid(item)) { Ok(()) } else { Err(Refusal::WrongType) }
}

fn list<T: DeserializeOwned>(
    value: &Value,
    max: usize,
    fits: impl Fn(&T) -> bool,
) -> Result<(), Refusal> {
    let items: Vec<T> = typed(value)?;
    if items.len() > max || !items.iter().all(fits) { Err(Refusal::TooLong) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const FACTS: &[(&str, Kind)] = &[("born", Kind::Date)];

    #[test]
    fn value_of_its_kind_is_accepted() {
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
            (Kind::Facts(FACTS), json!({"born": "2008-02-29", "new": [1]})),
            (Kind::Facts(FACTS), json!({})),
        ];
        for (kind, value) in fits {
            assert_eq!(kind.check(&value), Ok(()), "{kind:?} {value}");
        }
    }

    #[test]
    fn value_of_another_kind_or_beyond_a_limit_is_refused() {
        let cases = [
            (Kind::Phones, json!("07700 900123")),
            (Kind::Phones, json!([{"number": "999", "kind": "red"}])),
            (Kind::Languages, json!(["Arabic"])),
            (Kind::Languages, json!(vec!["en"; 21])),
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
            (Kind::Facts(FACTS), json!({"born": "2026-02-29"})),
            (Kind::Facts(FACTS), json!({"born": null})),
            (Kind::Facts(FACTS), json!({"new": "x".repeat(16_001)})),
            (Kind::Facts(FACTS), json!([])),
        ];
        for (kind, value) in cases {
            assert!(kind.check(&value).is_err(), "{kind:?} {value}");
        }
        let many = json!(vec![json!({"number": "999", "kind": "oohs"}); 11]);
        assert_eq!(Kind::Phones.check(&many), Err(Refusal::TooLong));
    }
}
