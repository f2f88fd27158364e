//! One dishonest administrator tries every sequence of acts to publish what they wrote themselves.
//!
//! The human holds Adam's account, and every account whose sign-in link they were given or whose link
//! reached them. Who opens a link holds the account: humans and accounts are different things.
//! No one else acts, unless a story says that the second administrator is deceived: then Eve confirms
//! every request and hands the link to the human, which is the worst that she can do.
mod acts;
mod search;

use promise_database_sqlite::SqliteConnection;
use serde_json::json;

use super::{ed, pat};
use crate::{
    StaffRole,
    fixture::{NOW, World, card_edit, signer},
    sign_in, staff,
};
use acts::{Act, MINUTE, Model, SECRET, Seeded, Story, staff_named};
use search::State;

/// A council with Adam, whose account the human holds, another administrator, a publisher and an
/// editor, all made by the operator, and a publisher who has not used the first link.
fn council(model: &Model) -> State {
    let mut world = World::new();
    let roles = [
        ("adam", StaffRole::Administrator),
        ("eve", StaffRole::Administrator),
        ("pat", StaffRole::Publisher),
        ("ed", StaffRole::Editor),
        ("nora", StaffRole::Publisher),
    ];
    for (handle, role) in roles {
        world
            .staff(|tx, scope, random| {
                let card = card_edit(json!({"display_name": handle}));
                let id = staff::add(tx, scope, &"barnet".into(), handle, card, random)?;
                let link = sign_in::invite(tx, scope, &id, (handle, role), 30, NOW, random)?;
                match handle {
                    "nora" => {}
                    "adam" => model.open(tx, &link, NOW)?,
                    _ => {
                        let mut sign_in = tx.sign_in(&id)?.unwrap();
                        sign_in.password = Some("their own".into());
                        sign_in.totp = Some(SECRET.to_vec());
                        tx.set_sign_in(&sign_in)?;
                        tx.set_last_sign_in(&id, NOW)?;
                    }
                }
                Ok(())
            })
            .unwrap();
    }
    State { bytes: world.store.snapshot().unwrap(), now: NOW, acts: Vec::new() }
}

/// The same, with an editor whom Adam made a day ago and whose draft is submitted.
fn council_with_draft(model: &Model) -> State {
    let mut state = council(model);
    let mut store = SqliteConnection::from_snapshot(&state.bytes, signer()).unwrap();
    let mut random = Seeded(5);
    store
        .transact(|tx| {
            let adam = staff_named(tx, "adam")?;
            model.run(tx, &Act::Create(adam, StaffRole::Editor), NOW + MINUTE, &mut random)?;
            let own = staff_named(tx, "new6")?;
            model.run(tx, &Act::Write(own), NOW + 2 * MINUTE, &mut random)
        })
        .unwrap();
    state.bytes = store.snapshot().unwrap();
    state.now = NOW + 24 * 60 * MINUTE;
    state
}

fn explore(story: Story, start: fn(&Model) -> State, acts: usize) -> Model {
    let mut model = Model::new(story);
    let start = start(&model);
    model.explore(&start, acts);
    model
}

#[test]
fn one_dishonest_administrator_publishes_nothing_with_four_acts() {
    let story = Story { is_eve_deceived: false, may_wait: true };
    for start in [council, council_with_draft] {
        let model = explore(story, start, 4);
        assert_eq!(model.published, Vec::<Vec<Act>>::new());
        assert!(model.tried > 1_000, "{}", model.tried);
    }
}

#[test]
fn deceived_second_administrator_makes_no_author_their_own_publisher() {
    let story = Story { is_eve_deceived: true, may_wait: false };
    for start in [council, council_with_draft] {
        let model = explore(story, start, 4);
        assert_eq!(model.published, Vec::<Vec<Act>>::new());
        assert!(model.tried > 1_000, "{}", model.tried);
    }
}

/// The search finds what it looks for: honest people publish.
#[test]
fn author_and_publisher_of_their_own_publish() {
    let mut world = World::new();
    super::write(&mut world, &ed(), "money").unwrap();
    super::submit(&mut world, &ed()).unwrap();
    assert_eq!(super::publish(&mut world, &pat()).unwrap(), 1);
}
