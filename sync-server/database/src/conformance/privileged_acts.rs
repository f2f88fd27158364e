//! Acts on sign-ins.

use promise_protocol::access::StaffRole;

use super::fixture::{id, populate, read, write};
use crate::{Actor, Database, Decision, PrivilegedAct, PrivilegedActKind, PrivilegedActState};

fn act(name: &str, council: &str, subject: &str, asked_at: i64) -> PrivilegedAct {
    PrivilegedAct {
        id: id(name),
        council: id(council),
        subject: id(subject),
        kind: PrivilegedActKind::Reset,
        role: StaffRole::Publisher,
        role_before: None,
        sign_in_name: subject.into(),
        reason: String::new(),
        asked_by: Actor::Operator,
        asked_at,
        state: PrivilegedActState::Waiting,
        decision: None,
        seen_at: None,
        disputed_at: None,
        review: None,
    }
}

async fn set(database: &Database, act: &PrivilegedAct) {
    let act = act.clone();
    write(database, move |tx| tx.set_privileged_act(&act)).await;
}

async fn find(database: &Database, name: &'static str) -> Option<PrivilegedAct> {
    read(database, move |tx| tx.privileged_act(&id(name))).await
}

/// Every field is stored, in every kind and state, and a later one of the same id replaces what was
/// decided.
pub async fn act_is_read_as_written(database: &Database) {
    populate(database).await;
    let mut asked = act("a", "barnet", "jo", 5);
    for kind in PrivilegedActKind::ALL {
        let other = PrivilegedAct {
            id: id(kind.as_str()),
            kind,
            role_before: Some(StaffRole::Editor),
            reason: "A lost phone".into(),
            asked_by: Actor::Staff(id("kit")),
            ..asked.clone()
        };
        set(database, &other).await;
        assert_eq!(find(database, kind.as_str()).await, Some(other));
    }
    for state in PrivilegedActState::ALL {
        for by in [Actor::Operator, Actor::Staff(id("kit"))] {
            let decision = Some(Decision { by, at: 9 });
            asked = PrivilegedAct {
                state,
                decision: decision.clone(),
                seen_at: Some(10),
                disputed_at: Some(11),
                review: decision,
                ..asked
            };
            set(database, &asked).await;
            assert_eq!(find(database, "a").await, Some(asked.clone()));
        }
    }
    assert_eq!(find(database, "b").await, None);
}

/// Acts are listed for all, for a council and for a staff member, the last one asked for first.
pub async fn acts_are_listed_newest_first(database: &Database) {
    populate(database).await;
    for (name, council, subject, at) in [
        ("c", "barnet", "jo", 1),
        ("a", "barnet", "kit", 2),
        ("b", "barnet", "jo", 2),
        ("d", "camden", "lee", 3),
    ] {
        set(database, &act(name, council, subject, at)).await;
    }
    let names = |acts: Vec<PrivilegedAct>| -> Vec<String> {
        acts.into_iter().map(|act| act.id.into_string()).collect()
    };
    assert_eq!(names(read(database, |tx| tx.privileged_acts()).await), ["a", "b", "c", "d"]);
    let of_barnet = read(database, |tx| tx.privileged_acts_of(&id("barnet"))).await;
    assert_eq!(names(of_barnet), ["a", "b", "c"]);
    let about_jo = read(database, |tx| tx.privileged_acts_about(&id("jo"))).await;
    assert_eq!(names(about_jo), ["b", "c"]);
}

/// Emergencies and disputed acts are open until they were reviewed.
pub async fn open_acts_are_those_without_a_review(database: &Database) {
    populate(database).await;
    let emergency = PrivilegedAct {
        kind: PrivilegedActKind::Emergency,
        state: PrivilegedActState::Done,
        ..act("a", "barnet", "jo", 1)
    };
    let disputed = PrivilegedAct {
        state: PrivilegedActState::Done,
        disputed_at: Some(2),
        ..act("b", "barnet", "jo", 2)
    };
    let other = PrivilegedAct { council: id("camden"), id: id("c"), ..emergency.clone() };
    for act in [&emergency, &disputed, &other, &act("d", "barnet", "jo", 3)] {
        set(database, act).await;
    }
    let open = || read(database, |tx| tx.open_privileged_acts(&id("barnet")));
    assert_eq!(open().await, [disputed.clone(), emergency.clone()]);
    let review = Some(Decision { by: Actor::Operator, at: 9 });
    set(database, &PrivilegedAct { review, ..emergency }).await;
    assert_eq!(open().await, [disputed]);
}
