//! The directory of the draft: lines that young people can ring, and days on which offices are
//! closed.

mod bank_holidays;
mod cover;

use chrono::NaiveDate;
use promise_protocol::pack::{ClosedDay, Directory, Line};
use serde_json::Map;

use crate::{
    Entity, Existing, Permission, ServiceError, StaffScope,
    publishing::drafts::{self, FieldConflict, Fields, Stage},
};
use promise_database::Tx;
use promise_edition::id_from_title;

pub use bank_holidays::{BankHoliday, bank_holidays};
pub use cover::{Coverage, Gap, coverage};

/// The directory of the draft.
#[derive(Clone, Debug)]
pub struct DirectoryView {
    /// The directory.
    pub directory: Directory,
    /// The stage of the draft.
    pub stage: Stage,
    /// The times at which none of the council's lines is open.
    pub cover: Coverage,
}

/// Loads the directory of the draft of the caller's council.
pub fn load(tx: &mut dyn Tx, scope: &StaffScope) -> Result<DirectoryView, ServiceError> {
    let work = drafts::load(tx, scope)?;
    let directory = work.content.directory;
    let cover = coverage(&directory.lines.0, &work.council.name);
    Ok(DirectoryView { directory, stage: work.stage, cover })
}

/// Adds a line after all others, and returns its id.
pub fn add_line(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    fields: &Fields,
    now_millis: i64,
) -> Result<String, ServiceError> {
    scope.permit(Permission::Edit)?;
    let published = drafts::load_published(tx, scope)?.map(|it| it.directory).unwrap_or_default();
    let held = drafts::load(tx, scope)?.content.directory;
    let is_taken = |id: &str| [&published, &held].iter().any(|it| find(it, id).is_some());
    let name = fields.get("display_name.en").and_then(|name| name.as_str()).unwrap_or_default();
    let id = id_from_title(name, "line", is_taken);
    let line = drafts::apply_fields(&empty_line(&id), fields)?;
    let what = format!("line {id} added");
    drafts::edit(tx, scope, &what, now_millis, |directory: &mut Directory| {
        directory.lines.0.push(line);
        Ok(())
    })?;
    Ok(id)
}

fn empty_line(id: &str) -> Line {
    Line {
        id: id.to_owned(),
        role: String::new(),
        display_name: [].into(),
        organisation: None,
        phones: Vec::new(),
        email: None,
        hours: Vec::new(),
        on_closed_days: promise_protocol::pack::ClosedDays::default(),
        about: [].into(),
        languages: Vec::new(),
        unknown: Map::new(),
    }
}

fn find<'a>(directory: &'a Directory, id: &str) -> Option<&'a Line> {
    directory.lines.0.iter().find(|line| line.id == id)
}

fn find_mut<'a>(directory: &'a mut Directory, id: &str) -> Result<&'a mut Line, ServiceError> {
    let line = directory.lines.0.iter_mut().find(|line| line.id == id);
    line.ok_or(ServiceError::NotFound(Entity::Line))
}

/// Saves fields of a line. `shown` is what the form showed, `submitted` what came back. Returns the
/// fields that were saved before, and those that a colleague changed too. If there are any, nothing
/// is saved.
pub fn save_line(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    id: &str,
    (shown, submitted): (&Fields, &Fields),
    now_millis: i64,
) -> Result<(Fields, Vec<FieldConflict>), ServiceError> {
    let what = format!("line {id} changed");
    drafts::edit(tx, scope, &what, now_millis, |directory: &mut Directory| {
        let line = find_mut(directory, id)?;
        let saved = drafts::fields_of(line);
        match drafts::merge_fields(shown, &saved, submitted) {
            Ok(fields) => {
                *line = drafts::apply_fields(line, &fields)?;
                Ok((saved, Vec::new()))
            }
            Err(conflicts) => Ok((saved, conflicts)),
        }
    })
}

/// Moves a line up or down by one place.
pub fn move_line(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    id: &str,
    up: bool,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let what = format!("line {id} moved");
    drafts::edit(tx, scope, &what, now_millis, |directory: &mut Directory| {
        let lines = &mut directory.lines.0;
        let at = lines.iter().position(|line| line.id == id);
        let at = at.ok_or(ServiceError::NotFound(Entity::Line))?;
        drafts::move_by_one(lines, at, up);
        Ok(())
    })
}

/// Removes a line. `read_fingerprint` is the line's fingerprint when the caller read it. The errors
/// are those of [`find_unchanged`](drafts::find_unchanged).
pub fn remove_line(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    id: &str,
    read_fingerprint: &str,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let what = format!("line {id} removed");
    drafts::edit(tx, scope, &what, now_millis, |directory: &mut Directory| {
        let lines = &mut directory.lines.0;
        drafts::remove_unchanged(lines, Entity::Line, |line| line.id == id, read_fingerprint)
    })
}

/// Adds closed days. Does not change days that are closed already. Returns how many are new.
pub fn add_days(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    days: &[(NaiveDate, String)],
    now_millis: i64,
) -> Result<usize, ServiceError> {
    let names: Vec<String> = days.iter().map(|(date, _)| date.to_string()).collect();
    let what = format!("closed days added: {}", names.join(", "));
    drafts::edit(tx, scope, &what, now_millis, |directory: &mut Directory| {
        let held = &mut directory.closed_days;
        let before = held.len();
        for (date, name) in days {
            if held.iter().all(|day| day.date != *date) {
                held.push(ClosedDay { date: *date, name: name.clone(), unknown: Map::new() });
            }
        }
        held.sort_by_key(|day| day.date);
        Ok(held.len() - before)
    })
}

/// Changes the date and name of a closed day. `read_fingerprint` is the day's fingerprint when the
/// caller read it.
///
/// Returns [`ServiceError::AlreadyExists`] if the other date is closed already, and the errors of
/// [`find_unchanged`](drafts::find_unchanged).
pub fn save_day(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    (date, read_fingerprint): (NaiveDate, &str),
    (new, name): (NaiveDate, &str),
    now_millis: i64,
) -> Result<(), ServiceError> {
    let what = format!("closed day {date} changed");
    drafts::edit(tx, scope, &what, now_millis, |directory: &mut Directory| {
        let days = &mut directory.closed_days;
        if new != date && days.iter().any(|day| day.date == new) {
            return Err(ServiceError::AlreadyExists(Existing::ClosedDay));
        }
        let day = drafts::find_unchanged(
            days,
            Entity::ClosedDay,
            |day| day.date == date,
            read_fingerprint,
        )?;
        day.date = new;
        name.clone_into(&mut day.name);
        days.sort_by_key(|day| day.date);
        Ok(())
    })
}

/// Removes a closed day. `read_fingerprint` is the day's fingerprint when the caller read it. The
/// errors are those of [`find_unchanged`](drafts::find_unchanged).
pub fn remove_day(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    (date, read_fingerprint): (NaiveDate, &str),
    now_millis: i64,
) -> Result<(), ServiceError> {
    let what = format!("closed day {date} removed");
    drafts::edit(tx, scope, &what, now_millis, |directory: &mut Directory| {
        let days = &mut directory.closed_days;
        drafts::remove_unchanged(days, Entity::ClosedDay, |day| day.date == date, read_fingerprint)
    })
}

#[cfg(test)]
mod tests;
