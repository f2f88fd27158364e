//! The columns of a sheet of opportunities.

/// The columns of the template that councils fill in.
pub const TEMPLATE_COLUMNS: [&str; 24] = [
    "ref",
    "kind",
    "title",
    "organisation",
    "summary",
    "how_to_apply",
    "url",
    "contact_name",
    "contact_email",
    "contact_phone",
    "postcode",
    "area",
    "national",
    "online",
    "starts",
    "closes",
    "amount",
    "cost",
    "age_min",
    "age_max",
    "care_leavers_only",
    "evidence",
    "outcome",
    "languages",
];

/// The columns that a sheet may have beside those of the template.
const EXTRA_COLUMNS: [&str; 12] = [
    "body",
    "apply_url",
    "hours",
    "ends",
    "pay",
    "pay_type",
    "pay_min",
    "pay_max",
    "pay_unit",
    "who",
    "councils",
    "status",
];

/// The columns without which no row can be read.
pub(crate) const REQUIRED_COLUMNS: [&str; 3] = ["ref", "kind", "title"];

/// The column in which an exported sheet lists the issues of each row. Ignored on import.
pub(crate) const ISSUES_COLUMN: &str = "what_is_wrong";

/// All columns, those of the template first.
pub fn columns() -> impl Iterator<Item = &'static str> {
    TEMPLATE_COLUMNS.iter().chain(&EXTRA_COLUMNS).copied()
}

/// The column with this name.
pub fn column(name: &str) -> Option<&'static str> {
    columns().find(|column| *column == name)
}
