//! Panics stay on this side.

use std::panic::{AssertUnwindSafe, catch_unwind};

use promise_core::PromiseError;

/// Does what a call asks. A panic is a mistake of ours: the caller is told of an internal error,
/// what was not committed is not there, and the phone goes on (its locks do not stay poisoned).
pub(crate) fn guard<T>(work: impl FnOnce() -> Result<T, PromiseError>) -> Result<T, PromiseError> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(PromiseError::Internal))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_an_error_and_the_next_call_works() {
        assert_eq!(guard::<()>(|| panic!("on purpose")), Err(PromiseError::Internal));
        assert_eq!(guard(|| Ok(1)), Ok(1));
    }
}
