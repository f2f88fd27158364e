//! The form of a sealed value.

use serde_json::Value;

use super::Refusal;

/// The longest sealed value, in characters: 32 KiB of plain text when sealed.
pub const MAX_SEALED_CHARS: usize = 44_000;

/// Checks that a value has the form of a sealed one: `s`, a version, a full stop and base64url.
/// Only the person's phones can check what is inside.
pub fn check_sealed(value: &Value) -> Result<(), Refusal> {
    let sealed = value.as_str().and_then(|text| text.strip_prefix('s')?.split_once('.'));
    let Some((version, sealed)) = sealed else { return Err(Refusal::MustBeSealed) };
    let is_version =
        (1..=3).contains(&version.len()) && version.bytes().all(|b| b.is_ascii_digit());
    let is_base64 = !sealed.is_empty()
        && sealed.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    if !is_version || !is_base64 {
        return Err(Refusal::MustBeSealed);
    }
    if sealed.len() > MAX_SEALED_CHARS { Err(Refusal::TooLong) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn value_without_the_form_of_a_sealed_one_is_refused() {
        assert_eq!(check_sealed(&json!("s1.a-Z_9")), Ok(()));
        for plain in [json!("x"), json!(false), json!("s1."), json!("s.ab"), json!("s1.a b")] {
            assert_eq!(check_sealed(&plain), Err(Refusal::MustBeSealed), "{plain}");
        }
        let long = json!(format!("s1.{}", "a".repeat(MAX_SEALED_CHARS + 1)));
        assert_eq!(check_sealed(&long), Err(Refusal::TooLong));
    }
}
