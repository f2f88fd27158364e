//! Pictures that are prepared, and pictures that are refused.

use std::io::{Cursor, Write};

use image::{
    DynamicImage, ImageEncoder, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage,
    codecs::jpeg::JpegEncoder,
};

use promise_protocol::pack::{MAX_PICTURE_BYTES, MAX_PICTURE_PIXELS, hash};

use super::*;

/// Random pixels, the hardest picture to compress.
fn noise(width: u32, height: u32) -> RgbImage {
    let mut state = 0x2545_f491_u32;
    RgbImage::from_fn(width, height, |_, _| {
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            state.to_le_bytes()[0]
        };
        Rgb([next(), next(), next()])
    })
}

fn jpeg(image: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 90).encode_image(image).unwrap();
    bytes
}

fn png(image: impl Into<DynamicImage>) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.into().write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

fn decoded(prepared: &PreparedPicture) -> DynamicImage {
    image::load_from_memory_with_format(&prepared.bytes, ImageFormat::WebP).unwrap()
}

/// A JPEG with metadata as cameras write it: a maker, and the orientation (6: turned left).
fn photograph(image: &RgbImage) -> Vec<u8> {
    let mut tiff = b"MM\0\x2a\0\0\0\x08\0\x02".to_vec();
    tiff.extend(b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0"); // Orientation, short, 6
    tiff.extend(b"\x01\x0f\0\x02\0\0\0\x12\0\0\0\x26"); // Make, text of 18, at 38
    tiff.extend(b"\0\0\0\0");
    tiff.extend(b"canary-51.5N-0.12W");
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 90);
    encoder.set_exif_metadata(tiff).unwrap();
    encoder.encode_image(image).unwrap();
    assert!(bytes.windows(6).any(|part| part == b"canary"), "it is in the photograph");
    bytes
}

#[test]
fn photograph_becomes_small_upright_and_loses_metadata() {
    // Wide, with a red left edge. Held turned, it is tall with red on top.
    let mut wide = noise(1600, 900);
    for (x, _, pixel) in wide.enumerate_pixels_mut() {
        *pixel = if x < 400 { Rgb([220, 20, 20]) } else { Rgb([20, 20, 220]) };
    }
    let prepared = prepare(&photograph(&wide)).unwrap();
    assert_eq!((prepared.width, prepared.height), (540, 960));
    assert!(prepared.bytes.len() <= MAX_PICTURE_BYTES as usize);
    assert_eq!(
        (prepared.hash.as_str(), &*prepared.media_type),
        (&*hash(&prepared.bytes), "image/webp")
    );
    let seen = decoded(&prepared).to_rgb8();
    assert!(seen.get_pixel(270, 20)[0] > 150 && seen.get_pixel(270, 940)[2] > 150);
    for word in ["canary", "Exif", "EXIF", "ICCP", "XMP "] {
        assert!(!prepared.bytes.windows(word.len()).any(|part| part == word.as_bytes()), "{word}");
    }
    let named = prepared.with_alt(Localised::from([("en".into(), "A bus".into())]));
    assert!(named.is_usable());
}

#[test]
fn incompressible_picture_is_scaled_further() {
    let prepared = prepare(&jpeg(&noise(2000, 2000))).unwrap();
    assert!(prepared.bytes.len() <= MAX_PICTURE_BYTES as usize, "{}", prepared.bytes.len());
    assert!(prepared.width < MAX_PICTURE_PIXELS && prepared.width == prepared.height);
}

#[test]
fn drawing_stays_sharp_and_transparent() {
    let drawing = RgbaImage::from_fn(400, 300, |x, y| {
        if (x / 50 + y / 50) % 2 == 0 { Rgba([0, 90, 40, 255]) } else { Rgba([0, 0, 0, 0]) }
    });
    let prepared = prepare(&png(drawing.clone())).unwrap();
    assert_eq!((prepared.width, prepared.height), (400, 300), "nothing is scaled up");
    assert!(prepared.bytes.len() < 2_000, "{}", prepared.bytes.len());
    let seen = decoded(&prepared).to_rgba8();
    for (x, y) in [(10, 10), (60, 10), (399, 299)] {
        let (is, was) = (seen.get_pixel(x, y), drawing.get_pixel(x, y));
        assert!(is == was || (is[3] == 0 && was[3] == 0), "{x} {y}: {is:?} {was:?}");
    }
}

