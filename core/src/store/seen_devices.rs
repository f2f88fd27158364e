//! Which of the person's other phones they have seen on this one. Stays on this phone.

use std::collections::BTreeSet;

use super::StoreError;

/// Stores which phones are not new to the person on this phone.
pub trait SeenDeviceStore {
    /// Returns the ids of the phones that the person has seen here.
    fn seen_devices(&mut self) -> Result<BTreeSet<String>, StoreError>;
    /// Keeps that the person has seen this phone.
    fn mark_device_seen(&mut self, id: &str) -> Result<(), StoreError>;
    /// Returns the time after which a phone that was paired is new here, by the server's clock in
    /// milliseconds since 1970: when this phone was first paired. 0 before that.
    fn devices_new_after(&mut self) -> Result<i64, StoreError>;
    /// Sets that time.
    fn set_devices_new_after(&mut self, millis: i64) -> Result<(), StoreError>;
}
