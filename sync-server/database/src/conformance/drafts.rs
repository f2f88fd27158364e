//! Drafts.

use promise_protocol::PackName;

use super::fixture::{id, populate, read, write};
use crate::{Actor, Database, Draft, Submission};

fn draft(council: &str) -> Draft {
    Draft { council: id(council), based_on: None, changed_at: 1, submitted: None, note: None }
}

/// Every field is stored, also those that may be missing.
pub async fn draft_is_read_as_written(database: &Database) {
    populate(database).await;
    let submitted = |by| Some(Submission { by, at: 7 });
    let drafts = [
        draft("barnet"),
        Draft {
            based_on: Some(4),
            changed_at: 5,
            submitted: submitted(Actor::Staff(id("jo"))),
            note: Some("Say more".into()),
            ..draft("barnet")
        },
        Draft { submitted: submitted(Actor::Operator), ..draft("barnet") },
        draft("barnet"),
    ];
    for draft in drafts {
        let written = draft.clone();
        write(database, move |tx| tx.set_draft(&written)).await;
        assert_eq!(read(database, |tx| tx.draft(&id("barnet"))).await, Some(draft));
    }
    assert_eq!(read(database, |tx| tx.draft(&id("camden"))).await, None);
}

/// What a draft holds stays when its state changes.
pub async fn set_draft_keeps_packs_and_authors(database: &Database) {
    populate(database).await;
    write(database, |tx| {
        tx.set_draft(&draft("barnet"))?;
        tx.set_draft_pack(&id("barnet"), PackName::Promise, b"old")?;
        tx.set_draft_pack(&id("barnet"), PackName::Promise, b"new")?;
        tx.add_draft_author(&id("barnet"), &Actor::Staff(id("jo")))?;
        tx.set_draft(&Draft { changed_at: 9, ..draft("barnet") })
    })
    .await;
    let packs = read(database, |tx| {
        Ok((
            tx.draft_pack(&id("barnet"), PackName::Promise)?,
            tx.draft_pack(&id("barnet"), PackName::Directory)?,
            tx.draft_authors(&id("barnet"))?.len(),
        ))
    });
    assert_eq!(packs.await, (Some(b"new".to_vec()), None, 1));
}

/// An author is listed once, the operator first.
pub async fn authors_are_listed_once(database: &Database) {
    populate(database).await;
    let authors = [Actor::Operator, Actor::Staff(id("jo")), Actor::Staff(id("kit"))];
    let [operator, jo, kit] = authors.clone();
    write(database, move |tx| {
        tx.set_draft(&draft("barnet"))?;
        [&kit, &jo, &kit, &operator]
            .into_iter()
            .try_for_each(|author| tx.add_draft_author(&id("barnet"), author))
    })
    .await;
    assert_eq!(read(database, |tx| tx.draft_authors(&id("barnet"))).await, authors);
    assert_eq!(read(database, |tx| tx.draft_authors(&id("camden"))).await, []);
}

/// A deleted draft takes its packs and authors with it, and no other council's.
pub async fn deleted_draft_leaves_nothing(database: &Database) {
    populate(database).await;
    write(database, |tx| {
        for council in ["camden", "barnet"] {
            tx.set_draft(&draft(council))?;
            tx.set_draft_pack(&id(council), PackName::Promise, b"{}")?;
            tx.add_draft_author(&id(council), &Actor::Operator)?;
        }
        Ok(())
    })
    .await;
    assert_eq!(read(database, |tx| tx.councils_with_draft()).await, ["barnet", "camden"]);
    write(database, |tx| tx.delete_draft(&id("barnet"))).await;
    assert_eq!(read(database, |tx| tx.councils_with_draft()).await, ["camden"]);
    write(database, |tx| tx.set_draft(&draft("barnet"))).await;
    let left = read(database, |tx| {
        let [barnet, camden] = ["barnet", "camden"].map(|council| {
            let pack = tx.draft_pack(&id(council), PackName::Promise)?;
            Ok::<_, crate::DatabaseError>((pack.is_some(), tx.draft_authors(&id(council))?.len()))
        });
        Ok((barnet?, camden?))
    });
    assert_eq!(left.await, ((false, 0), (true, 1)));
}
