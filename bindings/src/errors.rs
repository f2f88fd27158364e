//! What an error says. Kotlin and Swift have its variant; the words and the advice are the core's.

use promise_core::PromiseError;

use crate::guard::guard;

/// What happened and what to do next, in plain words to show. They hold nothing personal.
#[uniffi::export]
pub fn words(error: PromiseError) -> Result<String, PromiseError> {
    guard(|| Ok(error.to_string()))
}

/// Whether the very same call can go well later. If not, something else must happen first, and the
/// words say what.
#[uniffi::export]
pub fn can_retry(error: PromiseError) -> Result<bool, PromiseError> {
    guard(|| Ok(error.can_retry()))
}
