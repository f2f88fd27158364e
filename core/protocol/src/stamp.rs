//! Stamps: when an edit was made and by whom, totally ordered.
//!
//! A [`Stamp`] is a reading of a hybrid logical clock (Kulkarni and others, "Logical Physical
//! Clocks", 2014) plus its author. It follows real time where clocks are right, and still puts an
//! edit after everything its author had seen where they are wrong.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

use crate::base32hex;

/// How far ahead of the server's clock a stamp may be: ten minutes, in milliseconds.
pub const MAX_AHEAD_MILLIS: u64 = 10 * 60 * 1000;

const TICK_BITS: u32 = 16;
const READING_CHARS: usize = 13;
const AUTHOR_CHARS: usize = 9;

/// One reading of a hybrid logical clock: milliseconds since 1970 (48 bits), then a counter
/// (16 bits) for readings within one millisecond. A full counter carries into the milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reading(u64);

impl Reading {
    /// The first reading of a millisecond. Clamps times before 1970 and after the year 6,429, so that
    /// a broken clock neither overflows nor gives a reading that a database's signed integer cannot
    /// hold.
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

    /// The reading for an edit made now: not before `now_millis`, and greater than `seen`.
    #[must_use]
    pub fn after(seen: Self, now_millis: i64) -> Self {
        seen.next().max(Self::at_millis(now_millis))
    }

    /// Returns `true` if this reading is further ahead of the server's clock than a server accepts.
    pub fn is_too_far_ahead(self, server_now_millis: i64) -> bool {
        self > Self::latest_acceptable(server_now_millis)
    }

    /// The greatest reading that a server accepts when its clock is at `server_now_millis`.
    #[must_use]
    pub fn latest_acceptable(server_now_millis: i64) -> Self {
        let now = u64::try_from(server_now_millis).unwrap_or(0);
        Self::at_millis(i64::try_from(now.saturating_add(MAX_AHEAD_MILLIS)).unwrap_or(i64::MAX))
    }

    /// This reading as a number for a database's signed integer column.
    pub fn to_i64(self) -> i64 {
        i64::try_from(self.0).unwrap_or(i64::MAX)
    }

    /// The reading from a number of [`Reading::to_i64`]. A negative number gives zero.
    pub fn from_i64(stored: i64) -> Self {
        Self(u64::try_from(stored).unwrap_or(0))
    }
}

/// The kind of an author.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthorKind {
    /// One of the young person's phones. Each pairing gets a new author.
    Phone,
    /// The council's staff, through the server. Each generation of a server gets a new author, so
    /// that a server restored from an old backup cannot issue a stamp a second time.
    Staff,
}

/// The author of a stamp: `p` (phone) or `s` (staff) and 40 random bits in base32hex.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Author(String);

impl Author {
    /// Creates an author from its kind and 40 random bits. It only needs to be unique within a person.
    pub fn new(kind: AuthorKind, random: [u8; 5]) -> Self {
        let letter = match kind {
            AuthorKind::Phone => 'p',
            AuthorKind::Staff => 's',
        };
        Self(format!("{letter}{}", base32hex::encoding().encode(&random)))
    }

    /// The author's kind.
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
            && text.bytes().skip(1).all(base32hex::is_symbol);
        if is_author { Ok(Self(text.to_owned())) } else { Err(StampError::Author) }
    }
}

/// A stamp. The greatest wins. Its text form, `{13 characters}-{author}`, sorts in the same order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp {
    /// The clock's reading.
    pub reading: Reading,
    /// Its author. Decides only between equal readings.
    pub author: Author,
}

impl Stamp {
    /// Creates a stamp from its parts.
    pub fn new(reading: Reading, author: Author) -> Self {
        Self { reading, author }
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", base32hex::encoding().encode(&self.reading.0.to_be_bytes()), self.author)
    }
}

impl FromStr for Stamp {
    type Err = StampError;

    fn from_str(text: &str) -> Result<Self, StampError> {
        let (reading, author) = text.split_once('-').ok_or(StampError::Format)?;
        if reading.len() != READING_CHARS || !reading.bytes().all(base32hex::is_symbol) {
            return Err(StampError::Format);
        }
        let bytes =
            base32hex::encoding().decode(reading.as_bytes()).map_err(|_| StampError::Format)?;
        let bytes = <[u8; 8]>::try_from(bytes).map_err(|_| StampError::Format)?;
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

/// The text is not a stamp or an author. Retrying does not help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum StampError {
    /// It is not 13 base32hex characters, a dash and an author.
    #[error("a stamp is 13 base32hex characters, a dash and its author")]
    Format,
    /// The part after the dash is not an author.
    #[error("a stamp's author is p or s and 8 base32hex characters")]
    Author,
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
    fn reading_after_a_seen_one_is_greater_with_any_clock() {
        let seen = Reading::at_millis(4_000_000_000_000);
        for now in [i64::MIN, -1, 0, 1_764_000_000_000, 4_000_000_000_000, i64::MAX] {
            assert!(Reading::after(seen, now) > seen, "clock {now}");
        }
    }

    #[test]
    fn full_counter_carries_into_the_milliseconds() {
        let full = Reading(Reading::at_millis(7).0 | 0xffff);
        assert_eq!(full.next(), Reading::at_millis(8));
    }

    #[test]
    fn reading_ten_minutes_ahead_is_accepted_and_one_tick_more_is_not() {
        let edge = Reading::at_millis(1_000_000 + 600_000);
        assert!(!edge.is_too_far_ahead(1_000_000));
        assert!(edge.next().is_too_far_ahead(1_000_000));
    }

    #[test]
    fn text_that_is_not_a_stamp_is_refused() {
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
