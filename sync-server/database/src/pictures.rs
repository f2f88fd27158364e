//! Pictures that the promise refers to.

use std::collections::BTreeSet;

use crate::DatabaseError;

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredPicture {
    /// The SHA-256 of its bytes, in hexadecimal.
    pub hash: String,
    /// Its media type, such as `image/webp`.
    pub media_type: String,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Pictures.
pub trait Pictures {
    /// Adds a picture. Adding one again only renews the time at which it was added.
    fn add_picture(
        &mut self,
        picture: &StoredPicture,
        now_millis: i64,
    ) -> Result<(), DatabaseError>;

    /// Returns the picture with this hash.
    fn picture(&mut self, hash: &str) -> Result<Option<StoredPicture>, DatabaseError>;

    /// Returns the size in bytes of the picture with this hash.
    fn picture_size(&mut self, hash: &str) -> Result<Option<u64>, DatabaseError>;

    /// Stores that a pack refers to a picture, which keeps the picture.
    fn add_pack_picture(&mut self, pack: &str, picture: &str) -> Result<(), DatabaseError>;

    /// Deletes the pictures that were last added before a time, that no pack refers to, and that
    /// are not in `kept`. Returns how many were deleted.
    fn delete_unused_pictures(
        &mut self,
        before_millis: i64,
        kept: &BTreeSet<String>,
    ) -> Result<usize, DatabaseError>;
}
