//! An import in words, line by line.

use chrono::NaiveDate;
use promise_protocol::ids::{PersonId, StaffId};
use promise_services::allocations::{
    Applied, Change, Pair, Plan, PlannedCover, RefusedRow, RowProblem, WhyUnassigned,
    WithoutAdviser,
};

use crate::cli::Output;

/// Prints what an import would change, and what it cannot say.
pub(super) fn print(plan: &Plan, output: &mut Output<'_>) {
    let (rows, not_here) = (plan.rows, plan.not_here);
    output.print(&format!("Rows: {rows}. About people who are not here: {not_here}."));
    output.print(&format!("Assignments that stay as they are: {}.", plan.unchanged));
    for change in &plan.changes {
        output.print(&format_change(plan, change));
    }
    for cover in &plan.covers {
        output.print(&format_cover(plan, cover));
    }
    for pair in &plan.missing {
        output.print(&format!("{}  is not in the files, and is kept", format_pair(plan, pair)));
    }
    for pair in &plan.held {
        let line = "may be over, and is kept: a row cannot be read";
        output.print(&format!("{}  {line}", format_pair(plan, pair)));
    }
    for row in &plan.refused {
        output.print(&format_refused(row));
    }
    for without in &plan.without_adviser {
        output.print(&format_without(plan, without));
    }
}

/// Returns what was changed.
pub(super) fn format_applied(applied: Applied) -> String {
    let Applied { assigned, ended, days, switched_off } = applied;
    format!(
        "Begun: {assigned}. Ended: {ended}. Other days: {days}. Accounts switched off: {switched_off}."
    )
}

fn reference<'a>(plan: &'a Plan, person: &'a PersonId) -> &'a str {
    plan.reference(person).unwrap_or(person.as_str())
}

fn format_pair(plan: &Plan, pair: &Pair) -> String {
    format!("{}  {}", reference(plan, &pair.person), plan.name(&pair.staff))
}

fn format_change(plan: &Plan, change: &Change) -> String {
    let pair = |person: &PersonId, staff: &StaffId| {
        format!("{}  {}", reference(plan, person), plan.name(staff))
    };
    match change {
        Change::SwitchOff { staff } => {
            format!("{}  has left, and is switched off", plan.name(staff))
        }
        Change::End { person, staff } => format!("{}  ends", pair(person, staff)),
        Change::SetDays { person, staff, starts, ends } => {
            format!("{}  has other days:{}", pair(person, staff), format_days(*starts, *ends))
        }
        Change::Assign { person, staff, starts, ends } => {
            format!("{}  begins{}", pair(person, staff), format_days(*starts, *ends))
        }
    }
}

fn format_cover(plan: &Plan, cover: &PlannedCover) -> String {
    let PlannedCover { person, colleague, adviser, starts, ends } = cover;
    let (colleague, adviser) = (plan.name(colleague), plan.name(adviser));
    let days = format_days(Some(*starts), Some(*ends));
    format!("{}  {colleague}  covers for {adviser}{days}", reference(plan, person))
}

/// Formats the first day, if it is in the future, and the last one.
fn format_days(starts: Option<NaiveDate>, ends: Option<NaiveDate>) -> String {
    let from = starts.map_or_else(|| " now".to_owned(), |day| format!(" on {day}"));
    let last = ends.and_then(|ends| ends.pred_opt());
    let until = last.map(|day| format!(", until {day}"));
    format!("{from}{}", until.unwrap_or_default())
}

fn format_refused(row: &RefusedRow) -> String {
    let reference = row.reference.as_ref().map(|reference| format!("{reference}: "));
    let (file, number) = (row.file, row.row);
    format!(
        "{file}: row {number}: {}{}",
        reference.unwrap_or_default(),
        describe_problem(row.problem)
    )
}

fn describe_problem(problem: RowProblem) -> &'static str {
    match problem {
        RowProblem::Damaged => {
            "there are more cells than columns, or a quotation mark is not closed"
        }
        RowProblem::NoPerson => "no young person is named",
        RowProblem::FirstDay => "the first day is not a day; write it as 2026-12-31",
        RowProblem::LastDay => "the last day is not a day; write it as 2026-12-31",
        RowProblem::DaysOutOfOrder => "the last day is before the first",
        RowProblem::TooFarAhead => "the first day is more than a year away",
        RowProblem::NoWorker => "no worker is named",
        RowProblem::UnknownProfessional => "the worker is not in the file of professionals",
        RowProblem::NoStaffNumber => "the worker has no staff number in the file of professionals",
        RowProblem::TwoStaffNumbers => {
            "the worker has two staff numbers in the file of professionals"
        }
        RowProblem::UnknownStaffNumber => "the worker's staff number is not in the directory",
        RowProblem::NoAddress => "the directory has no mail address for the worker",
        RowProblem::TwoAddresses => "the directory has two mail addresses for the worker",
        RowProblem::NoAccount => {
            "nobody here signs in with the worker's address; add them, or make them a link with that name"
        }
        RowProblem::TwoAccounts => "two accounts here have the worker's address",
        RowProblem::WorkerLeft => "the worker has left, or their account here is off",
        RowProblem::NotAnAdviser => "the worker's role here has no card",
        RowProblem::NotYesOrNo => "accountEnabled is neither true nor false",
    }
}

fn format_without(plan: &Plan, without: &WithoutAdviser) -> String {
    let why = match without.why {
        WhyUnassigned::AdviserLeft => "their adviser left",
        WhyUnassigned::AdviserAway => "their adviser is on leave, and nobody covers",
        WhyUnassigned::NoReference => "they have no reference, so no row can be about them",
        WhyUnassigned::NotInFiles => "no row that counts is about them",
        WhyUnassigned::RowRefused => "a row about them does not count",
        WhyUnassigned::ComesLater => "their next adviser begins later",
        WhyUnassigned::Over => "everything about them is over, and nobody follows",
    };
    let now = if without.is_new { "will have no adviser" } else { "has no adviser" };
    format!("{}  {now}: {why}", reference(plan, &without.person))
}
