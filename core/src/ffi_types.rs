//! How types of other crates cross to Kotlin and Swift, beside those in the protocol's own
//! [`ffi_types`](promise_protocol::ffi_types). `bindings/uniffi.toml` has their names there.

use std::collections::BTreeSet;

use promise_protocol::ffi_types::{Instant, LocalDate, Localised};
use serde_json::Value;

/// A count.
pub type Count = usize;
/// The names of collections, each once.
pub type Names = BTreeSet<String>;
/// A value that a person wrote.
pub type Written = Value;

uniffi::use_remote_type!(promise_protocol::Instant);
uniffi::use_remote_type!(promise_protocol::LocalDate);
uniffi::use_remote_type!(promise_protocol::Localised);

uniffi::custom_type!(
    /// A count.
    Count, u32, {
    remote,
    lower: |count| u32::try_from(count).unwrap_or(u32::MAX),
    try_lift: |count| Ok(usize::try_from(count)?),
});

uniffi::custom_type!(
    /// The names of collections, each once.
    Names, Vec<String>, {
    remote,
    lower: |names| names.into_iter().collect(),
    try_lift: |names| Ok(names.into_iter().collect()),
});

uniffi::custom_type!(
    /// A value that a person wrote, as text.
    Written, String, {
    remote,
    lower: |written| match written {
        Value::String(text) => text,
        other => other.to_string(),
    },
    try_lift: |text| Ok(Value::String(text)),
});
