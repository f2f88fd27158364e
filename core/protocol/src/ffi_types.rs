//! How types of other crates cross to Kotlin and Swift. `bindings/uniffi.toml` maps them to types of
//! those languages.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde_json::{Map, Value};

use crate::pack;

/// A point in time: `java.time.Instant`, `Date`.
pub type Instant = DateTime<Utc>;
/// A calendar day: `java.time.LocalDate`, `DateComponents`.
pub type LocalDate = NaiveDate;
/// A time of day: `java.time.LocalTime`, `DateComponents`.
pub type LocalTime = NaiveTime;
/// A text in several languages.
pub type Localised = pack::Localised;
/// The lines of a directory.
pub type Lines = pack::Table<pack::Line>;
/// What a newer version wrote and this one does not know.
pub type Unknown = Map<String, Value>;

/// The form in which a time of day crosses.
const HOUR_AND_MINUTE: &str = "%H:%M";

uniffi::custom_type!(
    /// A point in time.
    Instant, std::time::SystemTime, {
    remote,
    lower: |instant| instant.into(),
    try_lift: |instant| Ok(instant.into()),
});

uniffi::custom_type!(
    /// A calendar day.
    LocalDate, String, {
    remote,
    lower: |day| day.to_string(),
    try_lift: |day| Ok(day.parse::<NaiveDate>()?),
});

uniffi::custom_type!(
    /// A time of day, in London.
    LocalTime, String, {
    remote,
    lower: |time| time.format(HOUR_AND_MINUTE).to_string(),
    try_lift: |time| Ok(NaiveTime::parse_from_str(&time, HOUR_AND_MINUTE)?),
});

uniffi::custom_type!(
    /// A text in several languages: language tag (BCP 47) to text. English, `en`, is always present.
    Localised, std::collections::HashMap<String, String>, {
    remote,
    lower: |text| text.into_iter().collect(),
    try_lift: |text| Ok(text.into_iter().collect()),
});

uniffi::custom_type!(
    /// The lines, in display order.
    Lines, Vec<pack::Line>, {
    lower: |table| table.0,
    try_lift: |lines| Ok(pack::Table(lines)),
});

// Crosses although no screen displays it: a phone number that is read, changed and saved again keeps
// what a newer version of the app wrote into it.
uniffi::custom_type!(
    /// What a newer version wrote and this one does not know, as JSON. Usually nothing. Pass it back
    /// unchanged.
    Unknown, Option<String>, {
    remote,
    lower: |unknown| (!unknown.is_empty()).then(|| Value::Object(unknown).to_string()),
    try_lift: |unknown| Ok(match unknown {
        Some(json) => serde_json::from_str(&json)?,
        None => Map::new(),
    }),
});
