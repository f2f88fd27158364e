//! Keeps panics on this side of the boundary.

use std::panic::{AssertUnwindSafe, catch_unwind};

use promise_core::PromiseError;

/// Runs a call. A panic is a bug of ours and becomes an internal error: what was not committed is
/// not stored, and later calls work (locks do not stay poisoned).
pub(crate) fn guard<T>(call: impl FnOnce() -> Result<T, PromiseError>) -> Result<T, PromiseError> {
    catch_unwind(AssertUnwindSafe(call)).unwrap_or(Err(PromiseError::Internal))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panic_becomes_an_error_and_the_next_call_works() {
        assert_eq!(guard::<()>(|| panic!("on purpose")), Err(PromiseError::Internal));
        assert_eq!(guard(|| Ok(1)), Ok(1));
    }
}