#[test]
fn every_format_and_colour_type_is_read() {
    let image = DynamicImage::from(noise(40, 30));
    let mut webp = Cursor::new(Vec::new());
    image.write_to(&mut webp, ImageFormat::WebP).unwrap();
    let all = [
        png(image.clone()),
        png(image.to_luma8()),
        png(image.to_luma_alpha8()),
        png(image.to_rgb16()),
        jpeg(&image.to_rgb8()),
        webp.into_inner(),
        png(noise(1, 1)),
        png(noise(3000, 1)),
    ];
    for bytes in all {
        let prepared = prepare(&bytes).unwrap();
        assert!(prepared.with_alt(Localised::new()).is_usable(), "{prepared:?}");
    }
    assert_eq!(prepare(&png(image.clone())), prepare(&png(image)), "the same each time");
}

/// A PNG that announces this size and holds next to nothing.
fn bomb(width: u32, height: u32) -> Vec<u8> {
    let chunk = |kind: &[u8; 4], data: &[u8]| {
        let checked = [&kind[..], data].concat();
        let length = u32::try_from(data.len()).unwrap().to_be_bytes();
        [&length[..], &checked, &crc(&checked).to_be_bytes()].concat()
    };
    let size = [width.to_be_bytes(), height.to_be_bytes()].concat();
    let head = [&size[..], &[8, 0, 0, 0, 0]].concat();
    let mut zeros = vec![0x78, 0x01];
    zeros.write_all(&[1, 0, 0, 0xff, 0xff, 0, 0, 0, 1]).unwrap();
    [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        chunk(b"IHDR", &head),
        chunk(b"IDAT", &zeros),
        chunk(b"IEND", b""),
    ]
    .concat()
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 }
        })
    })
}

#[test]
fn decompression_bomb_is_refused_before_decoding() {
    for (width, height) in [(60_000, 60_000), (15_000, 15_000), (u32::MAX >> 1, 1), (7_100, 7_100)]
    {
        let refused = prepare(&bomb(width, height)).unwrap_err();
        assert_eq!(refused, PictureError::TooManyPixels, "{width} x {height}");
    }
}

#[test]
fn unusable_file_is_refused_with_advice() {
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec();
    let photograph = jpeg(&noise(300, 300));
    let cut = photograph[..photograph.len() / 3].to_vec();
    let cases = [
        (Vec::new(), PictureError::NotAPicture),
        (b"%PDF-1.7".to_vec(), PictureError::NotAPicture),
        (b"GIF89a\x01\0\x01\0".to_vec(), PictureError::NotAPicture),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), PictureError::NotAPicture),
        (heic, PictureError::Heic),
        (vec![0; MAX_UPLOAD_BYTES + 1], PictureError::TooManyBytes),
        (b"\xff\xd8\xff\xe0".to_vec(), PictureError::Damaged),
        (cut, PictureError::Damaged),
        (png(noise(30, 30))[..200].to_vec(), PictureError::Damaged),
    ];
    for (bytes, problem) in cases {
        assert_eq!(prepare(&bytes), Err(problem));
        assert!(problem.to_string().contains("choose"), "{problem} says what to do");
    }
}

#[test]
fn any_bytes_are_prepared_or_refused() {
    let seeds = [png(noise(20, 20)), jpeg(&noise(20, 20)), bomb(30, 30)];
    let mut state = 7_u32;
    for round in 0..600_usize {
        let mut bytes = seeds[round % 3].clone();
        for _ in 0..4 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let place = state as usize % bytes.len();
            bytes[place] ^= 1 << (state >> 29);
        }
        let _ = prepare(&bytes);
    }
}

