//! Serde for times of day, written `09:00`: `#[serde(with = "hour_and_minute")]`.

use chrono::NaiveTime;
use serde::{Deserialize, Deserializer, Serializer};

const FORM: &str = "%H:%M";

/// Writes `09:00`.
pub fn serialize<S: Serializer>(time: &NaiveTime, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&time.format(FORM))
}

/// Reads `09:00`.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveTime, D::Error> {
    let text = String::deserialize(deserializer)?;
    NaiveTime::parse_from_str(&text, FORM)
        .map_err(|_| serde::de::Error::custom("a time of day is written 09:00"))
}
