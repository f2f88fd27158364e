//! Pure reckoning over what the phone holds: no store, no network, no clock.

pub(crate) mod london;
