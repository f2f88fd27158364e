//! Pictures of the promise that is shown.

use promise_protocol::pack::Picture;

use super::StoreError;

/// Whether a picture is on this phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureStatus {
    /// It was not fetched yet.
    Missing,
    /// It is here.
    Present,
    /// The server does not have it, or sent other bytes. It is not requested again until another
    /// promise is shown or the person asks.
    Unavailable,
}

/// Stores pictures, by hash, and the setting that belongs to them.
pub trait PictureStore {
    /// Lists the pictures that the shown promise refers to, those of sections first.
    fn promise_pictures(&mut self) -> Result<Vec<Picture>, StoreError>;
    /// Returns the status of a picture.
    fn picture_status(&mut self, hash: &str) -> Result<PictureStatus, StoreError>;
    /// Returns the bytes of a picture that is present.
    fn picture(&mut self, hash: &str) -> Result<Option<Vec<u8>>, StoreError>;
    /// Keeps a picture, or with `None` marks it as unavailable.
    fn put_picture(&mut self, hash: &str, bytes: Option<&[u8]>) -> Result<(), StoreError>;
    /// Marks unavailable pictures as missing.
    fn retry_unavailable_pictures(&mut self) -> Result<(), StoreError>;
    /// Returns `true` if a sync fetches pictures, which is the default.
    fn pictures_with_sync(&mut self) -> Result<bool, StoreError>;
    /// Sets whether a sync fetches pictures.
    fn set_pictures_with_sync(&mut self, with_sync: bool) -> Result<(), StoreError>;
}
