//! Phones that are taken off, and a server that lies about it: it says to phones that they were taken off,
//! with no order, a forged one, or one that the council signed for something else. Before a phone that was taken off
//! does what it is ordered to do, a thief goes on with it and ignores the order.
//!
//! The lies come beside the other messages. They have a generator of their own, so that the rest of a story
//! does not depend on them.

use promise_protocol::{
    PhoneOrder, RevocationReason, SignedOrder, signature::Signature, statement::Statement,
};
use rand::{Rng, seq::IndexedRandom};

use super::{Checked, check, key_attacks, ledger::PhoneIndex, phone::Phone, world::World};

/// A phone that was taken off, and was not in touch since.
pub(super) struct TakenOff {
    phone: Phone,
    reason: RevocationReason,
}

/// Why the next phone is taken off.
pub(super) fn reason(world: &mut World) -> RevocationReason {
    *RevocationReason::ALL.choose(&mut world.orders).expect("there are two")
}

/// Remembers a phone that was taken off.
pub(super) fn remember(world: &mut World, phone: Phone, reason: RevocationReason) {
    world.taken_off.push(TakenOff { phone, reason });
}

/// Takes one random step.
pub(super) fn take(world: &mut World) -> Checked {
    if world.orders.random_bool(0.1) {
        let phone = world.orders.random_range(0..world.phones.len());
        server_lies(world, phone)?;
    }
    if world.orders.random_bool(0.03) && !world.taken_off.is_empty() {
        let index = world.orders.random_range(0..world.taken_off.len());
        let taken_off = world.taken_off.swap_remove(index);
        is_in_touch(world, taken_off)?;
    }
    Ok(())
}

/// At the end, every phone that was taken off is in touch.
pub(super) fn all_are_in_touch(world: &mut World) -> Checked {
    while let Some(taken_off) = world.taken_off.pop() {
        is_in_touch(world, taken_off)?;
    }
    Ok(())
}

/// The server refuses a phone that is paired. It must keep everything and go on (14).
fn server_lies(world: &mut World, phone: PhoneIndex) -> Checked {
    world.counts.refusals += 1;
    let lie = lie(world, phone);
    let done = world.phones[phone].obey(lie.as_ref());
    check(done.is_none() && world.phones[phone].syncs(), 14, || {
        format!("phone {phone} does {done:?} by {lie:?}, which the council did not sign for it")
    })
}

/// An order that is none for this phone, or no order.
fn lie(world: &mut World, phone: PhoneIndex) -> Option<SignedOrder> {
    let order = *PhoneOrder::ALL.choose(&mut world.orders).expect("there are two");
    let at = world.now;
    let (author, person) = (world.phones[phone].author.clone(), world.phones[phone].person);
    let (own, other) = (person.to_string(), (1 - person).to_string());
    let signature = match world.orders.random_range(0..5) {
        0 => return None,
        1 => Signature::new("A".repeat(86)),
        // To another phone of the person, or to this one before it was paired again.
        2 => {
            let author = another_author(world, phone)?;
            world.server.sign(&Statement::Order { person: &own, author: &author, order, at })
        }
        3 => world.server.sign(&Statement::Order { person: &other, author: &author, order, at }),
        _ => {
            let statement = Statement::Order { person: &own, author: &author, order, at };
            world.server.sign_as("elsewhere", &statement)
        }
    };
    Some(SignedOrder { order, at, signature })
}

/// The author of another phone of the person, or of another pairing of this phone.
fn another_author(world: &mut World, phone: PhoneIndex) -> Option<String> {
    let (author, person) = (world.phones[phone].author.clone(), world.phones[phone].person);
    let paired = world.phones.iter().filter(|it| it.person == person);
    let left = world.taken_off.iter().map(|it| &it.phone).filter(|it| it.person == person);
    let others: Vec<String> = paired
        .chain(left)
        .map(|it| it.author.clone())
        .chain(world.phones[phone].earlier_authors.iter().cloned())
        .filter(|it| *it != author)
        .collect();
    others.choose(&mut world.orders).cloned()
}

/// A phone that was taken off is in touch. Whatever was restored since, it gets the order that the council
/// signed, and does that and nothing else (14).
fn is_in_touch(world: &mut World, TakenOff { mut phone, reason }: TakenOff) -> Checked {
    world.counts.orders += 1;
    let in_use = key_attacks::in_use(world, phone.person);
    let (author, person) = (phone.author.as_str(), phone.person);
    let tried = world.server.try_with_stolen_phone(world.now, person, author, in_use.as_ref());
    tried.map_err(|done| (14, done))?;
    let request = phone.prepare().request;
    let before = phone.view();
    let order = world.server.order_to(world.now, &phone.author, request);
    let order = order.map_err(|sent| (14, format!("a {reason} phone got no order: {sent}")))?;
    let altered = SignedOrder { order: other(order.order), ..order.clone() };
    let done = phone.obey(Some(&altered));
    check(done.is_none(), 14, || format!("a {reason} phone does {done:?} by an altered order"))?;
    // Asking for the council's present key takes none of its orders away.
    phone.learn_keys(&world.server.council_keys());
    let done = phone.obey(Some(&order));
    check(done == Some(reason.order()), 14, || format!("a {reason} phone does {done:?}"))?;
    if reason == RevocationReason::NoLongerUsed {
        check(phone.view() == before, 14, || "a released phone lost something".into())?;
        check(!phone.syncs(), 14, || "a released phone goes on syncing".into())?;
    }
    Ok(())
}

fn other(order: PhoneOrder) -> PhoneOrder {
    match order {
        PhoneOrder::Wipe => PhoneOrder::Release,
        PhoneOrder::Release => PhoneOrder::Wipe,
    }
}
