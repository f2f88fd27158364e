//! For the suites in Kotlin and Swift: calls that go wrong on purpose. Not in what is released.

use std::alloc::System;

use cap::Cap;
use promise_core::PromiseError;

use crate::{guard::guard, phone::PocketPhone};

/// Counts what is held. A process's resident memory says little: a virtual machine takes and gives as
/// it likes.
#[global_allocator]
static HELD: Cap<System> = Cap::new(System, usize::MAX);

/// How many bytes the library holds at this moment, what SQLite took for itself left out.
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
