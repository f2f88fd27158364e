//! A server that lies: it adds what the council did not write to its responses. It cannot sign it.
//!
//! It only adds. What a server withholds no phone can show.

use std::collections::BTreeMap;

use promise_protocol::{
    Cell, CellKey, Change, Edition, PackName, Stamp, SyncResponse, signature::Signature,
    statement::Statement,
};
use rand::Rng;
use serde_json::json;

use super::{Checked, check, ledger::PhoneIndex, world::World};

/// The value of everything that was forged.
pub(super) const FORGED: &str = "forged";

/// Adds a lie to some responses.
pub(super) fn tell(world: &mut World, phone: PhoneIndex, response: &mut SyncResponse) {
    if !world.lies.random_bool(0.1) {
        return;
    }
    world.counts.lies += 1;
    let kind = world.lies.random_range(0..6);
    if kind == 5 {
        // The number counts up, so that the phone would take it for a newer one.
        let number = world.server.edition_number() + 1;
        let signature = world.editions.last().and_then(|edition| edition.signature.clone());
        let mut packs = world.editions.last().map_or_else(BTreeMap::new, |it| it.packs.clone());
        packs.insert(PackName::Promise, "0".repeat(64));
        response.edition = Some(Edition { number, packs, signature });
        return;
    }
    let genuine = response.changes.iter().find(|change| change.signature.is_some()).cloned();
    let mut lie = swapped(world, phone);
    match (kind, genuine) {
        // Signed by someone who has stolen a key that the council replaced; with none before that.
        (0, _) => {
            let own = world.phones[phone].person.to_string();
            let statement = Statement::Change { person: &own, change: &lie };
            lie.signature = world.server.sign_as_thief(&statement);
        }
        (1, _) => lie.signature = Some(Signature::new("A".repeat(86))),
        // Signed by the council for another person.
        (2, _) => {
            let other = (1 - world.phones[phone].person).to_string();
            let statement = Statement::Change { person: &other, change: &lie };
            lie.signature = Some(world.server.sign(&statement));
        }
        // A genuine signature under altered fields.
        (3, Some(genuine)) => {
            let email = ("email".to_owned(), json!(FORGED));
            lie = Change { fields: genuine.fields.into_iter().chain([email]).collect(), ..genuine };
            lie.collection = "contact".into();
        }
        // As if another phone of the person had written it.
        _ => lie.stamp.author = world.phones[phone].author.parse().expect("an author"),
    }
    response.changes.push(lie);
}

/// Another e-mail address of the adviser, later than everything that the phone has seen.
fn swapped(world: &mut World, phone: PhoneIndex) -> Change {
    let author = world.server.staff_author().parse().expect("an author");
    let reading = world.phones[phone].state().greatest_reading.next();
    Change {
        collection: "contact".into(),
        id: "adviser".into(),
        stamp: Stamp::new(reading, author),
        fields: [("email".to_owned(), json!(FORGED))].into(),
        signature: None,
    }
}

/// Checks that the phone shows nothing that was forged (13).
pub(super) fn nothing_forged_is_shown(world: &mut World, phone: PhoneIndex) -> Checked {
    let shown = world.phones[phone].confirmed(&CellKey::new("contact", "adviser", "email"));
    let is_forged = |cell: &Cell| cell.value == FORGED;
    check(!shown.as_ref().is_some_and(is_forged), 13, || {
        format!("phone {phone} shows {shown:?}, which the council did not sign")
    })?;
    let newest = world.editions.iter().map(|edition| edition.number).max().unwrap_or_default();
    let edition = world.phones[phone].state().edition.unwrap_or_default();
    check(edition <= newest, 13, || format!("phone {phone} shows edition {edition} of {newest}"))
}
