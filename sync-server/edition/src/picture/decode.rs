//! Decoding pictures of any size and origin within fixed limits.

use std::io::Cursor;

use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

use super::{MAX_PIXELS, PictureError, jpeg};

/// The longest side that is decoded, in pixels.
const MAX_SIDE: u32 = 16_000;

/// The most memory that a decoded picture takes, in bytes.
const MAX_MEMORY: u64 = 256 << 20;

/// A decoded picture.
pub(super) struct Decoded {
    /// The pixels, upright.
    pub(super) image: DynamicImage,
    /// The ICC profile of the colours; `None` for sRGB.
    pub(super) profile: Option<Vec<u8>>,
    /// `true` if it is likely a drawing rather than a photograph, which is seldom a PNG.
    pub(super) is_drawing: bool,
}

/// Decodes a picture and turns it upright.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, PictureError> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format();
    let mut reader = reader.map_err(|_| PictureError::NotAPicture)?;
    let format = match reader.format() {
        Some(format @ (ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::WebP)) => format,
        _ if is_heic(bytes) => return Err(PictureError::Heic),
        _ => return Err(PictureError::NotAPicture),
    };
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| to_error(&error))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MAX_PIXELS || decoder.total_bytes() > MAX_MEMORY {
        return Err(PictureError::TooManyPixels);
    }
    if format == ImageFormat::Jpeg && !jpeg::is_complete(bytes) {
        return Err(PictureError::Damaged);
    }
    // Cameras record how they were held instead of turning the picture.
    let orientation = decoder.orientation().map_err(|error| to_error(&error))?;
    // A picture with a damaged profile is still of use.
    let profile = decoder.icc_profile().ok().flatten();
    let mut image = DynamicImage::from_decoder(decoder).map_err(|error| to_error(&error))?;
    image.apply_orientation(orientation);
    Ok(Decoded { image, profile, is_drawing: format == ImageFormat::Png })
}

fn to_error(error: &image::ImageError) -> PictureError {
    match error {
        image::ImageError::Limits(_) => PictureError::TooManyPixels,
        image::ImageError::Unsupported(_) => PictureError::NotAPicture,
        _ => PictureError::Damaged,
    }
}

fn is_heic(bytes: &[u8]) -> bool {
    let brand = bytes.get(4..12).unwrap_or_default();
    [b"ftyphei", b"ftyphev", b"ftypmif", b"ftypmsf"].iter().any(|known| brand.starts_with(*known))
}
