//! What a screen shows of a telephone number, and the link that rings or texts it.

use promise_core::{PhoneNumberUse, PromiseError};
use promise_protocol::values::PhoneNumber;

use crate::guard::guard;

/// What a screen shows of a number, and the link that rings or texts it.
#[uniffi::export]
pub fn phone_number_use(number: PhoneNumber) -> Result<PhoneNumberUse, PromiseError> {
    guard(|| Ok(PhoneNumberUse::new(&number)))
}
