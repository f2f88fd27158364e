//! A sheet of opportunities on its way into the draft: what it would change is looked at first, and
//! exactly that is taken.
//!
//! The sheet is kept here between the two, so nothing is uploaded twice, and a row with a mistake is
//! mended where it stands.

mod kept;
mod plan;
mod take;

use crate::{Permission, ServiceError, StaffScope};
use promise_database::{PendingImport, Tx};
use promise_edition::{Issue, Sheet, SheetRow, Texts};

pub use plan::{AddedRow, ChangedRow, InvalidRow, Plan, PossibleDuplicate};
pub use take::{Applied, Missing, apply};

/// How long an upload is kept, in milliseconds.
pub const RETENTION_MILLIS: i64 = 12 * 60 * 60 * 1000;

/// The largest upload, in bytes.
pub const MAX_BYTES: usize = 4 << 20;

/// Keeps a sheet in place of the editor's last one.
pub fn store(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    sheet: &Sheet,
    now_millis: i64,
) -> Result<(), ServiceError> {
    scope.permit(Permission::Edit)?;
    let import = PendingImport {
        council: scope.require_council()?.clone(),
        editor: scope.actor(),
        made_at: now_millis,
        sheet: kept::to_json(sheet),
    };
    Ok(tx.set_import(&import)?)
}

/// Throws the editor's sheet away.
pub fn discard(tx: &mut dyn Tx, scope: &StaffScope) -> Result<(), ServiceError> {
    scope.permit(Permission::Edit)?;
    Ok(tx.delete_import(scope.require_council()?, &scope.actor())?)
}

/// When the editor's sheet was uploaded, in milliseconds since 1970; `None` if there is none.
pub fn uploaded_at(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    now_millis: i64,
) -> Result<Option<i64>, ServiceError> {
    Ok(held(tx, scope, now_millis)?.map(|(import, _)| import.made_at))
}

/// What the editor's sheet would change; `None` if there is none, or none any more.
pub fn plan(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    now_millis: i64,
) -> Result<Option<Plan>, ServiceError> {
    let Some((_, upload)) = held(tx, scope, now_millis)? else { return Ok(None) };
    let work = super::drafts::load(tx, scope)?;
    Ok(Some(plan::of(&upload, &work)))
}

/// A row of the editor's sheet with what is wrong in it.
pub fn find_invalid_row(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    line: usize,
    now_millis: i64,
) -> Result<InvalidRow, ServiceError> {
    let plan = plan(tx, scope, now_millis)?.ok_or(ServiceError::NotFound("upload"))?;
    let row = plan.wrong.into_iter().find(|row| row.line == line);
    row.ok_or(ServiceError::NotFound("row"))
}

/// Puts other texts into a row of the editor's sheet. If they are wrong they are not kept, and what
/// is wrong is answered.
pub fn correct_row(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    line: usize,
    texts: &Texts,
    now_millis: i64,
) -> Result<Vec<Issue>, ServiceError> {
    scope.permit(Permission::Edit)?;
    let held = held(tx, scope, now_millis)?;
    let (import, mut sheet) = held.ok_or(ServiceError::NotFound("upload"))?;
    let row = sheet.rows.iter_mut().find(|row| row.number == line);
    let row = row.ok_or(ServiceError::NotFound("row"))?;
    let mut mended = row.texts.clone();
    mended.extend(texts.iter().map(|(column, text)| (*column, text.clone())));
    *row = SheetRow { number: line, texts: mended, issues: Vec::new() };
    let work = super::drafts::load(tx, scope)?;
    let plan = plan::of(&sheet, &work);
    if let Some(still) = plan.wrong.into_iter().find(|row| row.line == line) {
        return Ok(still.issues);
    }
    tx.set_import(&PendingImport { sheet: kept::to_json(&sheet), ..import })?;
    Ok(Vec::new())
}

fn held(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    now_millis: i64,
) -> Result<Option<(PendingImport, Sheet)>, ServiceError> {
    scope.permit(Permission::Edit)?;
    let import = tx.import(scope.require_council()?, &scope.actor())?;
    let Some(import) = import.filter(|it| it.made_at > now_millis - RETENTION_MILLIS) else {
        return Ok(None);
    };
    let upload = kept::from_json(&import.sheet)?;
    Ok(Some((import, upload)))
}

#[cfg(test)]
mod tests;
