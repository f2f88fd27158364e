//! What the holder of an account learns, and what they can do about it.

use super::*;
use crate::dual_control::{acknowledge, dispute, list_notices};

const NONE: [PrivilegedActId; 0] = [];

fn notices(office: &mut Office, staff: &StaffId) -> Vec<PrivilegedActId> {
    let acts = office.world.staff(|tx, _, _| list_notices(tx, staff)).unwrap();
    acts.into_iter().map(|act| act.id).collect()
}

fn open(office: &mut Office) -> Vec<PrivilegedAct> {
    let caller = scope(&"someone".into(), StaffRole::Auditor);
    office.world.staff(|tx, _, _| dual_control::list_open(tx, &caller)).unwrap()
}

fn use_link(office: &mut Office, link: &str) {
    let hashed = sign_in::hash_password("seven green kettles sing").unwrap();
    office.world.staff(|tx, _, _| sign_in::set_password(tx, link, hashed, NOW)).unwrap();
}

/// Returns `true` if a session of this staff member works.
fn can_sign_in(office: &mut Office, staff: &StaffId) -> bool {
    let found = office.world.staff(|tx, _, random| {
        let session = sign_in::begin_session(tx, staff, Stage::Full, NOW, random)?;
        sign_in::find_session(tx, &session, NOW)
    });
    found.unwrap().is_some()
}

#[test]
fn holder_reads_what_was_done_until_they_confirm_to_have_read_it() {
    let mut office = Office::new();
    let (adam, eve, pat) = (office.adam.clone(), office.eve.clone(), office.pat.clone());
    let pats = scope(&pat, StaffRole::Publisher);
    assert_eq!(notices(&mut office, &pat), NONE, "a first link is no news");
    let id = office.ask_for_reset();
    assert_eq!(notices(&mut office, &pat), NONE, "nothing was done yet");
    office.confirm(&eve, &id, NOW).unwrap();
    assert_eq!(notices(&mut office, &pat), std::slice::from_ref(&id));
    office.world.staff(|tx, _, _| acknowledge(tx, &pats, NOW + 5)).unwrap();
    assert_eq!(notices(&mut office, &pat), NONE);
    assert!(office.log().last().unwrap().starts_with("read_notice"));

    // Who read that notice was perhaps not Pat: the next reset shows it again.
    let wanted = Wanted::Link("pat", StaffRole::Publisher);
    let next = office.ask_at(&adam, &pat, wanted, NOW + MINUTE).unwrap();
    office.confirm(&eve, &next, NOW + MINUTE).unwrap();
    assert_eq!(notices(&mut office, &pat), [next, id]);
}

#[test]
fn disputed_account_is_held_until_others_make_a_new_link() {
    let mut office = Office::new();
    let (adam, eve, sue) = (office.adam.clone(), office.eve.clone(), office.sue.clone());
    let pat = office.pat.clone();
    let pats = scope(&pat, StaffRole::Publisher);
    let none = office.world.staff(|tx, _, _| dispute(tx, &pats, NOW));
    assert!(matches!(none, Err(ServiceError::NotFound(Entity::Notice))));

    let id = office.ask_for_reset();
    let link = office.confirm(&eve, &id, NOW).unwrap().link.unwrap();
    use_link(&mut office, &link);
    assert!(can_sign_in(&mut office, &pat));
    office.world.staff(|tx, _, _| dispute(tx, &pats, NOW + 1)).unwrap();
    assert!(!can_sign_in(&mut office, &pat));
    assert_eq!(open(&mut office).len(), 1);

    // Neither of the two who did it helps, and no emergency goes around them.
    let wanted = Wanted::Link("pat", StaffRole::Publisher);
    for one in [&adam, &eve] {
        assert_eq!(refusal(office.ask(one, &pat, wanted)), DualControlRefusal::TookPart);
    }
    let alone = office
        .world
        .staff(|tx, _, random| staff::reset_in_emergency(tx, &sue, &pat, REASON, 30, NOW, random));
    assert_eq!(refusal(alone), DualControlRefusal::Held);
    let id = office.ask(&sue, &pat, wanted).unwrap();
    for one in [&adam, &eve] {
        assert_eq!(refusal(office.confirm(one, &id, NOW)), DualControlRefusal::TookPart);
    }
    let done = office
        .world
        .staff(|tx, scope, random| confirm_as_operator(tx, scope, &id, 30, NOW, random));
    let link = done.unwrap().link.unwrap();
    assert!(!can_sign_in(&mut office, &pat), "the link was not used yet");
    use_link(&mut office, &link);
    assert!(can_sign_in(&mut office, &pat));
    assert_eq!(open(&mut office).len(), 0);
}
