//! The page that shows in words what an import would change.

use askama::Template;
use chrono::NaiveDate;
use promise_protocol::ids::{PersonId, StaffId};
use promise_services::allocations::{Change, Pair, Plan, PlannedCover, RefusedRow, WithoutAdviser};

use crate::{
    features::allocations::{ALLOCATIONS, CHANGE, ROWS, SEEN},
    kit::{
        format::display_reference,
        page::Page,
        session::Session,
        words::{self, times},
    },
};

/// The most changes that a form holds.
const MAX_CHANGES: usize = 1_500;

/// A list of the page, with its heading.
struct Section {
    name: &'static str,
    title: String,
    lead: String,
    items: Vec<String>,
}

impl Section {
    /// A list whose heading and first paragraph have keys with this name.
    fn new(name: &'static str, items: Vec<String>) -> Self {
        let lead = words::find(&format!("alloc-{name}-lead")).unwrap_or_default();
        Self { name, title: words::count(&format!("alloc-{name}"), items.len()), lead, items }
    }
}

/// An assignment that is not in the files, which the manager can end.
struct Missing {
    value: String,
    text: String,
}

#[derive(Template)]
#[template(path = "allocations/plan.html")]
pub(super) struct PlanTemplate {
    page: Page,
    counts: Vec<String>,
    sections: Vec<Section>,
    missing: Vec<Missing>,
    hidden: Vec<(String, String)>,
    has_too_many: bool,
    can_apply: bool,
}

/// Returns the page of a plan.
pub(super) fn template(session: &Session, plan: &Plan) -> PlanTemplate {
    let changes = plan.changes.iter().map(|change| change_text(plan, change)).collect();
    let without = plan.without_adviser.iter().map(|it| without_text(plan, it)).collect();
    let held = plan.held.iter().map(|pair| pair_text(plan, pair)).collect();
    let leavers = plan.leavers.iter().map(|staff| plan.name(staff).to_owned()).collect();
    let covers = plan.covers.iter().map(|cover| cover_text(plan, cover)).collect();
    let sections = [
        Section::new("changes", changes),
        Section::new("covers", covers),
        Section::new("without", without),
        Section::new("leavers", leavers),
        Section::new("held", held),
        Section::new("refused", plan.refused.iter().map(refused_text).collect()),
    ];
    let has_too_many = plan.changes.len() > MAX_CHANGES;
    let has_something = !plan.changes.is_empty() || !plan.missing.is_empty();
    PlanTemplate {
        page: session
            .page(words::t("alloc-check-title"))
            .back(ALLOCATIONS, words::t("alloc-title")),
        counts: counts(plan),
        sections: sections.into_iter().filter(|section| !section.items.is_empty()).collect(),
        missing: plan.missing.iter().map(|pair| missing(plan, pair)).collect(),
        hidden: hidden(plan),
        has_too_many,
        can_apply: has_something && !has_too_many,
    }
}

fn counts(plan: &Plan) -> Vec<String> {
    let mut counts = vec![
        words::count("alloc-rows", plan.rows),
        words::count("alloc-not-here", plan.not_here),
        words::count("alloc-unchanged", plan.unchanged),
    ];
    let before = plan.rows_before.filter(|before| *before > plan.rows);
    counts.extend(before.map(|before| words::count("alloc-rows-before", before)));
    counts
}

fn hidden(plan: &Plan) -> Vec<(String, String)> {
    let seen = [(SEEN, plan.version.clone()), (ROWS, plan.rows.to_string())];
    let changes = plan.changes.iter().map(|change| (CHANGE, change.to_string()));
    seen.into_iter().chain(changes).map(|(name, value)| (name.to_owned(), value)).collect()
}

fn missing(plan: &Plan, pair: &Pair) -> Missing {
    let Pair { person, staff } = pair.clone();
    Missing { value: Change::End { person, staff }.to_string(), text: pair_text(plan, pair) }
}

fn name_of(plan: &Plan, person: &PersonId) -> String {
    display_reference(person.as_str(), plan.reference(person))
}

fn pair_text(plan: &Plan, pair: &Pair) -> String {
    with_pair("alloc-pair", plan, (&pair.person, &pair.staff))
}

fn with_pair(key: &str, plan: &Plan, (person, staff): (&PersonId, &StaffId)) -> String {
    let arguments = [("person", name_of(plan, person).into()), ("name", plan.name(staff).into())];
    words::format(key, &arguments)
}

