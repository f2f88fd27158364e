//! Search that finds a text in any spelling.
//!
//! Both the text and what a person types are split into words, and each word is folded to the forms
//! under which it is found: without marks, with letters that look or sound alike as one, as the
//! parts of a compound and as the whole, and a telephone number in each way to dial it. A word is
//! found if one of its forms is equal.
//!
//! The phone keeps the forms in a full-text index ([`forms`]) and asks it for those of a [`Query`];
//! lists that are held in memory use [`TextFilter`]. [`highlight`] and [`snippet`] show what was found
//! in the text as it was written.

mod filter;
mod fold;
mod highlight;
mod letters;
mod numbers;
mod query;
mod words;

#[cfg(test)]
mod tests;

pub use filter::TextFilter;
pub use highlight::{highlight, snippet};
pub use query::{Form, Query, Term};
pub use words::forms;
