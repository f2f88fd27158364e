//! QR codes.

use qrcode::{QrCode, render::svg};

/// Returns a QR code as SVG, or an empty string if the text is too long for one.
pub(crate) fn svg_image(text: &str) -> String {
    let Ok(code) = QrCode::new(text) else { return String::new() };
    let svg = code.render::<svg::Color<'_>>().min_dimensions(240, 240).build();
    // The XML declaration is not allowed inside an HTML page.
    svg.split_once("?>").map_or(svg.clone(), |(_, svg)| svg.to_owned())
}
