//! Converting colours to sRGB. Prepared pictures have no profile, and without one colours are sRGB.

use image::DynamicImage;
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

/// Converts a picture from its ICC profile, such as Display P3 of an iPhone or Adobe RGB of a camera,
/// to sRGB. A picture without a profile, or with one that cannot be read, stays as it is.
pub(super) fn to_srgb(image: DynamicImage, profile: Option<&[u8]>) -> DynamicImage {
    let profile = profile.and_then(|profile| ColorProfile::new_from_slice(profile).ok());
    profile.and_then(|profile| convert(&image, &profile)).unwrap_or(image)
}

/// Returns `None` if the profile is for another kind of pixels: decoders convert ink colours (CMYK)
/// themselves.
fn convert(image: &DynamicImage, profile: &ColorProfile) -> Option<DynamicImage> {
    let is_gray = profile.color_space == DataColorSpace::Gray && !image.color().has_color();
    if !is_gray && profile.color_space != DataColorSpace::Rgb {
        return None;
    }
    if image.color().has_alpha() {
        let mut pixels = image.to_rgba8();
        let source = pixels.clone();
        if is_gray {
            let gray = image.to_luma_alpha8();
            transform(profile, (Layout::GrayAlpha, &gray), (Layout::Rgba, &mut pixels))?;
        } else {
            transform(profile, (Layout::Rgba, &source), (Layout::Rgba, &mut pixels))?;
        }
        return Some(pixels.into());
    }
    let mut pixels = image.to_rgb8();
    let source = pixels.clone();
    if is_gray {
        let gray = image.to_luma8();
        transform(profile, (Layout::Gray, &gray), (Layout::Rgb, &mut pixels))?;
    } else {
        transform(profile, (Layout::Rgb, &source), (Layout::Rgb, &mut pixels))?;
    }
    Some(pixels.into())
}

fn transform(
    profile: &ColorProfile,
    (from, source): (Layout, &[u8]),
    (to, target): (Layout, &mut [u8]),
) -> Option<()> {
    let srgb = ColorProfile::new_srgb();
    let transform = profile.create_transform_8bit(from, &srgb, to, TransformOptions::default());
    transform.ok()?.transform(source, target).ok()
}
