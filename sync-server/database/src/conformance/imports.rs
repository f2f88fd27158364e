//! Uploaded files.

use super::fixture::{id, populate, read, write};
use crate::{Actor, Database, DatabaseError, ImportKind, PendingImport};

const SHEET: ImportKind = ImportKind::Opportunities;

fn import(actor: &Actor, made_at: i64) -> PendingImport {
    PendingImport {
        council: id("barnet"),
        actor: actor.clone(),
        kind: SHEET,
        made_at,
        content: format!("{{\"made_at\": {made_at}}}"),
    }
}

/// Each staff member has one file of a kind, and so has the operator.
pub async fn import_is_kept_per_staff_member_and_kind(database: &Database) {
    populate(database).await;
    let actors = [Actor::Operator, Actor::Staff(id("jo")), Actor::Staff(id("kit"))];
    let [operator, jo, kit] = actors.clone();
    let cards = |actor: &Actor| PendingImport { kind: ImportKind::Cards, ..import(actor, 5) };
    let imports = [
        import(&operator, 1),
        import(&jo, 2),
        import(&kit, 3),
        import(&jo, 4),
        cards(&jo),
        cards(&kit),
    ];
    let leaver = kit.clone();
    write(database, move |tx| {
        imports.iter().try_for_each(|import| tx.set_import(import))?;
        tx.delete_import(&id("barnet"), &leaver, SHEET)
    })
    .await;
    let found = read(database, move |tx| {
        let keys =
            ImportKind::ALL.into_iter().flat_map(|kind| actors.iter().map(move |it| (it, kind)));
        keys.map(|(actor, kind)| tx.import(&id("barnet"), actor, kind))
            .collect::<Result<Vec<_>, _>>()
    });
    let sheets = [Some(import(&operator, 1)), Some(import(&jo, 4)), None];
    let all = [sheets, [None, Some(cards(&jo)), Some(cards(&kit))]].concat();
    assert_eq!(found.await, all);
    let elsewhere = read(database, move |tx| tx.import(&id("camden"), &operator, SHEET)).await;
    assert_eq!(elsewhere, None);
}

/// Files are deleted by the time of their upload. One of that time stays.
pub async fn imports_before_a_time_are_deleted(database: &Database) {
    populate(database).await;
    let (jo, kit) = (Actor::Staff(id("jo")), Actor::Staff(id("kit")));
    let imports = [import(&jo, 99), import(&kit, 100)];
    write(database, move |tx| {
        imports.iter().try_for_each(|import| tx.set_import(import))?;
        tx.delete_imports_before(100)
    })
    .await;
    let found = read(database, move |tx| {
        let mut is_there = |actor: &Actor| {
            Ok::<_, DatabaseError>(tx.import(&id("barnet"), actor, SHEET)?.is_some())
        };
        Ok((is_there(&jo)?, is_there(&kit)?))
    });
    assert_eq!(found.await, (false, true));
}
