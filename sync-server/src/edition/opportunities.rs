//! `opportunities.csv`: one opportunity in each row.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use promise_protocol::{
    pack::{Opportunities, Opportunity, OpportunityKind, Pay, Place, Status, Table},
    values::is_record_id,
};
use serde_json::Map;

use super::{
    cells::Cells,
    checks, day,
    problem::{Problems, shown},
    sheet::{self, Columns, Row},
};
use crate::phone_number;

/// The columns of the template that councils fill in.
const COLUMNS: Columns = Columns {
    template: &[
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
    ],
    extra: &["body", "apply_url", "hours", "pay", "ends"],
    vital: &["ref", "kind", "title"],
};

const KINDS: [(&str, OpportunityKind); 14] = [
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

/// Every opportunity, as far as the file can be read.
pub(super) fn read(file: &str, problems: &Problems) -> Opportunities {
    let mut lines: BTreeMap<String, usize> = BTreeMap::new();
    let opportunity = |row: Row| {
        let cells = Cells { row: &row, problems };
        cells.check_all();
        let opportunity = opportunity(&cells);
        if let Some(first) = lines.get(&opportunity.id) {
            let typed = shown(row.cell("ref").unwrap_or_default());
            cells.problem(format!("ref {typed} is used twice; it is in line {first} too"));
        }
        if !opportunity.id.is_empty() {
            lines.entry(opportunity.id.clone()).or_insert(row.line);
        }
        opportunity
    };
    let rows = sheet::read(file, &COLUMNS, problems);
    let opportunities = Table(rows.into_iter().map(opportunity).collect());
    Opportunities { opportunities, unknown: Map::new() }
}

/// One row's opportunity. What could not be read is empty in it, and noted.
fn opportunity(cells: &Cells<'_>) -> Opportunity {
    let title = cells.required("title", |typed| Ok(typed.to_owned()));
    let unread = OpportunityKind::Other(String::new());
    let read = Opportunity {
        id: cells.required("ref", record_id).unwrap_or_default(),
        kind: cells.required("kind", kind).unwrap_or(unread),
        title: title.unwrap_or_default(),
        summary: cells.text("summary").unwrap_or_default(),
        body: cells.text("body").unwrap_or_default(),
        organisation: cells.text("organisation").unwrap_or_default(),
        url: cells.checked("url", |typed| checks::url("url", typed)),
        apply_url: cells.checked("apply_url", |typed| checks::url("apply_url", typed)),
        how_to_apply: cells.text("how_to_apply"),
        contact_name: cells.text("contact_name"),
        phone: cells.checked("contact_phone", |typed| {
            phone_number::parse(typed).map_err(|error| error.to_string())
        }),
        email: cells.checked("contact_email", |typed| checks::email("contact_email", typed)),
        places: places(cells),
        national: cells.flag("national"),
        online: cells.flag("online"),
        starts: cells.day("starts", "starting date"),
        ends: cells.day("ends", "last day"),
        closes_at: closes(cells).and_then(day::end_in_london),
        cost: cells.text("cost"),
        amount: cells.text("amount"),
        pay: cells.text("pay").map(|text| Pay { text: Some(text), ..Pay::default() }),
        hours: cells.text("hours"),
        age_min: cells.checked("age_min", |typed| checks::age("age_min", typed)),
        age_max: cells.checked("age_max", |typed| checks::age("age_max", typed)),
        care_leavers_only: cells.flag("care_leavers_only"),
        who: Vec::new(),
        outcome: cells.checked("outcome", checks::outcome),
        council_scope: Vec::new(),
        evidence: cells.text("evidence"),
        languages: cells.several("languages", [';', ','], checks::language),
        source: None,
        status: Status::Open,
        unknown: Map::new(),
    };
    let days = checks::days_out_of_order(("starts", read.starts), ("ends", read.ends));
    for what in checks::ages_out_of_order(read.age_min, read.age_max).into_iter().chain(days) {
        cells.problem(what);
    }
    read
}

fn kind(typed: &str) -> Result<OpportunityKind, String> {
    let word = typed.to_lowercase().replace([' ', '-'], "_");
    let found = KINDS.iter().find(|(name, _)| *name == word);
    found.map(|(_, kind)| kind.clone()).ok_or_else(|| {
        let all = KINDS.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
        format!("kind {} is not known; write one of {all}", shown(typed))
    })
}

/// The record's name from the publisher's: saved opportunities refer to it, so it must stay the
/// same when the file is written again.
fn record_id(typed: &str) -> Result<String, String> {
    let mut id = String::new();
    for c in typed.chars().map(|c| c.to_ascii_lowercase()) {
        if c.is_ascii_alphanumeric() || matches!(c, '_' | '.') {
            id.push(c);
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
    }
    let id = id.trim_end_matches('-').to_owned();
    is_record_id(&id).then_some(id).ok_or_else(|| {
        format!("ref {} cannot be a name; use up to 64 letters, digits and dashes", shown(typed))
    })
}

fn closes(cells: &Cells<'_>) -> Option<NaiveDate> {
    let typed = cells.text("closes").filter(|typed| !day::is_ongoing(typed))?;
    let checked = checks::day("closing date", &typed).map_err(|what| what + ", or ongoing");
    checked.map_err(|what| cells.problem(what)).ok()
}

/// Areas and postcodes, in pairs: several of either are written with `;` between them.
fn places(cells: &Cells<'_>) -> Vec<Place> {
    let mut names = cells.several("area", [';'], |typed| Ok(typed.to_owned())).into_iter();
    let mut postcodes = cells.several("postcode", [';'], checks::postcode).into_iter();
    std::iter::from_fn(|| match (names.next(), postcodes.next()) {
        (None, None) => None,
        (name, postcode) => {
            Some(Place { name: name.unwrap_or_default(), postcode, ..Place::default() })
        }
    })
    .collect()
}
