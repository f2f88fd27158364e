//! Jobs that write behave as if they ran one after another, however many run at once.

use promise_protocol::{PackName, access::AccessRole};
use serde_json::json;

use super::fixture::{
    card, cell, id, pair, phone, populate, read, run_concurrently, write, write_cell,
};
use crate::{Actor, AuditEntry, Database, DatabaseError, Draft, Invitation, Tx};

/// Enough for jobs to meet, and few enough to be quick.
const JOBS: u64 = 40;

/// Runs `increment` in many jobs at once. All of them succeed.
async fn increment_concurrently(
    database: &Database,
    increment: fn(&mut dyn Tx) -> Result<(), DatabaseError>,
) {
    let results = run_concurrently(JOBS, |_| {
        let database = database.clone();
        async move { database.write(increment).await }
    });
    for result in results.await {
        result.expect("a job that meets another is run again");
    }
}

/// Concurrent read-modify-write of one cell loses no edit and gives each its own revision.
pub async fn concurrent_edits_of_a_cell_lose_nothing(database: &Database) {
    populate(database).await;
    increment_concurrently(database, |tx| {
        tx.person_for_update(&id("ada"))?;
        let old = tx.cell(&id("ada"), &cell("count", 0, 0).key)?;
        let count = old.and_then(|old| old.cell.value.as_i64()).unwrap_or(0);
        write_cell(tx, "ada", &cell("count", count + 1, count)).map(drop)
    })
    .await;
    let (cell, ada) = read(database, |tx| {
        Ok((tx.cell(&id("ada"), &cell("count", 0, 0).key)?, tx.person(&id("ada"))?))
    })
    .await;
    assert_eq!(cell.map(|stored| (stored.cell.value, stored.rev)), Some((json!(JOBS), Some(JOBS))));
    assert_eq!(ada.map(|ada| ada.rev), Some(JOBS));
}

/// Concurrent read-modify-write of one card loses no edit.
pub async fn concurrent_edits_of_a_card_lose_nothing(database: &Database) {
    populate(database).await;
    increment_concurrently(database, |tx| {
        let mut card = tx.staff(&id("jo"))?.map(|staff| staff.card).unwrap_or_default();
        let count = card.value("count").as_u64().unwrap_or(0);
        card.fields.insert("count".into(), json!(count + 1));
        tx.set_card(&id("jo"), &card)
    })
    .await;
    let jo = read(database, |tx| tx.staff(&id("jo"))).await.expect("jo is there");
    assert_eq!(jo.card, card([("display_name", json!("jo")), ("count", json!(JOBS))]));
}

/// Concurrent read-modify-write of one draft loses no edit.
pub async fn concurrent_edits_of_a_draft_lose_nothing(database: &Database) {
    populate(database).await;
    increment_concurrently(database, |tx| {
        let draft = Draft {
            council: id("barnet"),
            based_on: None,
            changed_at: 1,
            submitted: None,
            note: None,
        };
        tx.set_draft(&draft)?;
        let mut bytes = tx.draft_pack(&id("barnet"), PackName::Promise)?.unwrap_or_default();
        bytes.push(b'x');
        tx.set_draft_pack(&id("barnet"), PackName::Promise, &bytes)
    })
    .await;
    let bytes = read(database, |tx| tx.draft_pack(&id("barnet"), PackName::Promise)).await;
    assert_eq!(bytes.map(|bytes| bytes.len() as u64), Some(JOBS));
}

/// Concurrent appends to the audit log keep its numbers dense and its chain intact.
pub async fn concurrent_entries_keep_the_chain_dense(database: &Database) {
    increment_concurrently(database, |tx| {
        let last = tx.last_entry(&id("barnet"))?;
        let entry = AuditEntry {
            council: id("barnet"),
            number: last.as_ref().map_or(0, |last| last.number) + 1,
            at: 1,
            actor: Actor::Operator,
            role: AccessRole::Operator,
            action: "changed".into(),
            person: None,
            detail: String::new(),
            // Stands for a hash that covers the one before.
            hash: last.map_or(Vec::new(), |last| last.number.to_be_bytes().to_vec()),
        };
        tx.add_entry(&entry)
    })
    .await;
    let entries = read(database, |tx| {
        let mut entries = Vec::new();
        tx.visit_entries(&id("barnet"), &mut |entry| {
            entries.push(entry);
            true
        })?;
        Ok(entries)
    })
    .await;
    for (entry, number) in entries.iter().zip(1_u64..) {
        assert_eq!(entry.number, number);
        assert!(number == 1 || entry.hash == (number - 1).to_be_bytes());
    }
    assert_eq!(entries.len() as u64, JOBS);
}

/// Concurrent claims of one invitation have one winner.
pub async fn concurrent_claims_have_one_winner(database: &Database) {
    populate(database).await;
    pair(database, 1, "ada").await;
    let invitation = Invitation {
        id: "ABCD".into(),
        secret_hash: vec![1],
        salt: vec![2],
        person: id("ada"),
        expires_at: 1,
        failed_attempts: 0,
        used_at: None,
        invited_by: Some(phone(1)),
        invited_by_staff: None,
        relinks: None,
        pending: None,
    };
    write(database, move |tx| tx.set_invitation(&invitation)).await;
    let results = run_concurrently(JOBS, |number| {
        let database = database.clone();
        async move {
            let claim = database.write(move |tx| {
                tx.person_for_update(&id("ada"))?;
                let Some(found) = tx.invitation("ABCD")?.filter(|it| it.used_at.is_none()) else {
                    return Ok(false);
                };
                let used_at = i64::try_from(number).ok();
                tx.set_invitation(&Invitation { used_at, ..found })?;
                Ok::<_, DatabaseError>(true)
            });
            claim.await
        }
    });
    let won = results.await.into_iter().filter(|claimed| matches!(claimed, Ok(true)));
    assert_eq!(won.count(), 1);
}
