//! The audit log.

use promise_protocol::access::{AccessRole, StaffRole};

use super::fixture::{id, read, write};
use crate::{Actor, AuditEntry, AuditFilter, Database, DatabaseError};

fn entry(council: &str, number: u64) -> AuditEntry {
    AuditEntry {
        council: id(council),
        number,
        at: i64::try_from(number).unwrap_or(0) * 100,
        actor: Actor::Staff(id("jo")),
        role: StaffRole::Adviser.into(),
        action: "looked".into(),
        person: Some(id("ada")),
        detail: "contact phones email".into(),
        hash: vec![0, 255, 7],
    }
}

async fn add(database: &Database, entries: impl IntoIterator<Item = AuditEntry>) {
    let entries: Vec<_> = entries.into_iter().collect();
    write(database, move |tx| entries.iter().try_for_each(|entry| tx.add_entry(entry))).await;
}

fn numbers(entries: &[AuditEntry]) -> Vec<u64> {
    entries.iter().map(|entry| entry.number).collect()
}

/// Every field is stored, also those that may be missing.
pub async fn entry_is_read_as_written(database: &Database) {
    let by_operator = AuditEntry { actor: Actor::Operator, person: None, ..entry("barnet", 2) };
    let (actor, role) = (Actor::OwnPhone, AccessRole::OwnPhone);
    let by_phone = AuditEntry { actor, role, ..entry("barnet", 3) };
    let all = vec![entry("barnet", 1), by_operator, by_phone.clone()];
    add(database, all.clone()).await;
    let found = read(database, |tx| {
        let all = tx.entries_after(&id("barnet"), &AuditFilter::default(), 0, 10)?;
        Ok((all, tx.last_entry(&id("barnet"))?))
    });
    assert_eq!(found.await, (all, Some(by_phone)));
}

/// An entry cannot replace another.
pub async fn number_is_used_once(database: &Database) {
    add(database, [entry("barnet", 1)]).await;
    let other = AuditEntry { action: "changed".into(), ..entry("barnet", 1) };
    let refused: Result<(), DatabaseError> = database.write(move |tx| tx.add_entry(&other)).await;
    assert!(refused.is_err());
    assert_eq!(read(database, |tx| tx.last_entry(&id("barnet"))).await, Some(entry("barnet", 1)));
}

/// Each council has entries of its own.
pub async fn councils_have_chains_of_their_own(database: &Database) {
    add(database, [entry("barnet", 1), entry("barnet", 2), entry("camden", 1)]).await;
    let last = read(database, |tx| {
        let [barnet, camden, ealing] =
            ["barnet", "camden", "ealing"].map(|it| tx.last_entry(&id(it)));
        Ok([barnet?, camden?, ealing?].map(|entry| entry.map(|entry| entry.number)))
    });
    assert_eq!(last.await, [Some(2), Some(1), None]);
    let filter = AuditFilter::default();
    let camden =
        read(database, move |tx| tx.entries_before(&id("camden"), &filter, None, 10)).await;
    assert_eq!(camden, [entry("camden", 1)]);
}

/// Entries below a number come newest first, up to the limit.
pub async fn entries_before_are_newest_first(database: &Database) {
    add(database, (1..=5).map(|number| entry("barnet", number))).await;
    let pages = read(database, |tx| {
        let mut page = |before, limit| {
            tx.entries_before(&id("barnet"), &AuditFilter::default(), before, limit)
                .map(|entries| numbers(&entries))
        };
        Ok([
            page(None, 2)?,
            page(Some(4), 2)?,
            page(Some(2), 9)?,
            page(Some(1), 9)?,
            page(Some(u64::MAX), usize::MAX)?,
        ])
    });
    let expected = [vec![5, 4], vec![3, 2], vec![1], vec![], vec![5, 4, 3, 2, 1]];
    assert_eq!(pages.await, expected);
}

/// Entries above a number come oldest first, up to the limit.
pub async fn entries_after_are_oldest_first(database: &Database) {
    add(database, (1..=5).map(|number| entry("barnet", number))).await;
    let pages = read(database, |tx| {
        let mut page = |after, limit| {
            tx.entries_after(&id("barnet"), &AuditFilter::default(), after, limit)
                .map(|entries| numbers(&entries))
        };
        Ok([page(0, 2)?, page(2, 9)?, page(5, 9)?, page(u64::MAX, usize::MAX)?])
    });
    assert_eq!(pages.await, [vec![1, 2], vec![3, 4, 5], vec![], vec![]]);
}

