//! Pictures, which the promise names.

use std::collections::BTreeSet;

use super::DatabaseError;

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredPicture {
    /// The SHA-256 of its bytes, in hexadecimal.
    pub hash: String,
    /// What it is written as, such as `image/webp`.
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
    /// Keeps a picture. One that is there counts as added again.
    fn add_picture(
        &mut self,
        picture: &StoredPicture,
        now_millis: i64,
    ) -> Result<(), DatabaseError>;

    /// The picture of this hash.
    fn picture(&mut self, hash: &str) -> Result<Option<StoredPicture>, DatabaseError>;

    /// How many bytes the picture of this hash has, if it is there.
    fn picture_size(&mut self, hash: &str) -> Result<Option<u64>, DatabaseError>;

    /// Notes that a pack names a picture.
    fn add_pack_picture(&mut self, pack: &str, picture: &str) -> Result<(), DatabaseError>;

    /// Forgets pictures that were last added before a moment, that no pack names, and that are not
    /// among these. Answers how many.
    fn delete_unused_pictures(
        &mut self,
        before_millis: i64,
        kept: &BTreeSet<String>,
    ) -> Result<usize, DatabaseError>;
}
