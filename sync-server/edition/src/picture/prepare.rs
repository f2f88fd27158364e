//! Scaling and encoding pictures until they are small enough.

use image::{DynamicImage, imageops::FilterType};
use promise_protocol::pack::{MAX_PICTURE_BYTES, MAX_PICTURE_PIXELS, hash};

use super::{
    MAX_UPLOAD_BYTES, PictureError, PreparedPicture,
    colour::to_srgb,
    decode::{Decoded, decode},
};

/// The lengths of the longer side that are tried, in pixels.
const SIDES: [u32; 5] = [MAX_PICTURE_PIXELS, 800, 640, 480, 320];

/// The qualities of lossy encoding that are tried at each length.
const QUALITIES: [f32; 4] = [82.0, 70.0, 58.0, 45.0];

/// The effort of lossless encoding, of 100.
const LOSSLESS_EFFORT: f32 = 75.0;

/// Prepares a picture: scales and encodes it until it is small enough. Takes up to some seconds and
/// 256 MB, so run it on a thread of its own, one at a time.
pub fn prepare(bytes: &[u8]) -> Result<PreparedPicture, PictureError> {
    if bytes.len() > MAX_UPLOAD_BYTES {
        return Err(PictureError::TooManyBytes);
    }
    let Decoded { image, profile, is_drawing } = decode(bytes)?;
    for side in SIDES {
        let image = to_srgb(scale_to_fit(&image, side), profile.as_deref());
        // A drawing of few colours is smaller without loss, and sharp.
        let lossless = if is_drawing { encode(&image, None) } else { None };
        let lossy = QUALITIES.into_iter().map(|quality| encode(&image, Some(quality)));
        let fits = |bytes: &Vec<u8>| bytes.len() <= MAX_PICTURE_BYTES as usize;
        let encoded = lossless.filter(fits).or_else(|| lossy.flatten().find(fits));
        if let Some(bytes) = encoded {
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

fn scale_to_fit(image: &DynamicImage, side: u32) -> DynamicImage {
    if image.width().max(image.height()) <= side {
        return image.clone();
    }
    image.resize(side, side, FilterType::CatmullRom)
}

/// Encodes a picture as WebP, without loss if no quality is given.
fn encode(image: &DynamicImage, quality: Option<f32>) -> Option<Vec<u8>> {
    let (width, height) = (image.width(), image.height());
    let (is_lossless, quality) = (quality.is_none(), quality.unwrap_or(LOSSLESS_EFFORT));
    let encoded = if image.color().has_alpha() {
        let pixels = image.to_rgba8();
        webp::Encoder::from_rgba(&pixels, width, height).encode_simple(is_lossless, quality)
    } else {
        let pixels = image.to_rgb8();
        webp::Encoder::from_rgb(&pixels, width, height).encode_simple(is_lossless, quality)
    };
    encoded.ok().map(|memory| memory.to_vec())
}
