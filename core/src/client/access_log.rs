//! The part of the council's access log that is about the young person.

use super::{PocketPhone, PromiseError};
use crate::collections::access::{self, AccessEntry};

impl PocketPhone {
    /// Lists which staff opened what the council holds about the person, and what they changed, newest
    /// day first: as the council's server reports it, for the last 13 months. Empty unless the app lock is
    /// open.
    pub fn access_log(&self) -> Result<Vec<AccessEntry>, PromiseError> {
        self.read_private(access::list)
    }
}
