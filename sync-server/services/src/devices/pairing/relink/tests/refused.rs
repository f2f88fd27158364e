//! What is not linked: each rule of `accept`.

use promise_database::ErasedPerson;
use promise_protocol::{RevocationReason, signature::Signature};

use super::*;
use crate::{StaffRole, assignments, devices::pairing::MAX_ATTEMPTS, staff};

/// What happens between making a code for a record and its use.
type Event = fn(&mut World, &PersonId);

/// The id that the phones of a record's person use, if it is not its own.
fn relinked_id(world: &mut World, person: &PersonId) -> Option<PersonId> {
    world.run(|tx| tx.person(person)).unwrap().relinked_id
}

#[test]
fn second_phone_of_lost_person_is_linked_to_the_same_record_only() {
    let mut world = World::new();
    let backup = world.store.snapshot().unwrap();
    let person = add_person(&mut world);
    let [first, second] = [world.pair(&person), world.pair(&person)];
    restore(&mut world, &backup);
    let (new, other) = (add_person(&mut world), add_person(&mut world));
    let mut link = |person: &PersonId, phone: &Paired| {
        let code = code_for(&mut world, person, phone);
        world.claim(&code, Some(relink_of(phone)))
    };
    link(&new, &first).unwrap();
    assert_eq!(link(&other, &second).unwrap_err(), CodeRefusal::OtherPhone);
    let paired = link(&new, &second).unwrap();
    assert_eq!(paired.person, person.as_str());
    // A code of the usual kind is for the same person now.
    assert_eq!(world.pair(&new).person, person.as_str());
}

/// The other phone is real: it has the signature of its own pairing. The code is for one phone only.
#[test]
fn code_links_no_phone_of_another_person() {
    let mut world = World::new();
    let backup = world.store.snapshot().unwrap();
    let [ada, bea] = [add_person(&mut world), add_person(&mut world)].map(|it| world.pair(&it));
    restore(&mut world, &backup);
    let new = add_person(&mut world);
    let code = code_for(&mut world, &new, &ada);
    assert_eq!(world.claim(&code, Some(relink_of(&bea))).unwrap_err(), CodeRefusal::OtherPhone);
    assert_eq!(relinked_id(&mut world, &new), None, "nothing happened");
    world.claim(&code, Some(relink_of(&ada))).expect("the code is not used up");
}

/// A phone that lies about its person or its author, or has no signature, links nothing.
#[test]
fn wrong_person_author_key_or_signature_is_refused() {
    let mut it = Restored::new();
    let other = {
        let ada = it.world.ada.clone();
        it.world.pair(&ada)
    };
    let (code, honest) = (it.code(), it.relink());
    let lies = [
        Relink { person: it.world.ada.to_string(), ..honest.clone() },
        Relink { person: "another-lost-person".into(), ..honest.clone() },
        Relink { author: other.author.clone(), ..honest.clone() },
        Relink { key: other.key.clone(), ..honest.clone() },
        Relink { signature: other.signature.clone(), ..honest.clone() },
        Relink { signature: it.contact.signature.clone().unwrap(), ..honest.clone() },
        Relink { signature: Signature::new(""), ..honest.clone() },
        relink_of(&other),
    ];
    for lie in lies {
        let refused = it.world.claim(&code, Some(lie.clone())).unwrap_err();
        assert_eq!(refused, CodeRefusal::OtherPhone, "{lie:?}");
    }
    assert_eq!(it.world.claim(&code, None).unwrap_err(), CodeRefusal::OtherPhone);
    it.world.claim(&code, Some(honest)).unwrap();
}

#[test]
fn code_of_the_usual_kind_links_no_lost_phone() {
    let mut it = Restored::new();
    let (new, relink) = (it.new.clone(), it.relink());
    let code = it
        .world
        .staff(|tx, scope, random| devices::pairing::invite(tx, scope, &new, 30, NOW, random))
        .unwrap()
        .to_string();
    assert_eq!(it.world.claim(&code, Some(relink)).unwrap_err(), CodeRefusal::OtherPhone);
    assert_eq!(relinked_id(&mut it.world, &new), None);
}

#[test]
fn phone_of_another_council_is_not_linked() {
    let mut it = Restored::new();
    let camden = it
        .world
        .staff(|tx, scope, random| {
            people::add_council(tx, "camden", "Camden")?;
            people::add(tx, scope, &"camden".into(), None, random)
        })
        .unwrap();
    let (phone, relink) = (check_of(&it.lost), it.relink());
    let code = it.invite(&camden, phone).unwrap().to_string();
    assert_eq!(it.world.claim(&code, Some(relink)).unwrap_err(), CodeRefusal::OtherPhone);
}

