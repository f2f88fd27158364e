//! Why a typed number was refused.

use thiserror::Error;

use super::{CallCost, NumberType};

/// Why a number was not understood. The text tells the person who typed it what to write. Typing the
/// same again fails again.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PhoneNumberError {
    /// Nothing was typed.
    #[error("there is no phone number; write one, such as 07700 900123")]
    Empty,
    /// It contains letters other than those of an extension.
    #[error(
        "phone number \"{0}\" has letters in it; write only the number, such as 07700 900123 or \
         020 7946 0000 ext 4"
    )]
    Letters(String),
    /// It contains signs that no number has, or several numbers.
    #[error("phone number \"{0}\" has signs in it; write one number, such as 07700 900123")]
    Signs(String),
    /// It is too long, too short, or begins like no number.
    #[error("phone number \"{0}\" is not complete; write all of it, such as 07700 900123")]
    NotANumber(String),
    /// The number and its extension field name different extensions.
    #[error("phone number \"{0}\" has an extension twice; write it once")]
    TwoExtensions(String),
    /// A call costs more than others, and nothing shows that this is intended. See
    /// [`TypedNumber::require_confirmed_cost`](super::TypedNumber::require_confirmed_cost).
    #[error(
        "phone number \"{typed}\" costs extra: {cost}; if young people should ring it, write \"cost \
         confirmed\" after it"
    )]
    CostsExtra {
        /// The number as it was typed.
        typed: String,
        /// What kind of number it is.
        number_type: NumberType,
        /// What a call costs.
        cost: CallCost,
    },
}
