//! For the suites in Kotlin and Swift: calls that go wrong on purpose. Not in what is released.

use promise_core::Error;

use crate::guard::guard;

/// Panics, inside the guard that every call has.
#[uniffi::export]
pub fn panic_on_purpose() -> Result<(), Error> {
    #[expect(clippy::panic, reason = "this is what it is for")]
    guard(|| panic!("on purpose"))
}

/// Fails with the error it is given.
#[uniffi::export]
pub fn fail_with(error: Error) -> Result<(), Error> {
    guard(|| Err(error))
}
