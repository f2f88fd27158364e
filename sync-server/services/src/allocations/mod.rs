//! Allocations of young people to advisers, from the council's own systems: who looks after whom, who
//! left, and who has no adviser.
//!
//! An import reads three files: `ssd_involvements` and `ssd_professionals` of the Standard Safeguarding
//! Dataset, and an export of the staff directory (Entra's columns). [`Extract`] keeps the columns that are
//! needed and drops the rest, [`Plan`] says in data what the import would change and what it cannot read,
//! and [`apply()`] does exactly what a plan said, in one transaction.
//!
//! # Who is who
//!
//! | in the files | here |
//! |---|---|
//! | `invo_person_id` | the council's reference of a young person |
//! | `invo_professional_id` -> `prof_staff_id` -> `employeeId` -> `mail` | the name with which a staff member signs in, or their handle |
//!
//! Both are here already, so that an import adds no identifier to what is held about anyone. The address on
//! a card does not count: its holder can change it, and would be given a colleague's young people.
//! [`people::reference`](crate::people::reference) and [`staff::handle`](crate::staff::handle) correct them.
//!
//! # What an import never does
//!
//! - It ends nothing because a row is absent, unless a person chose that: see [`Plan::missing`].
//! - It ends nothing of a young person about whom a row cannot be read: see [`Plan::held`].
//! - It applies nothing at all if the file shrank, or if many would lose someone, until a person has
//!   confirmed the exact number: see [`AllocationRefusal`].
//! - It gives no young person to an account that has no card, and makes no accounts.

mod apply;
mod change;
mod claims;
mod extract;
mod foresight;
mod plan;
mod planner;
mod prospect;
mod refusal;
mod roles;
mod row_problem;
mod state;
#[cfg(test)]
mod tests;
mod workers;

use promise_database::Tx;
use promise_protocol::ids::CouncilId;

pub use crate::error::AllocationRefusal;
use crate::{Permission, ServiceError, StaffScope};
pub use apply::{Applied, Confirmed, Decision, apply};
pub use change::{Change, InvalidChange};
pub use extract::{AllocationFile, AllocationFiles, Days, Extract, Involvement, UnreadableFile};
pub use plan::{Pair, Plan, PlannedCover, WhyUnassigned, WithoutAdviser};
pub use roles::CountedRoles;
pub use row_problem::{RefusedRow, RowProblem};
pub use state::{KnownPerson, KnownStaff, State};

/// The most bytes of the three files together that the console accepts.
pub const MAX_BYTES: usize = 16 << 20;

/// Returns what an import would change in a council. Writes nothing.
///
/// [`AllocationRefusal::NoCountedRole`]: no row has a role that counts.
pub fn plan(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    council: &CouncilId,
    extract: &Extract,
    roles: &CountedRoles,
    now_millis: i64,
) -> Result<Plan, ServiceError> {
    scope.permit(Permission::GivePeople)?;
    let council = scope.council(tx, council)?;
    let state = State::load(tx, &council, now_millis)?;
    let rows_before = tx.last_allocation_import(&council)?.map(|last| last.rows);
    let mut plan = Plan::new(&state, extract, roles, scope.may(Permission::ManageStaff))?;
    plan.rows_before = rows_before;
    Ok(plan)
}
