//! Formats telephone numbers with what they are for.

use promise_protocol::phone_number::format;
use promise_protocol::values::{PhoneKind, PhoneNumber};

/// Formats a number with what it is for.
pub(crate) fn format_phone(phone: &PhoneNumber) -> String {
    let what = match phone.kind {
        PhoneKind::Mobile | PhoneKind::Landline | PhoneKind::Duty => "",
        PhoneKind::Oohs => " (out of hours)",
        PhoneKind::Text => " (text only)",
        PhoneKind::Whatsapp => " (WhatsApp only)",
    };
    let ext = phone.ext.as_ref().map(|ext| format!(", then {ext}")).unwrap_or_default();
    format!("{}{ext}{what}", format(&phone.number))
}