/// The restore keeps the revocation. The phone wipes itself, whichever code it has.
#[test]
fn revoked_phone_is_not_linked() {
    let mut world = World::new();
    let backup = world.store.snapshot().unwrap();
    let person = add_person(&mut world);
    let lost = world.pair(&person);
    let author = lost.author.parse().unwrap();
    world
        .staff(|tx, scope, _| {
            devices::revoke(tx, scope, &author, RevocationReason::LostOrStolen, NOW)
        })
        .unwrap();
    restore(&mut world, &backup);
    let new = add_person(&mut world);
    let code = code_for(&mut world, &new, &lost);
    let claim = world.try_claim(&code, Some(relink_of(&lost)));
    assert!(matches!(claim, Err(ServiceError::Revoked(_))), "{claim:?}");
    assert_eq!(relinked_id(&mut world, &new), None);
}

#[test]
fn phone_of_erased_person_is_not_linked() {
    let mut it = Restored::new();
    let lost = PersonId::from(it.lost.person.as_str());
    it.world.run(|tx| {
        tx.person_for_update(&lost)?;
        tx.erase(&ErasedPerson { id: lost.clone(), council: "barnet".into(), erased_at: NOW })
    });
    let (code, relink) = (it.code(), it.relink());
    let claim = it.world.try_claim(&code, Some(relink));
    assert!(matches!(claim, Err(ServiceError::Revoked(_))), "{claim:?}");
}

/// A phone that the server knows lost nothing, and its person's record has its id.
#[test]
fn paired_phone_is_not_linked_to_another_record() {
    let mut world = World::new();
    let ada = world.ada.clone();
    let paired = world.pair(&ada);
    let new = add_person(&mut world);
    let code = code_for(&mut world, &new, &paired);
    let claim = world.claim(&code, Some(relink_of(&paired)));
    assert_eq!(claim.unwrap_err(), CodeRefusal::OtherPhone);
}

/// Nothing was lost. Linked again, it would be two phones, and the token of the first would go on working.
#[test]
fn paired_phone_is_not_linked_to_its_own_record() {
    let mut world = World::new();
    let ada = world.ada.clone();
    let paired = world.pair(&ada);
    let code = code_for(&mut world, &ada, &paired);
    let claim = world.claim(&code, Some(relink_of(&paired)));
    assert_eq!(claim.unwrap_err(), CodeRefusal::OtherPhone);
    assert_eq!(world.run(|tx| tx.devices(&ada)).len(), 1);
}

/// The person is in the backup, and only the phone was added after it: a code of either kind works.
#[test]
fn lost_phone_of_known_person_is_linked_to_that_person_only() {
    let mut world = World::new();
    let (ada, bea) = (world.ada.clone(), world.bea.clone());
    let backup = world.store.snapshot().unwrap();
    let lost = world.pair(&ada);
    restore(&mut world, &backup);
    let mut link = |person: &PersonId| {
        let code = code_for(&mut world, person, &lost);
        world.claim(&code, Some(relink_of(&lost)))
    };
    assert_eq!(link(&bea).unwrap_err(), CodeRefusal::OtherPhone);
    assert_eq!(link(&ada).unwrap().person, ada.as_str());
    assert_eq!(relinked_id(&mut world, &ada), None);
}

#[test]
fn record_with_phone_of_its_own_links_no_other() {
    let mut it = Restored::new();
    let (new, phone, relink) = (it.new.clone(), check_of(&it.lost), it.relink());
    let code = it.code();
    it.world.phone(&new).sync(&mut it.world, vec![]);
    let refused = it.invite(&new, phone);
    assert!(matches!(refused, Err(ServiceError::HasOwnPhone)), "{refused:?}");
    // Also with a code from before.
    assert_eq!(it.world.claim(&code, Some(relink)).unwrap_err(), CodeRefusal::OtherPhone);
}

#[test]
fn code_is_locked_like_every_other() {
    let mut it = Restored::new();
    let (code, relink) = (it.code(), it.relink());
    let wrong = format!("{}-0000-0000", code.get(..4).unwrap());
    for _ in 0..MAX_ATTEMPTS {
        let claim = it.world.claim(&wrong, Some(relink.clone()));
        assert_eq!(claim.unwrap_err(), CodeRefusal::Invalid);
    }
    assert_eq!(it.world.claim(&code, Some(relink)).unwrap_err(), CodeRefusal::Locked);
}

#[test]
fn expired_code_links_no_phone() {
    let mut it = Restored::new();
    let (code, relink) = (it.code(), it.relink());
    let end = NOW + 30 * 60_000;
    for (now, is_in_time) in [(end, false), (end - 1, true)] {
        let claim = it.world.claim_at(&code, Some(relink.clone()), now).map(drop);
        let expected = if is_in_time { Ok(()) } else { Err(CodeRefusal::Expired) };
        assert_eq!(claim, expected);
    }
}

