//! Stamps: when an edit was made and by whom, totally ordered.
//!
//! A [`Stamp`] is a reading of a hybrid logical clock (Kulkarni and others, "Logical Physical
//! Clocks", 2014) plus its author. It follows real time where clocks are right, and still puts an
//! edit after everything its author had seen where they are wrong.

use std::{fmt, str::FromStr};

use data_encoding::{BASE32HEX_NOPAD, Encoding};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

/// How far ahead of the server's clock a stamp may be, in milliseconds (ten minutes).
pub const MAX_AHEAD_MILLIS: u64 = 10 * 60 * 1000;

const TICK_BITS: u32 = 16;
const READING_CHARS: usize = 13;
const AUTHOR_CHARS: usize = 9;

/// One reading of a hybrid logical clock: milliseconds since 1970 (48 bits), then a counter
/// (16 bits) for readings within one millisecond. A full counter carries into the milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reading(u64);

impl Reading {
    /// The first reading of a millisecond. Times before 1970 read as 1970, times after the year
    /// 6,429 as that year: a broken clock may be wrong but must not overflow, nor take a reading
    /// that a database's signed integer cannot hold.
    pub fn at_millis(millis: i64) -> Self {
        let millis = u64::try_from(millis).unwrap_or(0).min((1 << 47) - 1);
        Self(millis << TICK_BITS)
    }

    /// The milliseconds since 1970 of this reading.
    pub fn millis(self) -> u64 {
        self.0 >> TICK_BITS
    }

    /// The next reading after this one.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    /// A reading for an edit made now: no earlier than `now_millis`, and greater than `seen`.
    #[must_use]
    pub fn after(seen: Self, now_millis: i64) -> Self {
        seen.next().max(Self::at_millis(now_millis))
    }

    /// Whether this reading is further ahead of the server's clock than a server accepts.
    pub fn is_too_far_ahead(self, server_now_millis: i64) -> bool {
        self > Self::latest_acceptable(server_now_millis)
    }

    /// The greatest reading a server whose clock shows `server_now_millis` accepts.
    #[must_use]
    pub fn latest_acceptable(server_now_millis: i64) -> Self {
        let now = u64::try_from(server_now_millis).unwrap_or(0);
        Self::at_millis(i64::try_from(now.saturating_add(MAX_AHEAD_MILLIS)).unwrap_or(i64::MAX))
    }

    /// This reading as a number, for storing in a database's signed integer column.
    pub fn to_i64(self) -> i64 {
        i64::try_from(self.0).unwrap_or(i64::MAX)
    }

    /// The reading stored by [`Reading::to_i64`]. A negative number reads as zero.
    pub fn from_i64(stored: i64) -> Self {
        Self(u64::try_from(stored).unwrap_or(0))
    }
}

/// What kind of author wrote a stamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthorKind {
    /// One of the young person's phones. Each pairing gets a new author.
    Phone,
    /// The council's staff, through the server. Each generation of a server gets a new author, so
    /// that a server put back from an old backup cannot issue a stamp a second time.
    Staff,
}

/// Who took a stamp: `p` (phone) or `s` (staff) and 40 random bits in base32hex.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Author(String);

impl Author {
    /// An author from its kind and 40 random bits. Authors need only be unique within a person.
    pub fn new(kind: AuthorKind, random: [u8; 5]) -> Self {
        let letter = match kind {
            AuthorKind::Phone => 'p',
            AuthorKind::Staff => 's',
        };
        Self(format!("{letter}{}", lower_base32hex().encode(&random)))
    }

    /// What kind of author this is.
    pub fn kind(&self) -> AuthorKind {
        if self.0.starts_with('p') { AuthorKind::Phone } else { AuthorKind::Staff }
    }

    /// The text form, nine characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Author {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Author {
    type Err = StampError;

    fn from_str(text: &str) -> Result<Self, StampError> {
        let is_author = text.len() == AUTHOR_CHARS
            && text.starts_with(['p', 's'])
            && text.bytes().skip(1).all(is_base32hex);
        if is_author { Ok(Self(text.to_owned())) } else { Err(StampError::Author) }
    }
}

