//! Opportunities as texts by column: a row of `opportunities.csv`, or a form. One reader for both,
//! so that both say the same of the same mistake.

mod put;
mod read;
mod sheets;
mod write;

use std::collections::BTreeMap;

use promise_protocol::pack::{Opportunities, OpportunityKind, OpportunityStatus, Table};
use serde_json::Map;

use super::{
    cells::Texts,
    problem::{Problems, shown},
    sheet::{self, Columns},
};

pub use put::put;
pub use read::tidied;
pub use sheets::{SheetError, Upload, UploadRow, read_upload, to_csv};
pub use write::texts_of;

use super::promise::CATEGORIES;

/// The columns of the template that councils fill in, and those that may be there beside them.
pub(super) const COLUMNS: Columns = Columns {
    template: &COLUMN_NAMES,
    extra: &[
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
    ],
    vital: &["ref", "kind", "title"],
};

/// The columns of the template.
pub const COLUMN_NAMES: [&str; 24] = [
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

/// Kinds as they are written.
pub const KINDS: [(&str, OpportunityKind); 14] = [
    ("discount", OpportunityKind::Discount),
    ("financial_support", OpportunityKind::FinancialSupport),
    ("exemption", OpportunityKind::Exemption),
    ("personal_development", OpportunityKind::PersonalDevelopment),
    ("workshop", OpportunityKind::Workshop),
    ("training", OpportunityKind::Training),
    ("work_experience", OpportunityKind::WorkExperience),
    ("apprenticeship", OpportunityKind::Apprenticeship),
    ("internship", OpportunityKind::Internship),
    ("job", OpportunityKind::Job),
    ("event", OpportunityKind::Event),
    ("volunteering", OpportunityKind::Volunteering),
    ("housing", OpportunityKind::Housing),
    ("mentoring", OpportunityKind::Mentoring),
];

/// Whether it can be had, as it is written.
pub const STATUSES: [(&str, OpportunityStatus); 3] = [
    ("open", OpportunityStatus::Open),
    ("paused", OpportunityStatus::Paused),
    ("closed", OpportunityStatus::Closed),
];

/// For how long a stretch of work pay is told.
pub const PAY_UNITS: [&str; 4] = ["hour", "week", "month", "year"];

/// The name of the record that texts are about, if they name one.
pub fn ref_of(texts: &Texts) -> Option<String> {
    read::record_id(texts.get("ref")?).ok()
}

/// The column of this name.
pub fn column(name: &str) -> Option<&'static str> {
    columns().find(|column| *column == name)
}

/// Every column, those of the template first.
pub fn columns() -> impl Iterator<Item = &'static str> {
    COLUMNS.template.iter().chain(COLUMNS.extra).copied()
}

/// Every opportunity of a folder's file, as far as it can be read.
pub(super) fn read(file: &str, problems: &Problems) -> Opportunities {
    let sheet = sheet::read(file, &COLUMNS);
    sheet.report(&COLUMNS, problems);
    let mut lines: BTreeMap<String, usize> = BTreeMap::new();
    let mut opportunities = Vec::new();
    for row in sheet.rows {
        let (opportunity, flaws) = read::read(&row.texts, true);
        for flaw in row.slips.iter().chain(&flaws) {
            problems.in_line(row.line, &flaw.said);
        }
        if let Some(first) = lines.get(&opportunity.id) {
            problems.in_line(row.line, ref_twice(&row.texts, *first));
        }
        if !opportunity.id.is_empty() {
            lines.entry(opportunity.id.clone()).or_insert(row.line);
        }
        opportunities.push(opportunity);
    }
    Opportunities { opportunities: Table(opportunities), unknown: Map::new() }
}

fn ref_twice(texts: &Texts, first: usize) -> String {
    let typed = shown(texts.get("ref").map_or("", String::as_str));
    format!("ref {typed} is used twice; it is in line {first} too")
}
