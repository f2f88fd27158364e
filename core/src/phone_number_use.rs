//! How an app uses a telephone number.

use promise_protocol::{phone_number, values::PhoneNumber};

/// What a screen shows of a telephone number, and the link that rings or texts it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PhoneNumberUse {
    /// The number in the groups in which people read it out, without its extension.
    pub text: String,
    /// `tel:` or `sms:`, for the system to open. `None` if the number has no link, as on WhatsApp.
    pub link: Option<String>,
    /// `false` for numbers that take texts or messages only: show "Text", not "Ring".
    pub can_be_rung: bool,
    /// What a call costs, in English, if it costs extra. Ask before ringing.
    pub cost: Option<String>,
}

impl PhoneNumberUse {
    /// The use of a number.
    pub fn new(number: &PhoneNumber) -> Self {
        Self {
            text: phone_number::format(&number.number),
            link: number.link(),
            can_be_rung: number.can_be_rung(),
            cost: phone_number::call_cost(&number.number).map(|cost| cost.to_string()),
        }
    }
}
