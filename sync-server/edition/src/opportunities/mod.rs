//! Opportunities as texts by column, the form that sheets and forms share. One reader for both, so
//! that both report the same issues.

mod apply;
mod columns;
mod export;
mod money;
mod read;
mod reader;
mod values;
mod write;

use std::collections::BTreeMap;

pub use apply::apply_texts;
pub(crate) use columns::{ISSUES_COLUMN, REQUIRED_COLUMNS};
pub use columns::{TEMPLATE_COLUMNS, column, columns};
pub use export::to_csv;
pub use money::{format_pounds, parse_pounds};
pub use read::normalise_texts;
pub(crate) use read::read_texts;
#[cfg(test)]
pub(crate) use read::unescape_texts;
pub use write::to_texts;

/// Texts by column. A column that is absent is left as it is; one with an empty text is emptied.
pub type Texts = BTreeMap<&'static str, String>;

/// The periods that pay is for.
pub const PAY_UNITS: [&str; 4] = ["hour", "week", "month", "year"];

/// Where texts come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextOrigin {
    /// A file, in which formulas are refused and escaped ones are unescaped.
    File,
    /// A form.
    Form,
}

/// The id of the record that texts are about, if they name a valid one.
pub fn id_of(texts: &Texts) -> Option<String> {
    values::record_id(texts.get("ref")?).ok()
}
