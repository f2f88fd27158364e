//! The fingerprint of a database's key, in a small file beside it.
//!
//! From inside the database a wrong key and a corrupt file look alike. The fingerprint tells them
//! apart.

use std::{fs, io::Write, path::Path};

use super::files::with_suffix;
use crate::{key::DatabaseKey, store::StoreError};

/// Returns `true` if the key is the one that the database was created with, and `None` if that is
/// unknown: the fingerprint is missing, or was cut off while it was written. Writes the fingerprint
/// if there is no database yet.
pub(super) fn check(path: &Path, key: &DatabaseKey) -> Result<Option<bool>, StoreError> {
    if !path.exists() {
        return write(path, key).map(|()| Some(true));
    }
    let held = fs::read_to_string(with_suffix(path, "-key")).unwrap_or_default();
    let (held, expected) = (held.trim(), key.fingerprint());
    let is_whole = held.len() == expected.len() && held.bytes().all(|b| b.is_ascii_hexdigit());
    Ok(is_whole.then(|| held == expected))
}

/// Writes the fingerprint of the key that fits the database.
pub(super) fn write(path: &Path, key: &DatabaseKey) -> Result<(), StoreError> {
    write_whole(&with_suffix(path, "-key"), &key.fingerprint()).map_err(|error| {
        match error.kind() {
            std::io::ErrorKind::StorageFull => StoreError::DiskFull,
            std::io::ErrorKind::ReadOnlyFilesystem | std::io::ErrorKind::PermissionDenied => {
                StoreError::ReadOnly
            }
            _ => StoreError::CannotOpen,
        }
    })
}

/// Writes a small file so that, after a power cut, it is there whole or not at all.
fn write_whole(path: &Path, text: &str) -> std::io::Result<()> {
    let new = with_suffix(path, "-new");
    let mut file = fs::File::create(&new)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(new, path)
}
