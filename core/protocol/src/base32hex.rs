//! base32hex (RFC 4648) in lower case and without padding. Its order is that of the bytes, so that
//! texts sort like the numbers they encode.

use std::sync::LazyLock;

use data_encoding::{BASE32HEX_NOPAD, Encoding};

/// Building the tables takes longer than all else in reading a stamp, so they are built once.
static ENCODING: LazyLock<Encoding> = LazyLock::new(|| {
    let mut specification = BASE32HEX_NOPAD.specification();
    specification.symbols.make_ascii_lowercase();
    specification.encoding().unwrap_or(BASE32HEX_NOPAD)
});

pub(crate) fn encoding() -> &'static Encoding {
    &ENCODING
}

pub(crate) fn is_symbol(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'a'..=b'v')
}

/// Returns the value of a symbol, 0 to 31.
pub(crate) fn value(symbol: u8) -> Option<usize> {
    match symbol {
        b'0'..=b'9' => Some(usize::from(symbol - b'0')),
        b'a'..=b'v' => Some(usize::from(symbol - b'a') + 10),
        _ => None,
    }
}

/// Returns the symbol of a value, 0 to 31.
pub(crate) fn symbol(value: usize) -> Option<u8> {
    match u8::try_from(value).ok()? {
        value @ 0..=9 => Some(b'0' + value),
        value @ 10..=31 => Some(b'a' + value - 10),
        _ => None,
    }
}
