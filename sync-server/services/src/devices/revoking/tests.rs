//! Tests of what a phone is told that was taken off, and of who can take it off.

use promise_database::AuditFilter;
use promise_protocol::statement::Statement;

use super::*;
use crate::{
    devices::authentication::{authenticate, council},
    fixture::{NOW, TestPhone, World},
    people::erasure,
};

fn request(reason: RevocationReason) -> RevokeRequest {
    RevokeRequest { protocol: PROTOCOL, reason }
}

fn revoke_as(
    world: &mut World,
    by: &TestPhone,
    phone: &str,
    reason: RevocationReason,
    now: i64,
) -> Result<PhoneList, ServiceError> {
    world.staff(|tx, _, _| revoke_own(tx, &by.scope, phone, &request(reason), now))
}

/// What the server tells the phone with this token.
fn told(world: &mut World, token: &str) -> Option<SignedOrder> {
    match world.staff(|tx, _, _| authenticate(tx, token)) {
        Err(ServiceError::Revoked(order)) => Some(order),
        _ => None,
    }
}

fn is_signed(world: &mut World, order: &SignedOrder, person: &str, author: &str) -> bool {
    let keys = world.run(|tx| tx.council_keys(&"barnet".into()));
    let statement: Statement<'_> = order.statement(person, author);
    keys.verify(&"barnet".into(), &statement, Some(&order.signature))
}

#[test]
fn phone_lists_and_revokes_only_phones_of_its_person() {
    use RevocationReason::LostOrStolen;
    let mut world = World::new();
    let (ada, bea) = (world.ada.clone(), world.bea.clone());
    let (one, two, beas) = (world.phone(&ada), world.phone(&ada), world.phone(&bea));
    let seen = world.staff(|tx, _, _| list_own(tx, &one.scope)).unwrap().phones;
    assert_eq!(seen.iter().filter(|phone| phone.this).count(), 1);
    assert_eq!(seen.len(), 2);
    for other in [beas.scope.device().as_str(), "p0000abcd", "", "S 1"] {
        let refused = revoke_as(&mut world, &one, other, LostOrStolen, NOW);
        assert!(matches!(refused, Err(ServiceError::NotFound(Entity::Phone))), "{other}");
    }
    for later in [0, 1] {
        let two = two.scope.device().as_str();
        let left = revoke_as(&mut world, &one, two, LostOrStolen, NOW + later).unwrap();
        let revoked: Vec<_> = left.phones.iter().filter_map(|it| it.revoked_at).collect();
        assert_eq!(revoked, [NOW], "the first time counts");
    }
    revoke_as(&mut world, &one, one.scope.device().as_str(), LostOrStolen, NOW).unwrap();
    let beas = world.run(|tx| tx.device(beas.scope.device())).unwrap();
    assert_eq!(beas.revoked, None);
}

#[test]
fn phone_is_told_what_the_council_signed_for_it_alone() {
    let mut world = World::new();
    let ada = world.ada.clone();
    for reason in RevocationReason::ALL {
        let (paired, other) = (world.pair(&ada), world.pair(&ada));
        let author: Author = paired.author.parse().unwrap();
        assert_eq!(told(&mut world, &paired.token), None);
        world.staff(|tx, scope, _| revoke(tx, scope, &author, reason, NOW + 5)).unwrap();
        let order = told(&mut world, &paired.token).unwrap();
        assert_eq!((order.order, order.at), (reason.order(), NOW + 5));
        assert!(is_signed(&mut world, &order, &paired.person, &paired.author));
        assert!(!is_signed(&mut world, &order, &paired.person, &other.author));
        assert!(!is_signed(&mut world, &order, "bea", &paired.author));
        assert_eq!(told(&mut world, &other.token), None);
    }
}

#[test]
fn released_phone_that_is_lost_later_is_wiped_and_never_the_other_way_round() {
    use RevocationReason::{LostOrStolen, NoLongerUsed};
    let mut world = World::new();
    let ada = world.ada.clone();
    let (first, paired) = (world.phone(&ada), world.pair(&ada));
    let steps = [
        (NoLongerUsed, PhoneOrder::Release, NOW),
        (LostOrStolen, PhoneOrder::Wipe, NOW + 1),
        (NoLongerUsed, PhoneOrder::Wipe, NOW + 1),
    ];
    for (later, (reason, order, at)) in (0..).zip(steps) {
        revoke_as(&mut world, &first, &paired.author, reason, NOW + later).unwrap();
        let told = told(&mut world, &paired.token).unwrap();
        assert_eq!((told.order, told.at), (order, at));
        assert!(is_signed(&mut world, &told, &paired.person, &paired.author));
    }
}

