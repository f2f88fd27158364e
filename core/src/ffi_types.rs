//! How the types of other crates go to Kotlin and Swift, beside those that the protocol's own
//! [`ffi_types`](promise_protocol::foreign) tells. `bindings/uniffi.toml` says what they are there.

use std::collections::BTreeSet;

use promise_protocol::ffi_types::{Instant, LocalDate, Localised};
use serde_json::Value;

/// How many of something.
pub type Count = usize;
/// Names, each once.
pub type Names = BTreeSet<String>;
/// Something a person wrote.
pub type Written = Value;

uniffi::use_remote_type!(promise_protocol::Instant);
uniffi::use_remote_type!(promise_protocol::LocalDate);
uniffi::use_remote_type!(promise_protocol::Localised);

uniffi::custom_type!(
    /// How many.
    Count, u32, {
    remote,
    lower: |count| u32::try_from(count).unwrap_or(u32::MAX),
    try_lift: |count| Ok(usize::try_from(count)?),
});

uniffi::custom_type!(
    /// Names, each once.
    Names, Vec<String>, {
    remote,
    lower: |names| names.into_iter().collect(),
    try_lift: |names| Ok(names.into_iter().collect()),
});

uniffi::custom_type!(
    /// What a person wrote, as text.
    Written, String, {
    remote,
    lower: |written| match written {
        Value::String(text) => text,
        other => other.to_string(),
    },
    try_lift: |text| Ok(Value::String(text)),
});
