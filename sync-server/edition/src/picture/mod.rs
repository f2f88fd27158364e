//! Pictures as they are given to us, made into what phones get: small, upright, and with nothing in
//! them but what is seen. Where a photograph was taken, when and with what is gone.

use std::io::Cursor;

use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, imageops::FilterType};
use promise_protocol::pack::{
    Localised, MAX_PICTURE_BYTES, MAX_PICTURE_PIXELS, MAX_PICTURES_BYTES, Picture, hash,
};
use thiserror::Error;

/// The largest file that is read: a photograph as a phone takes it.
pub const MAX_UPLOAD_BYTES: usize = 15 << 20;

/// The most pixels that are read. A file of some kilobytes can unfold to gigabytes.
const MAX_PIXELS: u64 = 50_000_000;
const MAX_SIDE_PIXELS: u32 = 16_000;
const MAX_MEMORY: u64 = 256 << 20;

/// What is tried until it is small enough: how long the longer side is, and how good.
const SIDES: [u32; 5] = [MAX_PICTURE_PIXELS, 800, 640, 480, 320];
const QUALITIES: [f32; 4] = [82.0, 70.0, 58.0, 45.0];

/// Why a picture cannot be used, in words for whoever chose it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PictureError {
    /// No file that we read.
    #[error(
        "this is not a picture we can read; save it as JPEG, PNG or WebP, and choose that file"
    )]
    NotAPicture,
    /// What iPhones keep photographs as.
    #[error(
        "this photograph is in Apple's own form (HEIC); save or send it as JPEG, and choose that file"
    )]
    Heic,
    /// It began as a picture, and could not be read to its end.
    #[error(
        "this picture is damaged or was cut short; open it, save it again, and choose the new file"
    )]
    Damaged,
    /// Too many bytes.
    #[error("this file is larger than {} MB; save a smaller picture, and choose that file", MAX_UPLOAD_BYTES >> 20)]
    TooManyBytes,
    /// Too many pixels.
    #[error("this picture has more than {} million points; save it smaller, and choose that file", MAX_PIXELS / 1_000_000)]
    TooManyPixels,
    /// It cannot be made small enough, or not be written at all.
    #[error("this picture cannot be made small enough for a phone; choose a simpler one")]
    NotSmall,
    /// It is named, and was never added.
    #[error("a picture that the promise names is not here; choose it again")]
    Missing,
    /// Nothing is said for those who do not see it.
    #[error(
        "a picture of the promise has no words for people who cannot see it; write them in English at least"
    )]
    NoWords,
    /// All of them together.
    #[error("the pictures of the promise take more than {} kB together; take some out", MAX_PICTURES_BYTES / 1000)]
    TooMuch,
}

/// A picture that is ready to be kept and given out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreparedPicture {
    /// The SHA-256 of its bytes, in hexadecimal.
    pub hash: String,
    /// What it is written as.
    pub media_type: String,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl PreparedPicture {
    /// The picture as a promise names it, with words for whoever does not see it.
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

/// Makes a picture ready. It takes up to some seconds and 256 MB, so it belongs on a thread of its
/// own, one at a time.
pub fn prepare(bytes: &[u8]) -> Result<PreparedPicture, PictureError> {
    if bytes.len() > MAX_UPLOAD_BYTES {
        return Err(PictureError::TooManyBytes);
    }
    let (image, is_drawn) = decode(bytes)?;
    for side in SIDES {
        let image = within(&image, side);
        let drawn = if is_drawn { lossless(&image) } else { None };
        // A drawing of few colours is smaller without loss, and sharp.
        let seen = QUALITIES.into_iter().map(|quality| lossy(&image, quality));
        let fits = |bytes: &Vec<u8>| bytes.len() <= MAX_PICTURE_BYTES as usize;
        let best = drawn.filter(fits).or_else(|| seen.flatten().find(fits));
        if let Some(bytes) = best {
            return Ok(PreparedPicture {
                hash: hash(&bytes),
                media_type: "image/webp".into(),
                width: image.width(),
                height: image.height(),
                bytes,
            });
        }
    }
    Err(PictureError::NotSmall)
}

/// The picture upright, and whether it was drawn rather than taken: photographs are seldom PNG.
fn decode(bytes: &[u8]) -> Result<(DynamicImage, bool), PictureError> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format();
    let mut reader = reader.map_err(|_| PictureError::NotAPicture)?;
    let format = match reader.format() {
        Some(format @ (ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::WebP)) => format,
        _ if is_heic(bytes) => return Err(PictureError::Heic),
        _ => return Err(PictureError::NotAPicture),
    };
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE_PIXELS);
    limits.max_image_height = Some(MAX_SIDE_PIXELS);
    limits.max_alloc = Some(MAX_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| problem(&error))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MAX_PIXELS || decoder.total_bytes() > MAX_MEMORY {
        return Err(PictureError::TooManyPixels);
    }
    // Phones write down how they were held instead of turning the picture.
    let held = decoder.orientation().map_err(|error| problem(&error))?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(|error| problem(&error))?;
    image.apply_orientation(held);
    Ok((image, format == ImageFormat::Png))
}

fn problem(error: &image::ImageError) -> PictureError {
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

fn within(image: &DynamicImage, side: u32) -> DynamicImage {
    if image.width().max(image.height()) <= side {
        return image.clone();
    }
    image.resize(side, side, FilterType::CatmullRom)
}

fn lossless(image: &DynamicImage) -> Option<Vec<u8>> {
    webp(image, true, 75.0)
}

fn lossy(image: &DynamicImage, quality: f32) -> Option<Vec<u8>> {
    webp(image, false, quality)
}

fn webp(image: &DynamicImage, lossless: bool, quality: f32) -> Option<Vec<u8>> {
    let (width, height) = (image.width(), image.height());
    let encoded = if image.color().has_alpha() {
        let pixels = image.to_rgba8();
        webp::Encoder::from_rgba(&pixels, width, height).encode_simple(lossless, quality)
    } else {
        let pixels = image.to_rgb8();
        webp::Encoder::from_rgb(&pixels, width, height).encode_simple(lossless, quality)
    };
    encoded.ok().map(|memory| memory.to_vec())
}

#[cfg(test)]
mod tests;
