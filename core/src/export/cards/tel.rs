//! `TEL` properties: telephone numbers on a card.

use promise_protocol::{
    phone_number,
    values::{PhoneKind, PhoneNumber},
    vcard::{self, KIND_PARAMETER},
};

use super::CardVersion;
use crate::export::content_line::escaped;

/// The `TEL` property of a number.
pub(super) fn line(phone: &PhoneNumber, version: CardVersion) -> String {
    match version {
        CardVersion::V3 => v3(phone),
        CardVersion::V4 => v4(phone),
    }
}

/// RFC 2426, section 3.3.1. The types that phones understand; `VOICE` only for numbers that take calls.
/// A comma is a pause before the extension, as phones write it.
fn v3(phone: &PhoneNumber) -> String {
    let types = match phone.usable_kind() {
        PhoneKind::Mobile => "CELL,VOICE",
        PhoneKind::Landline => "VOICE",
        PhoneKind::Duty | PhoneKind::Oohs => "WORK,VOICE",
        PhoneKind::Text | PhoneKind::Whatsapp => "CELL",
    };
    let prefer = if phone.prefer { ",PREF" } else { "" };
    let kind = own_kind(phone, types);
    format!("TEL;TYPE={types}{prefer}{kind}:{}", escaped(&as_text(phone)))
}

/// RFC 6350, section 6.4.1. A number that no URI can express is written as text.
fn v4(phone: &PhoneNumber) -> String {
    let types = match phone.usable_kind() {
        PhoneKind::Mobile => "\"voice,cell\"",
        PhoneKind::Landline => "voice",
        PhoneKind::Duty | PhoneKind::Oohs => "\"work,voice\"",
        PhoneKind::Text => "\"text,cell\"",
        PhoneKind::Whatsapp => "cell",
    };
    let prefer = if phone.prefer { ";PREF=1" } else { "" };
    let kind = own_kind(phone, types);
    match uri(phone) {
        Some(uri) => format!("TEL;VALUE=uri{prefer};TYPE={types}{kind}:{uri}"),
        None => format!("TEL{prefer};TYPE={types}{kind}:{}", escaped(&as_text(phone))),
    }
}

/// The kind of the number as a parameter of our own, where the types would be read as another kind when
/// the card is imported again.
fn own_kind(phone: &PhoneNumber, types: &str) -> String {
    let types = types.replace('"', "").to_ascii_lowercase();
    let kind = phone.usable_kind();
    if vcard::phone_kind(types.split(','), &phone.number) == kind {
        String::new()
    } else {
        format!(";{KIND_PARAMETER}={kind}")
    }
}

/// The number as a `tel` URI (RFC 3966). Returns `None` for a short code: its URI would need the place
/// where it is dialled (`;phone-context=`, section 3), which address books show and dial as if it were
/// part of the number. `999` must stay `999`.
fn uri(phone: &PhoneNumber) -> Option<String> {
    let is_global = phone.number.starts_with('+');
    is_global.then(|| phone_number::tel_uri(&phone.number, phone.ext.as_deref())).flatten()
}

/// `+442079460000,4`, as a phone dials it. Text that is not a number, which older data may hold, is
/// written as it is.
fn as_text(phone: &PhoneNumber) -> String {
    phone_number::dial_string(&phone.number, phone.ext.as_deref())
        .unwrap_or_else(|| phone.number.clone())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_kind_of_number_has_its_property() {
        let cases = [
            (
                json!({"number": "+447700900123", "kind": "mobile", "prefer": true}),
                "TEL;TYPE=CELL,VOICE,PREF:+447700900123",
                "TEL;VALUE=uri;PREF=1;TYPE=\"voice,cell\":tel:+447700900123",
            ),
            (
                json!({"number": "+442079460000", "kind": "duty", "ext": "4"}),
                "TEL;TYPE=WORK,VOICE;X-PP-KIND=duty:+442079460000\\,4",
                "TEL;VALUE=uri;TYPE=\"work,voice\";X-PP-KIND=duty:tel:+442079460000;ext=4",
            ),
            (
                json!({"number": "111", "kind": "landline", "ext": "2"}),
                "TEL;TYPE=VOICE:111\\,2",
                "TEL;TYPE=voice:111\\,2",
            ),
            (
                json!({"number": "85258", "kind": "text"}),
                "TEL;TYPE=CELL:85258",
                "TEL;TYPE=\"text,cell\":85258",
            ),
            (
                // Whatever its kind says, the number takes no calls.
                json!({"number": "85258", "kind": "mobile"}),
                "TEL;TYPE=CELL:85258",
                "TEL;TYPE=\"text,cell\":85258",
            ),
            (
                json!({"number": "1800103001234567", "kind": "landline"}),
                "TEL;TYPE=VOICE:1800103001234567",
                "TEL;TYPE=voice:1800103001234567",
            ),
            (
                json!({"number": "ask; at the desk", "kind": "whatsapp", "ext": "a,b"}),
                "TEL;TYPE=CELL;X-PP-KIND=whatsapp:ask\\; at the desk",
                "TEL;TYPE=cell;X-PP-KIND=whatsapp:ask\\; at the desk",
            ),
        ];
        for (phone, third, fourth) in cases {
            let phone: PhoneNumber = serde_json::from_value(phone).unwrap();
            assert_eq!(line(&phone, CardVersion::V3), third);
            assert_eq!(line(&phone, CardVersion::V4), fourth);
        }
    }
}
