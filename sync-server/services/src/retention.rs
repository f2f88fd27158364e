//! Retention: deleting data that is not needed any more.

use promise_database::Tx;

use crate::{
    ServiceError, address_book, assignments,
    audit::access_log,
    calendar::DAY_MILLIS,
    publishing::{drafts, imports, pictures},
    sign_in,
};

/// How long an overwritten or losing value of a cell is kept, in days.
pub const HISTORY_DAYS: i64 = 90;

/// How long after its expiry an invitation is still reported as expired instead of unknown, in
/// days.
const INVITATION_DAYS: i64 = 7;

/// Deletes old history, invitations and the phones that waited with them, uploads, sessions, unused
/// pictures and access log records, ends assignments that are over, and deletes contacts that ended. Returns
/// how many values of history were deleted.
pub fn run(tx: &mut dyn Tx, now_millis: i64) -> Result<usize, ServiceError> {
    assignments::end_expired(tx, now_millis)?;
    address_book::delete_ended(tx, now_millis)?;
    access_log::delete_expired(tx, now_millis)?;
    let in_drafts = drafts::picture_hashes(tx)?;
    pictures::delete_unused(tx, &in_drafts, now_millis)?;
    tx.delete_sessions_before(now_millis - sign_in::MAX_IDLE_MILLIS)?;
    tx.delete_imports_before(now_millis - imports::RETENTION_MILLIS)?;
    tx.delete_pending_pairings_before(now_millis)?;
    tx.delete_invitations_before(now_millis - INVITATION_DAYS * DAY_MILLIS)?;
    Ok(tx.delete_history_before(now_millis - HISTORY_DAYS * DAY_MILLIS)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{NOW, World};
    use promise_protocol::CellKey;
    use serde_json::json;

    #[test]
    fn history_is_deleted_after_ninety_days() {
        let mut world = World::new();
        let ada = world.ada.clone();
        let mut phone = world.phone(&ada);
        for n in 0..2 {
            let edit = phone.change(NOW + n, "ask", "a1", json!({"text": "x"}));
            phone.sync(&mut world, vec![edit]);
        }
        let mut kept_after = |days: i64| {
            let now = NOW + days * DAY_MILLIS;
            world.staff(|tx, _, _| run(tx, now)).unwrap();
            world.run(|tx| tx.history(&ada, &CellKey::new("ask", "a1", "text"))).len()
        };
        assert_eq!(kept_after(HISTORY_DAYS), 1);
        assert_eq!(kept_after(HISTORY_DAYS + 1), 0);
    }
}