#[test]
fn picture_cut_anywhere_is_refused() {
    let image = noise(120, 90);
    let mut webp = Cursor::new(Vec::new());
    DynamicImage::from(image.clone()).write_to(&mut webp, ImageFormat::WebP).unwrap();
    let files = [photograph(&image), png(image.clone()), webp.into_inner()];
    for (index, whole) in files.iter().enumerate() {
        assert!(prepare(whole).is_ok(), "{index}");
        // Behind the pixels of a PNG are 20 bytes of checksums and an empty chunk, and a WebP is padded:
        // without those nothing is missing.
        let end = whole.len() - [1, 24, 8][index];
        let cuts = (0..40).map(|part| 12 + (end - 12) * part / 40).chain([end - 1, end]);
        for cut in cuts {
            assert_eq!(prepare(&whole[..cut]), Err(PictureError::Damaged), "{index}: {cut}");
        }
    }
}

#[test]
fn jpeg_with_data_behind_its_end_is_read() {
    let mut bytes = jpeg(&noise(40, 30));
    bytes.extend(b"camera trailer");
    assert!(prepare(&bytes).is_ok());
    // The end of a thumbnail is not that of the picture.
    let mut encoder_input = photograph(&noise(40, 30));
    encoder_input.truncate(encoder_input.len() - 2);
    let place = encoder_input.windows(6).position(|part| part == b"canary").unwrap();
    encoder_input.splice(place..place + 2, [0xff, 0xd9]);
    assert_eq!(prepare(&encoder_input), Err(PictureError::Damaged));
}

/// A picture of one colour with a profile.
fn with_profile(colour: [u8; 3], profile: &moxcms::ColorProfile) -> [Vec<u8>; 3] {
    use image::codecs::{png::PngEncoder, webp::WebPEncoder};
    let (image, profile) = (RgbImage::from_pixel(64, 64, Rgb(colour)), profile.encode().unwrap());
    let (mut jpeg, mut png, mut webp) = (Vec::new(), Vec::new(), Vec::new());
    let mut encoder = JpegEncoder::new_with_quality(&mut jpeg, 95);
    encoder.set_icc_profile(profile.clone()).unwrap();
    encoder.encode_image(&image).unwrap();
    let mut encoder = PngEncoder::new(&mut png);
    encoder.set_icc_profile(profile.clone()).unwrap();
    image.write_with_encoder(encoder).unwrap();
    let mut encoder = WebPEncoder::new_lossless(&mut webp);
    encoder.set_icc_profile(profile).unwrap();
    image.write_with_encoder(encoder).unwrap();
    [jpeg, png, webp]
}

#[test]
fn colours_of_other_profiles_become_those_of_srgb() {
    use moxcms::ColorProfile;
    // The same red and blue in each space (CSS Color 4).
    for (colour, profile, expected) in [
        ([234, 51, 35], ColorProfile::new_display_p3(), [255, 0, 0]),
        ([219, 0, 0], ColorProfile::new_adobe_rgb(), [255, 0, 0]),
        ([0, 0, 245], ColorProfile::new_display_p3(), [0, 0, 255]),
        ([255, 0, 0], ColorProfile::new_srgb(), [255, 0, 0]),
        ([128, 128, 128], ColorProfile::new_display_p3(), [128, 128, 128]),
    ] {
        for (format, bytes) in with_profile(colour, &profile).iter().enumerate() {
            let pixel = decoded(&prepare(bytes).unwrap()).to_rgb8().get_pixel(32, 32).0;
            for (is, wanted) in pixel.into_iter().zip(expected) {
                assert!(
                    is.abs_diff(wanted) <= 8,
                    "{format}: {colour:?} is {pixel:?}, {expected:?}"
                );
            }
        }
    }
}

#[test]
fn picture_with_a_damaged_profile_is_prepared_without_it() {
    let image = RgbImage::from_pixel(64, 64, Rgb([200, 100, 50]));
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 95);
    encoder.set_icc_profile(b"no profile".to_vec()).unwrap();
    encoder.encode_image(&image).unwrap();
    let pixel = decoded(&prepare(&bytes).unwrap()).to_rgb8().get_pixel(32, 32).0;
    assert!(pixel[0].abs_diff(200) <= 8 && pixel[2].abs_diff(50) <= 8, "{pixel:?}");
}
