//! A record on its page: parts with their fields.

/// A field of a record.
pub(crate) struct FieldRow {
    pub(crate) label: String,
    pub(crate) text: String,
    pub(crate) is_empty: bool,
}

/// A part of a record. `kit/record_parts.html` shows it.
pub(crate) struct RecordPart {
    pub(crate) name: &'static str,
    pub(crate) title: String,
    pub(crate) rows: Vec<FieldRow>,
    /// The path of the form that changes it, for a caller who can.
    pub(crate) edit: Option<String>,
}
