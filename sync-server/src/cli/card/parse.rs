//! Parsers of a card's arguments.

use promise_protocol::{
    opening_hours, phone_number,
    values::{Opening, PhoneKind, PhoneNumber},
};
use serde_json::{Map, Value};

use super::CliError;

/// Parses opening hours such as `mon-fri 09:00-17:00`.
pub(super) fn opening_hours(text: &str) -> Result<Opening, CliError> {
    opening_hours::parse(text).ok_or_else(|| {
        let example = opening_hours::EXAMPLE;
        invalid(format!("hours \"{text}\" are not understood: write {example}"))
    })
}

/// Parses `NUMBER[:KIND][:prefer][:ext=12]`.
pub(super) fn phone_number(text: &str) -> Result<PhoneNumber, CliError> {
    let mut parts = text.split(':').map(str::trim);
    let number = parts.next().unwrap_or_default();
    let number = phone_number::parse(number).map_err(|error| invalid(error.to_string()))?;
    let kind = default_kind(&number);
    let mut phone = PhoneNumber { number, kind, ext: None, prefer: false, unknown: Map::new() };
    for part in parts {
        match part.split_once('=') {
            None if part == "prefer" => phone.prefer = true,
            Some(("ext", digits)) => phone.ext = Some(extension(digits)?),
            _ => phone.kind = phone_kind(part)?,
        }
    }
    Ok(phone)
}

fn extension(text: &str) -> Result<String, CliError> {
    let is_valid = (1..=12).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if is_valid {
        Ok(text.to_owned())
    } else {
        Err(invalid(format!("\"{text}\" is not an extension: write ext=12")))
    }
}

fn phone_kind(text: &str) -> Result<PhoneKind, CliError> {
    serde_json::from_value(Value::from(text)).map_err(|_| {
        invalid(format!(
            "\"{text}\" is not a kind of number: write mobile, landline, duty, oohs, text or \
             whatsapp, such as 07700 900123:mobile"
        ))
    })
}

/// Mobile numbers of the United Kingdom begin with 07.
fn default_kind(number: &str) -> PhoneKind {
    if number.starts_with("+447") { PhoneKind::Mobile } else { PhoneKind::Landline }
}

fn invalid(message: String) -> CliError {
    CliError::InvalidArgument(message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invalid_number_kind_or_extension_is_explained() {
        for text in ["0770", "07700 900123:red", "020 7946 0000:ext=x"] {
            let error = phone_number(text).unwrap_err();
            assert_eq!(error.exit_code(), 2);
            assert!(error.to_string().contains("write"), "{error}");
        }
        assert_eq!(phone_number("116123").unwrap().number, "116123");
    }
}
