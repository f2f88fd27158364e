//! What an error means. Kotlin and Swift have its variant; the text and the advice are the core's.

use promise_core::PromiseError;

use crate::guard::guard;

/// What happened and what to do next, in plain English to show to the person. It holds nothing
/// personal.
#[uniffi::export]
pub fn error_message(error: PromiseError) -> Result<String, PromiseError> {
    guard(|| Ok(error.to_string()))
}

/// Returns true if the same call can succeed later. If not, something else must happen first; the
/// message explains what.
#[uniffi::export]
pub fn can_retry(error: PromiseError) -> Result<bool, PromiseError> {
    guard(|| Ok(error.can_retry()))
}