/// An adviser who left, or whose young person has another adviser, links nothing with a code that they
/// took along.
#[test]
fn code_of_adviser_who_may_no_longer_change_the_record_links_no_phone() {
    let changes: [(&str, Event); 4] = [
        ("nothing", |_, _| {}),
        ("deactivated", |world, _| {
            let jo = world.jo.clone();
            world.staff(|tx, scope, _| staff::deactivate(tx, scope, &jo, NOW)).unwrap();
        }),
        ("another role", |world, _| drop(world.jo_as(StaffRole::Auditor))),
        ("no longer assigned", |world, person| {
            let jo = world.jo.clone();
            world.staff(|tx, scope, _| assignments::unassign(tx, scope, person, &jo, NOW)).unwrap();
        }),
    ];
    for (what, change) in changes {
        let mut it = Restored::new();
        let (new, jo) = (it.new.clone(), it.world.jo.clone());
        it.world
            .staff(|tx, scope, random| assignments::assign(tx, scope, &new, &jo, NOW, random))
            .unwrap();
        let (adviser, check) = (it.world.jo_as(StaffRole::Adviser), check_of(&it.lost));
        let code = it
            .world
            .staff(|tx, _, random| invite_to_relink(tx, &adviser, &new, check, 30, NOW, random))
            .unwrap()
            .to_string();
        change(&mut it.world, &new);
        let claim = it.world.claim(&code, Some(it.relink()));
        let expected = if what == "nothing" { Ok(()) } else { Err(CodeRefusal::Expired) };
        assert_eq!(claim.map(drop), expected, "{what}");
        let is_linked = relinked_id(&mut it.world, &new).is_some();
        assert_eq!(is_linked, expected.is_ok(), "{what}");
    }
}

/// The stored role decides, in the transaction that makes the code.
#[test]
fn adviser_who_was_deactivated_or_is_not_theirs_makes_no_code() {
    let mut it = Restored::new();
    let (new, ada, jo) = (it.new.clone(), it.world.ada.clone(), it.world.jo.clone());
    let adviser = it.world.jo_as(StaffRole::Adviser);
    let check = check_of(&it.lost);
    let make = |world: &mut World, scope: &StaffScope, person: &PersonId| {
        let check = check.clone();
        world.staff(|tx, _, random| invite_to_relink(tx, scope, person, check, 30, NOW, random))
    };
    let theirs = make(&mut it.world, &adviser, &new);
    assert!(matches!(theirs, Err(ServiceError::NotFound(_))), "{theirs:?}");
    make(&mut it.world, &adviser, &ada).unwrap();
    let auditor = it.world.jo_as(StaffRole::Auditor);
    let no_role = make(&mut it.world, &auditor, &ada);
    assert!(matches!(no_role, Err(ServiceError::NotAllowed)), "{no_role:?}");
    let earlier_role = make(&mut it.world, &adviser, &ada);
    assert!(matches!(earlier_role, Err(ServiceError::NotAllowed)), "{earlier_role:?}");
    let adviser = it.world.jo_as(StaffRole::Adviser);
    it.world.staff(|tx, scope, _| staff::deactivate(tx, scope, &jo, NOW)).unwrap();
    let off = make(&mut it.world, &adviser, &ada);
    assert!(matches!(off, Err(ServiceError::NotAllowed)), "{off:?}");
}

/// The person erased their account on a phone that was linked again. Their other phone still holds the
/// lost record's id.
#[test]
fn other_phone_of_erased_relinked_person_is_not_linked() {
    let mut world = World::new();
    let backup = world.store.snapshot().unwrap();
    let person = add_person(&mut world);
    let [first, second] = [world.pair(&person), world.pair(&person)];
    restore(&mut world, &backup);
    let new = add_person(&mut world);
    let code = code_for(&mut world, &new, &first);
    world.claim(&code, Some(relink_of(&first))).unwrap();
    world.staff(|tx, scope, _| people::erasure::erase(tx, scope, &new, NOW)).unwrap();
    let again = add_person(&mut world);
    let code = code_for(&mut world, &again, &second);
    let claim = world.try_claim(&code, Some(relink_of(&second)));
    assert!(matches!(claim, Err(ServiceError::Revoked(_))), "{claim:?}");
    assert_eq!(relinked_id(&mut world, &again), None);
}

/// One record takes one lost id, and keeps it.
#[test]
fn relinked_record_links_no_phone_of_a_third_person() {
    let mut world = World::new();
    let backup = world.store.snapshot().unwrap();
    let [ada, bea] = [add_person(&mut world), add_person(&mut world)].map(|it| world.pair(&it));
    restore(&mut world, &backup);
    let new = add_person(&mut world);
    let code = code_for(&mut world, &new, &ada);
    world.claim(&code, Some(relink_of(&ada))).unwrap();
    let code = code_for(&mut world, &new, &bea);
    assert_eq!(world.claim(&code, Some(relink_of(&bea))).unwrap_err(), CodeRefusal::OtherPhone);
    assert_eq!(relinked_id(&mut world, &new), Some(PersonId::from(ada.person.as_str())));
}
