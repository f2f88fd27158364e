//! What restoring a backup must not undo: erased people, revoked phones, deactivated staff, and power
//! that was taken away.
//!
//! A backup is older than the database it replaces. People who erased their account, or revoked a
//! phone, after the backup was made did so for good, and a staff member who was deactivated since must
//! not be able to sign in again. The orders that the council signed for those phones are kept with them. A fresh
//! start ended the keys before it, and deleted what was sealed with them.
//!
//! The same holds for power over sign-ins. A privileged role that was taken away since stays away; one
//! that was granted since has to be granted again, by two people. A password that was reset since does
//! not work again. Requests that wait and links that were not used end: the backup does not know
//! whether they were decided or used since.

use promise_database::{
    ErasedPerson, PrivilegedAct, PrivilegedActKind, PrivilegedActState, RevokedPhone, SignIn, Tx,
};
use promise_protocol::{
    Change,
    fault_injection::{Fault, is_injected},
    ids::{PersonId, StaffId},
};

use crate::{
    ServiceError, StaffRole, StaffScope, assignments,
    devices::{self, fresh_start, records},
    dual_control, staff,
};

/// The tombstones of one database.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tombstones {
    erased: Vec<ErasedPerson>,
    revoked: Vec<RevokedPhone>,
    /// The fresh start of each person who had one, as the council signed it.
    fresh_starts: Vec<(PersonId, Change)>,
    /// Id and time of each deactivated staff member.
    deactivated: Vec<(StaffId, i64)>,
    /// The role of each sign-in, and when its account was held.
    sign_ins: Vec<(StaffId, StaffRole, Option<i64>)>,
    /// What was done to sign-ins, or asked for.
    acts: Vec<PrivilegedAct>,
}

/// Collects the tombstones of the database that will be replaced.
pub fn collect(tx: &mut dyn Tx) -> Result<Tombstones, ServiceError> {
    let sign_ins = tx.sign_ins()?.into_iter();
    Ok(Tombstones {
        erased: tx.erased_people()?,
        revoked: tx.revoked_phones()?,
        fresh_starts: fresh_start::collect(tx)?,
        deactivated: tx.deactivated_staff()?,
        sign_ins: sign_ins.map(|it| (it.staff, it.role, it.held_at)).collect(),
        acts: tx.privileged_acts()?,
    })
}

/// Applies tombstones to the restored database. Applying them again changes nothing.
pub fn reapply(tx: &mut dyn Tx, tombstones: &Tombstones) -> Result<(), ServiceError> {
    let orders = tombstones.revoked.iter();
    for phone in orders.filter(|_| !is_injected(Fault::RestoreForgetsOrders)) {
        tx.add_revoked_phone(phone)?;
        tx.delete_invitations_by(&phone.author)?;
    }
    for erased in &tombstones.erased {
        // The backup may have phones that the replaced database did not know when it erased them.
        if let Some(person) = tx.person_for_update(&erased.id)? {
            devices::revoke_all(tx, &person, erased.erased_at)?;
        }
        tx.erase(erased)?;
    }
    for (staff, deactivated_at) in &tombstones.deactivated {
        staff::revoke_access(tx, staff, *deactivated_at)?;
    }
    reapply_acts(tx, &tombstones.acts)?;
    for (staff, role, held_at) in &tombstones.sign_ins {
        reapply_sign_in(tx, staff, *role, *held_at)?;
    }
    // What waited for a yes when the backup was made starts again, if its code still works.
    tx.delete_pending_pairings_before(i64::MAX)?;
    // The backup may contain sessions that ended and links that were used since.
    for sign_in in tx.sign_ins()? {
        tx.delete_sign_in_links(&sign_in.staff)?;
    }
    Ok(tx.delete_sessions_before(i64::MAX)?)
}