fn change_text(plan: &Plan, change: &Change) -> String {
    match change {
        Change::SwitchOff { staff } => words::with("alloc-switch-off", "name", plan.name(staff)),
        Change::End { person, staff } => with_pair("alloc-end", plan, (person, staff)),
        Change::SetDays { person, staff, starts, ends } => {
            with_days("alloc-days", plan, (person, staff), (*starts, *ends))
        }
        Change::Assign { person, staff, starts, ends } => {
            with_days("alloc-assign", plan, (person, staff), (*starts, *ends))
        }
    }
}

/// Formats a change of an assignment with its first day, if it is in the future, and its last.
fn with_days(
    key: &str,
    plan: &Plan,
    (person, staff): (&PersonId, &StaffId),
    (starts, ends): (Option<NaiveDate>, Option<NaiveDate>),
) -> String {
    let last = ends.and_then(|ends| ends.pred_opt());
    let key = match (starts, last) {
        (None, None) => key.to_owned(),
        (Some(_), None) => format!("{key}-from"),
        (None, Some(_)) => format!("{key}-until"),
        (Some(_), Some(_)) => format!("{key}-from-until"),
    };
    let day = |day: Option<NaiveDate>| day.map(times::day).unwrap_or_default();
    let arguments = [
        ("person", name_of(plan, person).into()),
        ("name", plan.name(staff).into()),
        ("from", day(starts).into()),
        ("until", day(last).into()),
    ];
    words::format(&key, &arguments)
}

fn cover_text(plan: &Plan, cover: &PlannedCover) -> String {
    let last = cover.ends.pred_opt().unwrap_or(cover.ends);
    let arguments = [
        ("person", name_of(plan, &cover.person).into()),
        ("name", plan.name(&cover.colleague).into()),
        ("adviser", plan.name(&cover.adviser).into()),
        ("from", times::day(cover.starts).into()),
        ("until", times::day(last).into()),
    ];
    words::format("alloc-cover", &arguments)
}

fn without_text(plan: &Plan, without: &WithoutAdviser) -> String {
    let why = words::t(&format!("alloc-why-{}", without.why.name()));
    let arguments = [("person", name_of(plan, &without.person).into()), ("why", why.into())];
    let key = if without.is_new { "alloc-without-new" } else { "alloc-without-still" };
    words::format(key, &arguments)
}

fn refused_text(row: &RefusedRow) -> String {
    let problem = words::t(&format!("alloc-row-{}", row.problem.name()));
    let file = words::t(&format!("alloc-file-{}", row.file.as_str()));
    let arguments = [
        ("file", file.into()),
        ("row", row.row.into()),
        ("person", row.reference.as_deref().unwrap_or_default().into()),
        ("problem", problem.into()),
    ];
    let key = if row.reference.is_some() { "alloc-row-of" } else { "alloc-row" };
    words::format(key, &arguments)
}

#[cfg(test)]
mod tests {
    use super::*;
    use promise_services::allocations::{RowProblem, WhyUnassigned};

    #[test]
    fn every_change_reason_and_problem_has_a_message() {
        use RowProblem as P;
        use WhyUnassigned as W;
        let problems = [
            P::Damaged,
            P::NoPerson,
            P::FirstDay,
            P::LastDay,
            P::DaysOutOfOrder,
            P::TooFarAhead,
            P::NoWorker,
            P::UnknownProfessional,
            P::NoStaffNumber,
            P::TwoStaffNumbers,
            P::UnknownStaffNumber,
            P::NoAddress,
            P::TwoAddresses,
            P::NoAccount,
            P::TwoAccounts,
            P::WorkerLeft,
            P::NotAnAdviser,
            P::NotYesOrNo,
        ];
        let reasons = [
            W::AdviserLeft,
            W::AdviserAway,
            W::NoReference,
            W::NotInFiles,
            W::RowRefused,
            W::ComesLater,
            W::Over,
        ];
        let days = ["", "-from", "-until", "-from-until"];
        let keys = problems.map(|it| format!("alloc-row-{}", it.name())).into_iter();
        let keys = keys.chain(reasons.map(|it| format!("alloc-why-{}", it.name())));
        let keys = keys.chain(days.map(|it| format!("alloc-assign{it}")));
        let keys = keys.chain(days.map(|it| format!("alloc-days{it}")));
        let files = ["involvements", "professionals", "directory"];
        let keys = keys.chain(files.map(|it| format!("alloc-file-{it}")));
        let keys = keys.chain(files.map(|it| format!("alloc-file-{it}-hint")));
        let lists = ["changes", "covers", "without", "leavers", "held", "refused"];
        let keys = keys.chain(lists.map(|it| format!("alloc-{it}")));
        let missing: Vec<String> = keys.filter(|key| words::find(key).is_none()).collect();
        assert_eq!(missing, [""; 0]);
    }
}
