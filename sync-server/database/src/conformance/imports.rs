//! Uploaded sheets.

use super::fixture::{id, populate, read, write};
use crate::{Actor, Database, PendingImport};

fn import(editor: &Actor, made_at: i64) -> PendingImport {
    PendingImport {
        council: id("barnet"),
        editor: editor.clone(),
        made_at,
        sheet: format!("{{\"made_at\": {made_at}}}"),
    }
}

/// Each editor has one sheet, and so has the operator.
pub async fn import_is_kept_per_editor(database: &Database) {
    populate(database).await;
    let editors = [Actor::Operator, Actor::Staff(id("jo")), Actor::Staff(id("kit"))];
    let [operator, jo, kit] = editors.clone();
    let imports = [import(&operator, 1), import(&jo, 2), import(&kit, 3), import(&jo, 4)];
    write(database, move |tx| {
        imports.iter().try_for_each(|import| tx.set_import(import))?;
        tx.delete_import(&id("barnet"), &kit)
    })
    .await;
    let found = read(database, move |tx| {
        editors.iter().map(|editor| tx.import(&id("barnet"), editor)).collect::<Result<Vec<_>, _>>()
    });
    assert_eq!(found.await, [Some(import(&operator, 1)), Some(import(&jo, 4)), None]);
    let elsewhere = read(database, move |tx| tx.import(&id("camden"), &operator)).await;
    assert_eq!(elsewhere, None);
}

/// Sheets are deleted by the time of their upload. One of that time stays.
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
        Ok((tx.import(&id("barnet"), &jo)?.is_some(), tx.import(&id("barnet"), &kit)?.is_some()))
    });
    assert_eq!(found.await, (false, true));
}
