//! Pictures, prepared for phones: small, upright, and without metadata such as the place, time and
//! camera of a photograph.

mod colour;
mod decode;
mod jpeg;
mod prepare;

use promise_protocol::pack::{Localised, MAX_PICTURES_BYTES, Picture};
use thiserror::Error;

pub use prepare::prepare;

/// The largest file that is read, in bytes: a photograph at full size.
pub const MAX_UPLOAD_BYTES: usize = 15 << 20;

/// The most pixels that are decoded. A file of a few kilobytes can unfold to gigabytes.
const MAX_PIXELS: u64 = 50_000_000;

/// Why a picture cannot be used. The text tells the person who chose it what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PictureError {
    /// The file is not of a format that is read.
    #[error(
        "this is not a picture we can read; save it as JPEG, PNG or WebP, and choose that file"
    )]
    NotAPicture,
    /// The file is of the format in which iPhones keep photographs.
    #[error(
        "this photograph is in Apple's own form (HEIC); save or send it as JPEG, and choose that file"
    )]
    Heic,
    /// The file begins as a picture and cannot be read to its end.
    #[error(
        "this picture is damaged or was cut short; open it, save it again, and choose the new file"
    )]
    Damaged,
    /// The file has too many bytes.
    #[error("this file is larger than {} MB; save a smaller picture, and choose that file", MAX_UPLOAD_BYTES >> 20)]
    TooManyBytes,
    /// The picture has too many pixels.
    #[error("this picture has more than {} million points; save it smaller, and choose that file", MAX_PIXELS / 1_000_000)]
    TooManyPixels,
    /// No tried size and quality is small enough, or the picture cannot be encoded.
    #[error("this picture cannot be made small enough for a phone; choose a simpler one")]
    NotSmall,
    /// The promise names a picture that was not added.
    #[error("a picture that the promise names is not here; choose it again")]
    Missing,
    /// The picture has no English alternative text.
    #[error(
        "a picture of the promise has no words for people who cannot see it; write them in English at least"
    )]
    NoWords,
    /// All pictures of the promise together are too large.
    #[error("the pictures of the promise take more than {} kB together; take some out", MAX_PICTURES_BYTES / 1000)]
    TooMuch,
}

/// A picture that is ready to be stored and sent to phones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreparedPicture {
    /// The SHA-256 of its bytes, in hexadecimal.
    pub hash: String,
    /// Its media type.
    pub media_type: String,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl PreparedPicture {
    /// The picture as a promise names it, with its alternative text.
    pub fn with_alt(&self, alt: Localised) -> Picture {
        Picture {
            hash: self.hash.clone(),
            media_type: self.media_type.clone(),
            width: self.width,
            height: self.height,
            bytes: u32::try_from(self.bytes.len()).unwrap_or(u32::MAX),
            alt,
            unknown: serde_json::Map::new(),
        }
    }
}

#[cfg(test)]
mod tests;
