//! Tests of the rules of syncing.

mod account_key;
mod pull;
mod push;
mod restore;

use promise_protocol::{Cell, CellKey, Change};
use serde_json::{Value, json};

use crate::fixture::{TestPhone, World};

fn ask(phone: &TestPhone, millis: i64, text: &str) -> Change {
    phone.change(millis, "ask", "a1", json!({"text": text}))
}

fn texts(changes: &[Change]) -> Vec<&Value> {
    changes.iter().flat_map(|change| change.fields.values()).collect()
}

fn history(world: &mut World, field: &str) -> Vec<Cell> {
    let (ada, key) = (world.ada.clone(), CellKey::new("ask", "a1", field));
    world.run(|tx| tx.history(&ada, &key))
}