/// Keeps what was done to sign-ins since the backup, so that the rules of `dual_control` go on, and ends
/// the requests that wait.
fn reapply_acts(tx: &mut dyn Tx, acts: &[PrivilegedAct]) -> Result<(), ServiceError> {
    for act in acts {
        // A colleague who was added since the backup is gone.
        if tx.staff(&act.subject)?.is_none() {
            continue;
        }
        let stored = tx.privileged_act(&act.id)?;
        let was_done = stored.is_some_and(|stored| stored.done_at().is_some());
        tx.set_privileged_act(act)?;
        let gives_link = act.kind != PrivilegedActKind::Grant;
        if act.done_at().is_some() && !was_done && gives_link {
            forget_password(tx, &act.subject)?;
        }
    }
    for act in tx.privileged_acts()? {
        if act.state == PrivilegedActState::Waiting {
            tx.set_privileged_act(&PrivilegedAct { state: PrivilegedActState::Lapsed, ..act })?;
        }
    }
    Ok(())
}

/// The backup holds the password and the authenticator that were replaced since. They need a new link.
fn forget_password(tx: &mut dyn Tx, staff: &StaffId) -> Result<(), ServiceError> {
    tx.set_recovery_codes(staff, &[])?;
    if let Some(sign_in) = tx.sign_in(staff)? {
        tx.set_sign_in(&SignIn { password: None, totp: None, ..sign_in })?;
    }
    Ok(())
}

/// Takes away a privileged role that the staff member has no more, and holds an account that was held.
fn reapply_sign_in(
    tx: &mut dyn Tx,
    staff: &StaffId,
    role: StaffRole,
    held_at: Option<i64>,
) -> Result<(), ServiceError> {
    let Some(stored) = tx.sign_in(staff)? else { return Ok(()) };
    let role = if dual_control::is_privileged(stored.role) { role } else { stored.role };
    tx.set_sign_in(&SignIn { role, held_at, ..stored })?;
    Ok(())
}

/// Shows on a young person's phones that one of them was revoked after the backup, and reapplies fresh starts.
/// Writes cells, so the restored database's new generation must have begun.
pub fn reapply_phones(
    tx: &mut dyn Tx,
    tombstones: &Tombstones,
    now_millis: i64,
) -> Result<(), ServiceError> {
    for phone in &tombstones.revoked {
        let Some(device) = tx.device(&phone.author)? else { continue };
        if let Some(person) = tx.person_for_update(&device.person)? {
            records::write(tx, &person, &device, now_millis)?;
        }
    }
    for (person, change) in &tombstones.fresh_starts {
        fresh_start::reapply(tx, person, change)?;
    }
    Ok(())
}