/// Erasing tells every phone to wipe itself, also one that was only released.
#[test]
fn erased_person_leaves_a_signed_order_for_each_phone() {
    let mut world = World::new();
    let ada = world.ada.clone();
    let (active, released) = (world.pair(&ada), world.pair(&ada));
    let author: Author = released.author.parse().unwrap();
    let unused = RevocationReason::NoLongerUsed;
    world.staff(|tx, scope, _| revoke(tx, scope, &author, unused, NOW)).unwrap();
    world.staff(|tx, scope, _| erasure::erase(tx, scope, &ada, NOW + 6)).unwrap();
    for paired in [active, released] {
        let order = told(&mut world, &paired.token).unwrap();
        assert_eq!((order.order, order.at), (PhoneOrder::Wipe, NOW + 6));
        assert!(is_signed(&mut world, &order, &paired.person, &paired.author));
        let of = world.staff(|tx, _, _| council(tx, &paired.token)).unwrap();
        assert_eq!(of, "barnet", "it can follow the council's keys");
    }
}

/// A signer signs a hundred orders of a council at once.
#[test]
fn erasing_orders_every_phone_in_use_and_twenty_of_those_released_before() {
    let mut world = World::new();
    let ada = world.ada.clone();
    let in_use = world.pair(&ada);
    let unused = RevocationReason::NoLongerUsed;
    let mut released = Vec::new();
    for later in 0..25 {
        let paired = world.pair(&ada);
        let author: Author = paired.author.parse().unwrap();
        world.staff(|tx, scope, _| revoke(tx, scope, &author, unused, NOW + later)).unwrap();
        released.push(paired);
    }
    world.staff(|tx, scope, _| erasure::erase(tx, scope, &ada, NOW + 60)).unwrap();
    assert_eq!(told(&mut world, &in_use.token).unwrap().order, PhoneOrder::Wipe);
    let orders: Vec<PhoneOrder> =
        released.iter().map(|it| told(&mut world, &it.token).unwrap().order).collect();
    assert_eq!(orders[..5], [PhoneOrder::Release; 5]);
    assert_eq!(orders[5..], [PhoneOrder::Wipe; MAX_RELEASED_TO_WIPE]);
}

#[test]
fn phone_that_takes_a_phone_off_is_in_the_log_and_on_the_access_page() {
    let mut world = World::new();
    let ada = world.ada.clone();
    let (first, second) = (world.phone(&ada), world.phone(&ada));
    let unused = RevocationReason::NoLongerUsed;
    revoke_as(&mut world, &first, second.scope.device().as_str(), unused, NOW).unwrap();
    let entries =
        world.run(|tx| tx.entries_before(&"barnet".into(), &AuditFilter::default(), None, 1));
    let entry = &entries[0];
    assert_eq!((&entry.actor, &entry.role), (&Actor::OwnPhone, &AccessRole::OwnPhone));
    assert_eq!(entry.action, "released_phone");
    assert_eq!(entry.detail, format!("{} by {}", second.scope.device(), first.scope.device()));
    let shown = world.run(|tx| tx.collection(&ada, "access"));
    let did: Vec<_> = shown.iter().filter(|it| it.cell.key.id.contains(".phone.")).collect();
    let all = serde_json::json!(["paired", "released_phone", "started_pairing"]);
    assert!(did.iter().any(|it| it.cell.value == all), "{did:?}");
    assert!(did.iter().any(|it| it.cell.value == "phone"), "{did:?}");
}

/// A signer signs only so many orders, and a thief must not use them up, nor fill the log.
#[test]
fn revoking_again_signs_nothing_and_is_not_in_the_log() {
    let mut world = World::new();
    let ada = world.ada.clone();
    let (first, second) = (world.phone(&ada), world.phone(&ada));
    let second = second.scope.device().to_string();
    let last = |world: &mut World| world.run(|tx| tx.last_entry(&"barnet".into())).unwrap().number;
    revoke_as(&mut world, &first, &second, RevocationReason::LostOrStolen, NOW).unwrap();
    let before = last(&mut world);
    for reason in RevocationReason::ALL {
        revoke_as(&mut world, &first, &second, reason, NOW + 1).unwrap();
    }
    assert_eq!(last(&mut world), before);
}

#[test]
fn request_of_another_protocol_version_revokes_nothing() {
    let mut world = World::new();
    let ada = world.ada.clone();
    let phone = world.phone(&ada);
    let own = phone.scope.device().to_string();
    let later = RevokeRequest { protocol: PROTOCOL + 1, ..request(RevocationReason::LostOrStolen) };
    let revoked = world.staff(|tx, _, _| revoke_own(tx, &phone.scope, &own, &later, NOW));
    assert!(matches!(revoked, Err(ServiceError::UnsupportedProtocol)));
    assert!(!world.run(|tx| tx.device(phone.scope.device())).unwrap().is_revoked());
}
