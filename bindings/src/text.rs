//! Text of one direction within text of the other.

use promise_core::PromiseError;
use promise_protocol::text::{self, Direction};

use crate::guard::guard;

/// The text with its telephone numbers, e-mail addresses, web addresses, dates and amounts isolated, so
/// that they keep their order in text of the other direction, such as a number in Arabic. Apps call
/// it for every text that they show. `language` is the tag of the text's language; without it, the
/// text's own first letter sets its direction.
#[uniffi::export]
pub fn isolate(text: String, language: Option<String>) -> Result<String, PromiseError> {
    guard(|| Ok(text::isolate(&text, language.as_deref().map(Direction::of_language))))
}

/// Returns true if this language, by its tag, is written from right to left.
#[uniffi::export]
pub fn is_right_to_left(language: String) -> Result<bool, PromiseError> {
    guard(|| Ok(Direction::of_language(&language) == Direction::RightToLeft))
}
