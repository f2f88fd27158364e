//! Someone has a copy of the tokens of phones, from a log or a proxy that ends TLS, and everything that the phones
//! have sent. They try all that a full phone may do.

use promise_protocol::{ActSignature, PhoneAct};

use super::{Checked, check, checks::server_is_sound, ledger::PhoneIndex, world::World};

/// An act that a phone signed, and someone has recorded.
pub(super) struct Recorded {
    phone: PhoneIndex,
    /// The phone's author at the time.
    author: String,
    signed: ActSignature,
}

/// Tries it with the token of each phone.
pub(super) fn take(world: &mut World) -> Checked {
    for phone in 0..world.phones.len() {
        world.counts.stolen_tokens += 1;
        world.server.try_with_token(world.now, phone).map_err(|done| (18, done))?;
        server_is_sound(world)?;
    }
    recorded_acts_are_sent_again(world)?;
    for phone in 0..world.phones.len() {
        phone_acts_and_is_recorded(world, phone);
    }
    recorded_acts_are_sent_again(world)?;
    server_is_sound(world)
}

/// The phone signs an act, which the server accepts unless it was restored since the phone was in touch.
fn phone_acts_and_is_recorded(world: &mut World, phone: PhoneIndex) {
    let signed = world.phones[phone].sign(&PhoneAct::Invite, world.now);
    let invited = world.server.invite(world.now, phone, &signed);
    if invited {
        let author = world.phones[phone].author.clone();
        world.recorded.push(Recorded { phone, author, signed });
    }
}

/// No act works twice, also not after a restore that has forgotten it.
fn recorded_acts_are_sent_again(world: &mut World) -> Checked {
    let World { recorded, server, phones, now, .. } = world;
    for Recorded { phone, author, signed } in recorded.iter() {
        if phones[*phone].author == *author {
            let invited = server.invite(*now, *phone, signed);
            check(!invited, 18, || format!("phone {phone} invited twice by one signature"))?;
        }
    }
    Ok(())
}