/// A stamp: the greatest wins. Its text form, `{13 characters}-{author}`, sorts the same way.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp {
    /// The clock's reading.
    pub reading: Reading,
    /// Who took it. Decides only between equal readings.
    pub author: Author,
}

impl Stamp {
    /// A stamp from its parts.
    pub fn new(reading: Reading, author: Author) -> Self {
        Self { reading, author }
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", lower_base32hex().encode(&self.reading.0.to_be_bytes()), self.author)
    }
}

impl FromStr for Stamp {
    type Err = StampError;

    fn from_str(text: &str) -> Result<Self, StampError> {
        let (reading, author) = text.split_once('-').ok_or(StampError::Shape)?;
        if reading.len() != READING_CHARS || !reading.bytes().all(is_base32hex) {
            return Err(StampError::Shape);
        }
        let bytes = lower_base32hex().decode(reading.as_bytes()).map_err(|_| StampError::Shape)?;
        let bytes = <[u8; 8]>::try_from(bytes).map_err(|_| StampError::Shape)?;
        Ok(Self { reading: Reading(u64::from_be_bytes(bytes)), author: author.parse()? })
    }
}

impl Serialize for Stamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Stamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A text that is not a stamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum StampError {
    /// Not 13 base32hex characters, a dash and an author.
    #[error("a stamp is 13 base32hex characters, a dash and its author")]
    Shape,
    /// The part after the dash is not an author.
    #[error("a stamp's author is p or s and 8 base32hex characters")]
    Author,
}

/// A new random name for a record: 64 bits in base32hex, 13 characters.
pub fn record_id(random: [u8; 8]) -> String {
    lower_base32hex().encode(&random)
}

/// base32hex keeps the order of the bytes it encodes; lower case reads more calmly in a log.
fn lower_base32hex() -> Encoding {
    let mut spec = BASE32HEX_NOPAD.specification();
    spec.symbols.make_ascii_lowercase();
    spec.encoding().unwrap_or(BASE32HEX_NOPAD)
}

fn is_base32hex(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'a'..=b'v')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(millis: i64, random: u8) -> Stamp {
        Stamp::new(Reading::at_millis(millis), Author::new(AuthorKind::Phone, [random; 5]))
    }

    #[test]
    fn text_form_round_trips_and_sorts_like_the_stamp() {
        let mut stamps: Vec<Stamp> = [0, 1, 31, 32, 1 << 40, 1_764_000_000_000, (1 << 48) - 1]
            .into_iter()
            .flat_map(|millis| [stamp(millis, 0), stamp(millis, 9), stamp(millis, 255)])
            .collect();
        stamps.sort();
        let mut texts: Vec<String> = stamps.iter().map(ToString::to_string).collect();
        for (stamp, text) in stamps.iter().zip(&texts) {
            assert_eq!(text.len(), 23);
            assert_eq!(&text.parse::<Stamp>().unwrap(), stamp);
        }
        let in_order = texts.clone();
        texts.sort();
        assert_eq!(texts, in_order);
    }

    #[test]
    fn a_reading_after_a_seen_one_is_greater_whatever_the_clock_says() {
        let seen = Reading::at_millis(4_000_000_000_000);
        for now in [i64::MIN, -1, 0, 1_764_000_000_000, 4_000_000_000_000, i64::MAX] {
            assert!(Reading::after(seen, now) > seen, "clock {now}");
        }
    }

    #[test]
    fn a_full_counter_carries_into_the_milliseconds() {
        let full = Reading(Reading::at_millis(7).0 | 0xffff);
        assert_eq!(full.next(), Reading::at_millis(8));
    }

    #[test]
    fn ten_minutes_ahead_is_accepted_and_one_tick_more_is_not() {
        let edge = Reading::at_millis(1_000_000 + 600_000);
        assert!(!edge.is_too_far_ahead(1_000_000));
        assert!(edge.next().is_too_far_ahead(1_000_000));
    }

    #[test]
    fn texts_that_are_not_stamps_are_refused() {
        for text in [
            "",
            "-",
            "0000000000000",
            "0000000000000-x00000000",
            "0000000000000-p0000000",
            "zzzzzzzzzzzzz-p00000000",
            "00000000000000-p00000000",
            "V000000000000-p00000000",
        ] {
            assert!(text.parse::<Stamp>().is_err(), "{text}");
        }
    }
}
