//! The staff of a council as people read them: by name.

use promise_database::{StaffMember, Tx};
use promise_protocol::{ids::CouncilId, text};

use crate::ServiceError;

/// Returns the staff of a council by name, those who left too. Does not check permissions.
pub fn by_name(tx: &mut dyn Tx, council: &CouncilId) -> Result<Vec<StaffMember>, ServiceError> {
    let mut staff = tx.staff_of(council)?;
    staff.sort_by_cached_key(|member| (text::sort_key(member.name()), member.id.clone()));
    Ok(staff)
}
