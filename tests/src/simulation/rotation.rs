//! The council's key is stolen, and the council goes on with another one. The thief keeps the earlier key, and also
//! answers in the server's place: what they forge with it no phone shows that has heard of the step.
//!
//! Every phone hears of it at once, and has sent what it had before. A phone that has not heard of it cannot tell the
//! thief from its council, and what only such a phone holds no restored server takes back (`PROTOCOL.md`, section 4).

use promise_protocol::{
    signature::{SEED_BYTES, SigningKey},
    statement::{CouncilKeyList, Statement, Succession},
};

use super::{Checked, check, server::COUNCIL, world::World};

/// Goes on with another key, and signs everything again. Then the thief tries to lead each phone back.
pub(super) fn take(world: &mut World) -> Checked {
    world.counts.rotations += 1;
    for phone in 0..world.phones.len() {
        world.sync_whole(phone)?;
    }
    world.server.rotate_key(world.now);
    super::checks::server_is_sound(world)?;
    let list = world.server.council_keys();
    for phone in 0..world.phones.len() {
        world.sync_whole(phone)?;
        let has_learned = world.phones[phone].learn_keys(&list);
        check(has_learned, 13, || format!("phone {phone} does not follow {list:?}"))?;
        // It asks again for what did not verify, and takes any edition that verifies now.
        world.watch.replaced(phone);
        world.sync_whole(phone)?;
    }
    thief_leads_nowhere(world, &list)
}

/// A thief signs all that the earlier key can sign: that nothing is wrong, and that the council goes on with a key
/// of theirs.
fn thief_leads_nowhere(world: &mut World, list: &CouncilKeyList) -> Checked {
    let Some(genuine) = list.successions.last() else { return Ok(()) };
    let thief = SigningKey::from_seed(&[0xbb; SEED_BYTES]).expect("a seed");
    let softened = Succession { distrusts_earlier: false, ..genuine.clone() };
    let (before, key) = (genuine.before.clone(), thief.public_key());
    let statement = Statement::Successor { before: &before, key: &key, distrusts_earlier: true };
    let signature = world.server.sign_as_thief(&statement).expect("a key was stolen");
    let theirs = Succession {
        countersignature: thief.sign(&statement.to_bytes(COUNCIL)),
        signature,
        distrusts_earlier: true,
        before: before.clone(),
        key: key.clone(),
    };
    for step in [softened, theirs] {
        let list = CouncilKeyList { successions: vec![step] };
        for phone in 0..world.phones.len() {
            let is_led = world.phones[phone].learn_keys(&list);
            check(!is_led, 13, || format!("a thief leads phone {phone} to {list:?}"))?;
        }
    }
    Ok(())
}
