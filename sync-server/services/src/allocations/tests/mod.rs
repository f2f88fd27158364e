//! Imports of allocations: the files, the plan, and what is applied.

mod any_bytes;
mod applying;
mod files;
mod foreseen;
mod oracle;
mod table;

use chrono::NaiveDate;
use promise_database::Assignment;
use promise_protocol::ids::{PersonId, StaffId};

use super::*;

const INVOLVEMENTS: &str = "invo_involvements_id,invo_person_id,invo_professional_id,\
    invo_professional_role_id,invo_involvement_start_date,invo_involvement_end_date,\
    invo_worker_change_reason";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A file of involvements. Each row is `person,professional,role,start,end`.
fn involvements(rows: &[impl AsRef<str>]) -> String {
    let rows = rows.iter().map(|row| format!("1,{},ABSENC\n", row.as_ref()));
    format!("{INVOLVEMENTS}\n{}", rows.collect::<Vec<_>>().concat())
}

fn read(files: [&str; 3]) -> Result<Extract, UnreadableFile> {
    let [involvements, professionals, directory] = files.map(str::as_bytes);
    Extract::read(&AllocationFiles { involvements, professionals, directory })
}

/// The state after changes, as the services would make it. Leavers keep their assignments.
fn applied(state: &State, changes: &[Change]) -> State {
    let mut state = state.clone();
    for change in changes {
        match change {
            Change::SwitchOff { staff } => {
                let staff = state.staff.iter_mut().find(|known| &known.id == staff).unwrap();
                (staff.has_left, staff.can_advise) = (true, false);
            }
            Change::End { person, staff } => {
                state.assignments.retain(|it| (&it.person, &it.staff) != (person, staff));
            }
            Change::SetDays { person, staff, starts, ends } => {
                let mut all = state.assignments.iter_mut();
                let own = all.find(|it| (&it.person, &it.staff) == (person, staff)).unwrap();
                (own.starts, own.ends) = (*starts, *ends);
            }
            Change::Assign { person, staff, starts, ends } => {
                state.assignments.retain(|it| (&it.person, &it.staff) != (person, staff));
                let open = Assignment::open(person, staff, "");
                state.assignments.push(Assignment { starts: *starts, ends: *ends, ..open });
            }
        }
    }
    state
}
