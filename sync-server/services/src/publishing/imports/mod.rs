//! Importing a sheet of opportunities into the draft.
//!
//! The editor first sees what the sheet would change, and exactly that is applied. The sheet is
//! stored in between, so that it is uploaded once, and its invalid rows can be corrected here.

mod apply;
mod plan;
mod stored;
#[cfg(test)]
mod tests;

use super::drafts::{self, DraftRefusal};
use crate::{Entity, Permission, ServiceError, StaffScope};
use promise_database::{ImportKind, PendingImport, Tx};
use promise_edition::{Issue, Sheet, SheetRow, Texts};

pub use apply::{Applied, Missing, apply};
pub use plan::{AddedRow, ChangedRow, InvalidRow, Plan, PossibleDuplicate};

/// How long a sheet is stored, in milliseconds.
pub const RETENTION_MILLIS: i64 = 12 * 60 * 60 * 1000;

/// The largest upload, in bytes.
pub const MAX_BYTES: usize = 4 << 20;

/// Stores a sheet in place of the editor's last one.
pub fn store(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    sheet: &Sheet,
    now_millis: i64,
) -> Result<(), ServiceError> {
    scope.permit(Permission::Edit)?;
    let import = PendingImport {
        council: scope.require_council()?.clone(),
        actor: scope.actor(),
        kind: ImportKind::Opportunities,
        made_at: now_millis,
        content: stored::to_json(sheet),
    };
    Ok(tx.set_import(&import)?)
}

/// Discards the editor's sheet.
pub fn discard(tx: &mut dyn Tx, scope: &StaffScope) -> Result<(), ServiceError> {
    scope.permit(Permission::Edit)?;
    let (council, kind) = (scope.require_council()?, ImportKind::Opportunities);
    Ok(tx.delete_import(council, &scope.actor(), kind)?)
}

/// Returns when the editor's sheet was uploaded, in milliseconds since 1970; `None` if there is none.
pub fn uploaded_at(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    now_millis: i64,
) -> Result<Option<i64>, ServiceError> {
    Ok(load(tx, scope, now_millis)?.map(|(import, _)| import.made_at))
}

/// Returns what the editor's sheet would change; `None` if there is none, or if it has expired.
pub fn plan(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    now_millis: i64,
) -> Result<Option<Plan>, ServiceError> {
    let Some((_, sheet)) = load(tx, scope, now_millis)? else { return Ok(None) };
    let draft = drafts::load(tx, scope)?;
    Ok(Some(Plan::new(&sheet, &draft)))
}

/// Finds an invalid row of the editor's sheet by its line.
pub fn find_invalid_row(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    line: usize,
    now_millis: i64,
) -> Result<InvalidRow, ServiceError> {
    let plan = plan(tx, scope, now_millis)?.ok_or(ServiceError::NotFound(Entity::Upload))?;
    let row = plan.invalid.into_iter().find(|row| row.line == line);
    row.ok_or(ServiceError::NotFound(Entity::ImportRow))
}

/// Finds an invalid row of the editor's sheet by its fingerprint.
///
/// [`DraftRefusal::ChangedSinceRead`]: the sheet has no such row any more.
pub fn find_unchanged_row(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    fingerprint: &str,
    now_millis: i64,
) -> Result<InvalidRow, ServiceError> {
    let plan = plan(tx, scope, now_millis)?.ok_or(ServiceError::NotFound(Entity::Upload))?;
    let row = plan.invalid.into_iter().find(|row| row.fingerprint() == fingerprint);
    row.ok_or_else(|| DraftRefusal::ChangedSinceRead.into())
}

/// Replaces texts of a row of the editor's sheet. Returns the issues of the row; if there are any,
/// nothing is saved. `fingerprint` is that of the row as the form showed it: the sheet may have been
/// uploaded again since, with other rows in its lines.
///
/// [`DraftRefusal::ChangedSinceRead`]: the sheet has no such row any more.
pub fn correct_row(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    fingerprint: &str,
    texts: &Texts,
    now_millis: i64,
) -> Result<Vec<Issue>, ServiceError> {
    scope.permit(Permission::Edit)?;
    let stored = load(tx, scope, now_millis)?;
    let (import, mut sheet) = stored.ok_or(ServiceError::NotFound(Entity::Upload))?;
    let is_same = |row: &&mut SheetRow| drafts::fingerprint(&row.texts) == fingerprint;
    let row = sheet.rows.iter_mut().find(is_same);
    let row = row.ok_or(DraftRefusal::ChangedSinceRead)?;
    let line = row.number;
    let mut corrected = row.texts.clone();
    corrected.extend(texts.iter().map(|(column, text)| (*column, text.clone())));
    *row = SheetRow { number: line, texts: corrected, issues: Vec::new() };
    let draft = drafts::load(tx, scope)?;
    let plan = Plan::new(&sheet, &draft);
    if let Some(invalid) = plan.invalid.into_iter().find(|row| row.line == line) {
        return Ok(invalid.issues);
    }
    tx.set_import(&PendingImport { content: stored::to_json(&sheet), ..import })?;
    Ok(Vec::new())
}

fn load(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    now_millis: i64,
) -> Result<Option<(PendingImport, Sheet)>, ServiceError> {
    scope.permit(Permission::Edit)?;
    let (council, kind) = (scope.require_council()?, ImportKind::Opportunities);
    let import = tx.import(council, &scope.actor(), kind)?;
    let is_current = |import: &PendingImport| import.made_at > now_millis - RETENTION_MILLIS;
    let Some(import) = import.filter(is_current) else { return Ok(None) };
    let sheet = stored::from_json(&import.content)?;
    Ok(Some((import, sheet)))
}
