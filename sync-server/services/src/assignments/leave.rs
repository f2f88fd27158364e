//! A staff member's leave.

use chrono::NaiveDate;
use promise_protocol::values::Leave;

use promise_database::StaffMember;

/// The last day of a leave that a member of staff is on.
pub fn away_until(staff: &StaffMember, today: NaiveDate) -> Option<NaiveDate> {
    let leave = staff.card.get("leave")?;
    let leave: Vec<Leave> = serde_json::from_value(leave.clone()).unwrap_or_default();
    let now = leave.iter().filter(|leave| leave.from <= today && today <= leave.to);
    now.map(|leave| leave.to).max()
}
