//! The text of a document in which search finds words.

use promise_protocol::phone_number;
use rusqlite::Row;

/// The text of a row of the view `searchable`.
pub(super) struct SearchableText {
    /// The heading. A match in it ranks higher.
    pub(super) title: String,
    /// Everything else, with the telephone numbers at the end, as people read them.
    pub(super) text: String,
}

impl SearchableText {
    /// Reads the columns `title`, `words` and `phones`, in this order, from the start of a row.
    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let column = |index| row.get::<_, Option<String>>(index);
        let phones = column(2)?.unwrap_or_default();
        let phones = phones.split('\u{1e}').filter(|phone| !phone.is_empty());
        let phones = phones.map(|phone| {
            let (number, ext) = phone.split_once('\u{1f}').unwrap_or((phone, ""));
            phone_number::format_with_extension(number, Some(ext))
        });
        let words = column(1)?.filter(|words| !words.is_empty());
        let parts: Vec<String> = words.into_iter().chain(phones).collect();
        Ok(Self { title: column(0)?.unwrap_or_default(), text: parts.join(" ") })
    }
}
