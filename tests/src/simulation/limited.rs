//! A dishonest adviser pairs a phone of their own with a young person's record, beside the person's phones,
//! and tries with a changed program what only a full phone may do. Then one of the person's phones says no. And a
//! member of staff takes a code along when they leave.

use promise_services::audit::AuditAction;

use super::{Checked, check, checks::server_is_sound, key_attacks, ledger::PEOPLE, world::World};

/// Tries it with each person who has a phone that has synced.
pub(super) fn take(world: &mut World) -> Checked {
    for person in 0..PEOPLE {
        world.server.leaver_uses_a_code(world.now, person).map_err(|done| (16, done))?;
        server_is_sound(world)?;
        let Some(phone) = world.server.pair_for_adviser(world.now, person) else { continue };
        world.counts.limited += 1;
        server_is_sound(world)?;
        let state = world.server.recorded_state(person, &phone);
        check(state == "limited", 15, || {
            format!("the phone of person {person} that an adviser paired is recorded as '{state}'")
        })?;
        check(world.server.is_logged(AuditAction::Paired, &phone), 15, || {
            format!("the phone of person {person} that an adviser paired is not in the log")
        })?;
        // Its owner may have the person's words too.
        let in_use = key_attacks::in_use(world, person);
        let tried = world.server.try_what_is_forbidden(world.now, person, &phone, in_use.as_ref());
        tried.map_err(|done| (15, done))?;
        server_is_sound(world)?;
        world.server.veto(world.now, person, &phone);
        server_is_sound(world)?;
        let state = world.server.recorded_state(person, &phone);
        check(state == "revoked", 15, || {
            format!("the phone that person {person} refused is recorded as '{state}'")
        })?;
        check(world.server.is_logged(AuditAction::VetoedPhone, &phone), 15, || {
            format!("that person {person} refused a phone is not in the log")
        })?;
    }
    Ok(())
}
