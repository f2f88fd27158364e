//! Parsers of a card's arguments.

use promise_protocol::{
    opening_hours,
    phone_number::{self, TypedNumber, extension},
    values::{Opening, PhoneKind, PhoneNumber},
};
use serde_json::Value;

use super::CliError;

/// Parses opening hours such as `mon-fri 09:00-17:00`. An end on the next day is written with "next
/// day": the command line does not ask.
pub(super) fn opening_hours(text: &str) -> Result<Opening, CliError> {
    opening_hours::parse(text).map_err(|error| invalid(format!("hours \"{text}\" {error}")))
}

/// Parses `NUMBER[:KIND][:prefer][:ext=12][:cost-confirmed]`.
pub(super) fn phone_number(text: &str) -> Result<PhoneNumber, CliError> {
    let mut parts = text.split(':').map(str::trim);
    let number = parts.next().unwrap_or_default();
    let mut typed = phone_number::parse(number).map_err(|error| invalid(error.to_string()))?;
    let (mut kind, mut ext, mut prefer) = (None, None, false);
    for part in parts {
        match part.split_once('=') {
            None if part == "prefer" => prefer = true,
            None if part == "cost-confirmed" => typed.cost_confirmed = true,
            Some(("ext", digits)) => ext = Some(extension(digits)?),
            _ => kind = Some(phone_kind(part)?),
        }
    }
    let typed = typed.with_extension(ext).and_then(TypedNumber::require_confirmed_cost);
    let typed = typed.map_err(|error| invalid(error.to_string()))?;
    Ok(typed.into_value(kind, prefer))
}

fn extension(text: &str) -> Result<String, CliError> {
    let parsed = extension::parse(text).ok().flatten();
    parsed.ok_or_else(|| invalid(format!("\"{text}\" is not an extension: write ext=12")))
}

fn phone_kind(text: &str) -> Result<PhoneKind, CliError> {
    serde_json::from_value(Value::from(text)).map_err(|_| {
        invalid(format!(
            "\"{text}\" is not a kind of number: write mobile, landline, duty, oohs, text or \
             whatsapp, such as 07700 900123:mobile"
        ))
    })
}

fn invalid(message: String) -> CliError {
    CliError::InvalidArgument(message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn end_before_start_on_the_command_line_needs_next_day() {
        let error = opening_hours("mon-fri 09:00-05:00").unwrap_err().to_string();
        assert!(error.contains("\"mon-fri 09:00-17:00\"") && error.contains("next day"), "{error}");
        assert!(opening_hours("mon-thu 17:00-08:45 next day").unwrap().closes_next_day());
    }

    #[test]
    fn invalid_number_kind_or_extension_is_explained() {
        for text in ["0770", "07700 900123:red", "020 7946 0000:ext=x"] {
            let error = phone_number(text).unwrap_err();
            assert_eq!(error.exit_code(), 2);
            assert!(error.to_string().contains("write"), "{error}");
        }
        assert_eq!(phone_number("116123").unwrap().number, "116123");
    }

    #[test]
    fn extension_and_digits_of_every_script_are_read() {
        for text in ["020 7946 0000 ext 4", "020 7946 0000 x4", "٠٢٠٧٩٤٦٠٠٠٠:ext=٤"] {
            let phone = phone_number(text).unwrap();
            assert_eq!(
                (&*phone.number, phone.ext.as_deref()),
                ("+442079460000", Some("4")),
                "{text}"
            );
        }
        assert!(phone_number("020 7946 0000 x4:ext=5").is_err());
    }

    #[test]
    fn number_that_costs_extra_must_be_confirmed() {
        let error = phone_number("0901 234 5678").unwrap_err().to_string();
        assert!(error.contains("£3.60") && error.contains("cost confirmed"), "{error}");
        for text in ["0901 234 5678:cost-confirmed", "0901 234 5678 cost confirmed:duty"] {
            assert_eq!(phone_number(text).unwrap().number, "+449012345678");
        }
    }

    #[test]
    fn kind_is_guessed_unless_it_is_typed() {
        assert_eq!(phone_number("85258").unwrap().kind, PhoneKind::Text);
        assert_eq!(phone_number("07700 900123").unwrap().kind, PhoneKind::Mobile);
        assert_eq!(phone_number("07700 900123:oohs").unwrap().kind, PhoneKind::Oohs);
        assert_eq!(phone_number("159").unwrap().kind, PhoneKind::Landline);
        let relay = phone_number("18001 0300 123 4567").unwrap();
        assert_eq!(relay.number, "1800103001234567");
    }
}
