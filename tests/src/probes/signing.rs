//! The signature of a phone that probes. Without it, its acts would be refused before anything else is checked.

use std::sync::atomic::{AtomicU64, Ordering};

use promise_protocol::{ActSignature, ActingPhone, PhoneAct, pairing::PhoneToken};

use super::world::{COUNCILS, Pass, World};
use crate::harness::pairing::phone_key;

/// Signs the act of a probe as the phone that sends it; `None` for what is none, and for other callers.
pub(super) fn sign(world: &World, caller: usize, path: &str, body: &str) -> Option<ActSignature> {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let caller = world.callers.get(caller)?;
    let Pass::Phone(owner, token) = &caller.pass else { return None };
    let person = world.people.get(*owner)?;
    let acting = ActingPhone {
        council: COUNCILS.get(caller.council)?,
        person: person.id.as_str(),
        author: &person.phone,
        generation: &world.generation,
    };
    let key = phone_key(*token.parse::<PhoneToken>().ok()?.as_bytes());
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let sign = |act: &PhoneAct<'_>| Some(acting.sign(act, number, &key));
    let parts: Vec<&str> = path.trim_start_matches("/v1/").split('/').collect();
    match parts.as_slice() {
        ["erase"] => {
            let request = serde_json::from_str(body).ok()?;
            sign(&PhoneAct::Erase { request: &request })
        }
        ["invitations"] => sign(&PhoneAct::Invite),
        ["pairings", code] => {
            let answer = serde_json::from_str(body).ok()?;
            sign(&PhoneAct::Answer { code, answer: &answer })
        }
        ["phones", phone, "revoke"] => {
            let request = serde_json::from_str(body).ok()?;
            sign(&PhoneAct::Revoke { phone, request: &request })
        }
        ["phones", phone, "confirm"] => sign(&PhoneAct::Confirm { phone }),
        ["phones", phone, "veto"] => sign(&PhoneAct::Veto { phone }),
        _ => None,
    }
}
