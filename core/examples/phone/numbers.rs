//! Formats telephone numbers with what they are for.

use promise_protocol::phone_number::{call_cost, format};
use promise_protocol::values::{PhoneKind, PhoneNumber};

/// What to do with a number: the label of its line on the screen.
pub(crate) fn verb(phone: &PhoneNumber) -> &'static str {
    match phone.usable_kind() {
        PhoneKind::Text => "Text",
        PhoneKind::Whatsapp => "WhatsApp",
        _ => "Ring",
    }
}

/// Formats a number with what it is for and what is unusual about a call.
pub(crate) fn format_phone(phone: &PhoneNumber) -> String {
    let what = match phone.usable_kind() {
        PhoneKind::Mobile | PhoneKind::Landline | PhoneKind::Duty => "",
        PhoneKind::Oohs => " (out of hours)",
        PhoneKind::Text => " (text only)",
        PhoneKind::Whatsapp => " (WhatsApp only)",
    };
    let ext = phone.ext.as_ref().map(|ext| format!(", then {ext}")).unwrap_or_default();
    let cost = call_cost(&phone.number).map(|cost| format!(" (costs {cost})")).unwrap_or_default();
    format!("{}{ext}{what}{cost}", format(&phone.number))
}

#[cfg(test)]
mod tests {
    use promise_protocol::phone_number::parse;

    use super::*;

    #[test]
    fn text_only_number_is_not_to_be_rung() {
        let of = |typed: &str| parse(typed).unwrap().into_value(None, false);
        assert_eq!(verb(&of("85258")), "Text");
        assert_eq!(format_phone(&of("85258")), "85258 (text only)");
        assert_eq!(verb(&of("159")), "Ring");
        assert_eq!(format_phone(&of("020 7946 0000 x4")), "020 7946 0000, then 4");
        assert!(format_phone(&of("0901 234 5678")).contains("£3.60"));
    }
}
