//! Calls that fail on purpose, for the test suites in Kotlin and Swift. Not compiled into releases.

use std::alloc::System;

use cap::Cap;
use promise_core::PromiseError;

use crate::{guard::guard, phone::PocketPhone};

/// Counts allocated bytes. A process's resident memory does not: a virtual machine grows and
/// shrinks its heap at will.
#[global_allocator]
static HELD: Cap<System> = Cap::new(System, usize::MAX);

/// Returns how many bytes the library has allocated, without those that SQLite allocated itself.
#[uniffi::export]
pub fn bytes_held() -> u64 {
    HELD.allocated() as u64
}

#[uniffi::export]
impl PocketPhone {
    /// Limits the database's size, in pages of 4 KiB, as a full disk would.
    pub fn limit_storage(&self, pages: u32) -> Result<(), PromiseError> {
        guard(|| self.0.limit_storage(pages))
    }
}

/// Panics, inside the guard that every call has.
#[uniffi::export]
#[expect(clippy::panic, clippy::missing_panics_doc, reason = "this is what it is for")]
pub fn panic_on_purpose() -> Result<(), PromiseError> {
    guard(|| panic!("on purpose"))
}

/// Fails with the error it is given.
#[uniffi::export]
pub fn fail_with(error: PromiseError) -> Result<(), PromiseError> {
    guard(|| Err(error))
}