/// Empties the numbers of deactivated staff on their young people's phones again. Phones that had
/// the change send it back themselves; this is for young people without a phone so far. Writes
/// cells, so the restored database's new generation must have begun.
pub fn reapply_leavers(
    tx: &mut dyn Tx,
    tombstones: &Tombstones,
    now_millis: i64,
) -> Result<(), ServiceError> {
    for (staff, _) in &tombstones.deactivated {
        assignments::clear_contacts(tx, &StaffScope::operator(), staff, now_millis)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        cells, devices,
        fixture::{NOW, World},
        generation,
        people::erasure,
        sign_in,
    };
    use promise_database::Stage;
    use promise_database_sqlite::SqliteConnection;
    use promise_protocol::{PhoneOrder, RevocationReason};

    #[test]
    fn restored_database_keeps_erasures_and_revocations_since_the_backup() {
        let mut world = World::new();
        let (ada, bea) = (world.ada.clone(), world.bea.clone());
        world.phone(&ada);
        let lost = world.pair(&bea);
        let backup = world.store.snapshot().unwrap();
        let newer = world.pair(&bea);
        for (paired, reason) in [&lost, &newer].into_iter().zip(RevocationReason::ALL) {
            let author = paired.author.parse().unwrap();
            let revoke = |tx: &mut dyn Tx, scope: &StaffScope| {
                devices::revoke(tx, scope, &author, reason, NOW + 5)
            };
            world.staff(|tx, scope, _| revoke(tx, scope)).unwrap();
        }
        world.staff(|tx, scope, _| erasure::erase(tx, scope, &ada, NOW + 6)).unwrap();
        // Phones have no order.
        let collect_sorted = |tx: &mut dyn Tx| {
            let mut tombstones = collect(tx)?;
            tombstones.revoked.sort_by(|one, other| one.author.cmp(&other.author));
            Ok::<_, ServiceError>(tombstones)
        };
        let tombstones = world.store.read(collect_sorted).unwrap();

        let mut restored =
            SqliteConnection::from_snapshot(&backup, crate::fixture::signer()).unwrap();
        for _ in 0..2 {
            restored.transact(|tx| reapply(tx, &tombstones)).unwrap();
            assert_eq!(restored.read(collect_sorted).unwrap(), tombstones);
        }
        for (paired, reason) in [lost, newer].into_iter().zip(RevocationReason::ALL) {
            let caller =
                restored.read(|tx| devices::authentication::authenticate(tx, &paired.token));
            let Err(ServiceError::Revoked(order)) = caller else { panic!("it stays revoked") };
            assert_eq!(order.order, reason.order());
            let keys = restored.read(|tx| tx.council_keys(&"barnet".into())).unwrap();
            let statement = order.statement(&paired.person, &paired.author);
            assert!(keys.verify(&"barnet".into(), &statement, Some(&order.signature)));
        }
        let person = restored.read(|tx| tx.person(&ada)).unwrap();
        assert_eq!(person, None);
    }

    /// A phone that was paired before the backup, and that another restore had lost before the account was
    /// erased, is in the backup again.
    #[test]
    fn phone_that_only_the_backup_knows_is_ordered_to_wipe_itself() {
        let mut world = World::new();
        let ada = world.ada.clone();
        let without = world.store.snapshot().unwrap();
        let paired = world.pair(&ada);
        let backup = world.store.snapshot().unwrap();
        world.store = SqliteConnection::from_snapshot(&without, crate::fixture::signer()).unwrap();
        world.staff(|tx, scope, _| erasure::erase(tx, scope, &ada, NOW + 6)).unwrap();
        let tombstones = world.store.read(collect).unwrap();
        let mut restored =
            SqliteConnection::from_snapshot(&backup, crate::fixture::signer()).unwrap();
        restored.transact(|tx| reapply(tx, &tombstones)).unwrap();
        let caller = restored.read(|tx| devices::authentication::authenticate(tx, &paired.token));
        let Err(ServiceError::Revoked(order)) = caller else { panic!("it is revoked") };
        assert_eq!(order.order, PhoneOrder::Wipe);
    }

    #[test]
    fn restored_database_keeps_leavers_out_and_their_numbers_off_phones() {
        let mut world = World::new();
        let (ada, jo) = (world.ada.clone(), world.jo.clone());
        let session = world
            .staff(|tx, scope, random| {
                let role = ("jo", StaffRole::Adviser);
                sign_in::invite(tx, scope, &jo, role, 30, NOW, random)?;
                sign_in::begin_session(tx, &jo, Stage::Full, NOW, random)
            })
            .unwrap();
        let backup = world.store.snapshot().unwrap();
        world.staff(|tx, scope, _| staff::deactivate(tx, scope, &jo, NOW + 5)).unwrap();
        let tombstones = world.store.read(collect).unwrap();

        let mut restored =
            SqliteConnection::from_snapshot(&backup, crate::fixture::signer()).unwrap();
        let random = &mut world.random;
        restored
            .transact(|tx| {
                let found = sign_in::find_session(tx, &session, NOW)?;
                assert!(found.is_some(), "the backup would let them in");
                reapply(tx, &tombstones)?;
                generation::begin(tx, random)?;
                reapply_leavers(tx, &tombstones, NOW + 9)?;
                assert!(sign_in::find_session(tx, &session, NOW)?.is_none());
                assert!(tx.staff(&jo)?.unwrap().is_deactivated());
                let contacts = cells::records::list(tx, &ada, "contact")?;
                let shown = (contacts[0].text("display_name"), contacts[0].text("email"));
                assert_eq!(shown, ("Jo", ""));
                assert_eq!(collect(tx)?, tombstones);
                Ok::<_, ServiceError>(())
            })
            .unwrap();
    }
}
