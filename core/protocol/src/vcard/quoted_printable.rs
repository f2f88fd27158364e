//! Quoted-printable (RFC 2045, section 6.7), in which vCard 2.1 writes letters outside ASCII.

/// Decodes a value whose lines were joined. Returns it with `false` if something in it is not
/// quoted-printable; that is kept as it is written.
pub(super) fn decode(value: &[u8]) -> (Vec<u8>, bool) {
    let mut decoded = Vec::with_capacity(value.len());
    let mut is_intact = true;
    let mut rest = value;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first != b'=' {
            decoded.push(*first);
        } else if let Some((byte, after)) = escape(after) {
            decoded.push(byte);
            rest = after;
        } else {
            is_intact = false;
            // At the end it announces a line that does not come.
            if !after.is_empty() {
                decoded.push(b'=');
            }
        }
    }
    (decoded, is_intact)
}

/// The byte that two hexadecimal digits stand for, and what comes after them.
fn escape(text: &[u8]) -> Option<(u8, &[u8])> {
    let ([high, low], after) = text.split_first_chunk::<2>()?;
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    Some(((digit(*high)? << 4) | digit(*low)?, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_decoded_and_broken_escapes_are_kept() {
        for (value, decoded, is_intact) in [
            ("Zo=C3=AB", "Zoë", true),
            ("Zo=c3=ab =3D", "Zoë =", true),
            ("plain", "plain", true),
            ("", "", true),
            ("50=ZZ", "50=ZZ", false),
            ("a=+1", "a=+1", false),
            ("a=4", "a=4", false),
            ("==41", "=A", false),
            ("Jo=", "Jo", false),
        ] {
            let expected = (decoded.as_bytes().to_vec(), is_intact);
            assert_eq!(decode(value.as_bytes()), expected, "{value}");
        }
    }
}