/// Each field of a filter narrows the result, in both directions.
pub async fn filter_fields_combine(database: &Database) {
    let entries = [
        entry("barnet", 1),
        AuditEntry { person: Some(id("bea")), ..entry("barnet", 2) },
        AuditEntry { person: None, ..entry("barnet", 3) },
        AuditEntry { actor: Actor::Staff(id("kit")), ..entry("barnet", 4) },
        AuditEntry { actor: Actor::Operator, ..entry("barnet", 5) },
        AuditEntry { action: "changed".into(), ..entry("barnet", 6) },
        entry("barnet", 7),
    ];
    add(database, entries).await;
    let none = AuditFilter::default();
    let (ada, jo, looked) = (Some(id("ada")), Some(id("jo")), Some("looked".to_owned()));
    let cases = [
        (AuditFilter { person: ada.clone(), ..none.clone() }, vec![1, 4, 5, 6, 7]),
        (AuditFilter { staff: jo.clone(), ..none.clone() }, vec![1, 2, 3, 6, 7]),
        (AuditFilter { action: looked.clone(), ..none.clone() }, vec![1, 2, 3, 4, 5, 7]),
        (AuditFilter { from: Some(300), to: Some(600), ..none.clone() }, vec![3, 4, 5]),
        (AuditFilter { person: ada, staff: jo, action: looked, ..none.clone() }, vec![1, 7]),
        (AuditFilter { person: Some(id("nobody")), ..none }, vec![]),
    ];
    for (filter, expected) in cases {
        let wanted = filter.clone();
        let (forward, mut back) = read(database, move |tx| {
            let forward = tx.entries_after(&id("barnet"), &filter, 0, 10)?;
            Ok((numbers(&forward), numbers(&tx.entries_before(&id("barnet"), &filter, None, 10)?)))
        })
        .await;
        back.reverse();
        assert_eq!((&forward, &back), (&expected, &expected), "{wanted:?}");
    }
}

/// A visit starts with the first entry and ends when the visitor returns `false`.
pub async fn visit_ends_when_the_visitor_returns_false(database: &Database) {
    add(database, [2, 1, 3].map(|number| entry("barnet", number))).await;
    let visited = read(database, |tx| {
        let (mut all, mut some) = (Vec::new(), Vec::new());
        tx.visit_entries(&id("barnet"), &mut |entry| {
            all.push(entry.number);
            true
        })?;
        tx.visit_entries(&id("barnet"), &mut |entry| {
            some.push(entry.number);
            entry.number < 2
        })?;
        Ok((all, some))
    });
    assert_eq!(visited.await, (vec![1, 2, 3], vec![1, 2]));
}

/// The last check is the newest entry that records a verification.
pub async fn last_check_is_the_newest_verification(database: &Database) {
    assert_eq!(read(database, |tx| tx.last_check(&id("barnet"))).await, None);
    let check = |number| AuditEntry { action: "verified".into(), ..entry("barnet", number) };
    add(database, [check(1), check(2), entry("barnet", 3)]).await;
    assert_eq!(read(database, |tx| tx.last_check(&id("barnet"))).await, Some(check(2)));
    assert_eq!(read(database, |tx| tx.last_check(&id("camden"))).await, None);
}

/// Unusual access counts each person once for each staff member, within a time and a council.
pub async fn unusual_access_counts_people_of_staff(database: &Database) {
    let mut number = 0;
    let mut viewed = |staff: &str, person: &str, at| {
        number += 1;
        let actor = Actor::Staff(id(staff));
        AuditEntry { actor, person: Some(id(person)), at, ..entry("barnet", number) }
    };
    let mut entries = vec![
        viewed("jo", "ada", 100),
        viewed("jo", "bea", 150),
        viewed("jo", "bea", 199),
        viewed("kit", "ada", 100),
        viewed("kit", "bea", 120),
        viewed("kit", "dan", 130),
        viewed("lou", "ada", 99),
        viewed("lou", "bea", 200),
        viewed("max", "ada", 150),
    ];
    entries.push(AuditEntry { action: "changed".into(), ..viewed("max", "bea", 150) });
    entries.push(AuditEntry { actor: Actor::Operator, ..viewed("", "ada", 150) });
    entries.push(AuditEntry { actor: Actor::Operator, ..viewed("", "bea", 150) });
    entries.push(AuditEntry { council: id("camden"), ..viewed("max", "cem", 150) });
    add(database, entries).await;
    let unusual = read(database, |tx| tx.unusual_access(&id("barnet"), 100, 200, 2)).await;
    assert_eq!(unusual, [(id("kit"), 3), (id("jo"), 2)]);
    assert_eq!(read(database, |tx| tx.unusual_access(&id("barnet"), 100, 200, 4)).await, []);
}
