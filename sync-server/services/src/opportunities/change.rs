//! Changing one opportunity of the draft.

use promise_protocol::pack::{Opportunities, Opportunity, OpportunityStatus};
use serde_json::Value;

use crate::{
    Entity, Existing, Permission, ServiceError, StaffScope,
    publishing::drafts::{self, FieldConflict, Fields},
};
use promise_database::Tx;
use promise_edition::{
    Issue, IssueKind, TextOrigin, Texts, id_from_title,
    opportunities::{apply_texts, column, to_texts},
};

/// The result of saving a form.
#[derive(Debug)]
pub enum SaveOutcome {
    /// The form is in the draft.
    Saved,
    /// The form has issues.
    Invalid(Vec<Issue>),
    /// Another editor changed the same column meanwhile.
    Conflicting {
        /// The opportunity as it is now.
        current: Texts,
        /// The columns that both changed. Places and postcodes count as one, under [`PLACES`].
        conflicts: Vec<FieldConflict>,
    },
}

/// Adds an opportunity. Returns its id, or the issues of the texts. Without a `ref`, the id is made
/// from the title.
pub fn add(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    texts: &Texts,
    now_millis: i64,
) -> Result<Result<String, Vec<Issue>>, ServiceError> {
    scope.permit(Permission::Edit)?;
    let draft = drafts::load(tx, scope)?;
    let published = drafts::load_published(tx, scope)?;
    let published = published.map(|content| content.opportunities).unwrap_or_default();
    let tables = [&draft.content.opportunities.opportunities.0, &published.opportunities.0];
    let is_taken = |id: &str| tables.iter().any(|table| table.iter().any(|other| other.id == id));
    let mut texts = texts.clone();
    let typed_id = texts.get("ref").cloned().unwrap_or_default();
    if typed_id.is_empty() {
        let title = texts.get("title").map_or("", String::as_str);
        texts.insert("ref", id_from_title(title, "opportunity", is_taken));
    }
    let new = match apply_texts(None, &texts, TextOrigin::Form) {
        Ok(new) if is_taken(&new.id) => {
            return Ok(Err(vec![Issue::in_field("ref", IssueKind::IdTaken, &typed_id)]));
        }
        Ok(new) => new,
        Err(issues) => return Ok(Err(issues)),
    };
    let id = new.id.clone();
    let detail = format!("opportunity {id} added");
    drafts::edit(tx, scope, &detail, now_millis, |pack: &mut Opportunities| {
        pack.opportunities.0.push(new);
        Ok(())
    })?;
    Ok(Ok(id))
}

/// Saves some columns of an opportunity. `was` holds them as the form showed them, `mine` as it was
/// sent.
pub fn save(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    id: &str,
    (was, mine): (&Texts, &Texts),
    now_millis: i64,
) -> Result<SaveOutcome, ServiceError> {
    let detail = format!("opportunity {id} changed");
    drafts::edit(tx, scope, &detail, now_millis, |pack: &mut Opportunities| {
        let opportunity = find(pack, id)?;
        let normalised = match apply_texts(Some(opportunity), mine, TextOrigin::Form) {
            Ok(new) => to_texts(&new),
            Err(issues) => return Ok(SaveOutcome::Invalid(issues)),
        };
        // Another spelling of the same value is not a change.
        let mine = mine.keys().map(|column| (*column, text(&normalised, column))).collect();
        let current = to_texts(opportunity);
        let (was, mine) = (to_fields(was), to_fields(&mine));
        let merged = match drafts::merge_fields(&was, &to_fields(&current), &mine) {
            Ok(merged) => from_fields(&merged),
            Err(conflicts) => return Ok(SaveOutcome::Conflicting { current, conflicts }),
        };
        match apply_texts(Some(opportunity), &merged, TextOrigin::Form) {
            Ok(new) => *opportunity = new,
            // Two valid changes can be invalid together, for example ages out of order.
            Err(issues) => return Ok(SaveOutcome::Invalid(issues)),
        }
        Ok(SaveOutcome::Saved)
    })
}

fn text(texts: &Texts, column: &str) -> String {
    texts.get(column).cloned().unwrap_or_default()
}

/// The field that stands for the columns `area` and `postcode`, which belong together: an editor
/// chooses between both at once.
pub const PLACES: &str = "places";

/// The separator of the two columns in the value of [`PLACES`].
pub const PLACE_SEPARATOR: char = '\u{1f}';

fn to_fields(texts: &Texts) -> Fields {
    let is_place = |column: &str| matches!(column, "area" | "postcode");
    let mut fields: Fields = texts
        .iter()
        .filter(|(column, _)| !is_place(column))
        .map(|(column, text)| ((*column).to_owned(), Value::from(text.clone())))
        .collect();
    if texts.keys().any(|column| is_place(column)) {
        let both = format!("{}{PLACE_SEPARATOR}{}", text(texts, "area"), text(texts, "postcode"));
        fields.insert(PLACES.to_owned(), Value::from(both));
    }
    fields
}

fn from_fields(fields: &Fields) -> Texts {
    let mut texts = Texts::new();
    for (name, value) in fields {
        let text = value.as_str().unwrap_or_default();
        match (column(name), text.split_once(PLACE_SEPARATOR)) {
            (Some(column), _) => drop(texts.insert(column, text.to_owned())),
            (None, Some((area, postcode))) => {
                texts.insert("area", area.to_owned());
                texts.insert("postcode", postcode.to_owned());
            }
            (None, None) => {}
        }
    }
    texts
}

/// Sets the status of an opportunity.
pub fn set_status(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    id: &str,
    status: OpportunityStatus,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let done = match status {
        OpportunityStatus::Open => "opened",
        OpportunityStatus::Paused => "paused",
        OpportunityStatus::Closed => "closed",
    };
    let detail = format!("opportunity {id} {done}");
    drafts::edit(tx, scope, &detail, now_millis, |pack: &mut Opportunities| {
        find(pack, id)?.status = status;
        Ok(())
    })
}

/// Removes an opportunity. `fingerprint` is that of the opportunity as the confirmation showed it.
///
/// [`DraftRefusal::ChangedSinceRead`](drafts::DraftRefusal::ChangedSinceRead): it has changed since.
pub fn remove(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    id: &str,
    fingerprint: &str,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let detail = format!("opportunity {id} removed");
    drafts::edit(tx, scope, &detail, now_millis, |pack: &mut Opportunities| {
        let table = &mut pack.opportunities.0;
        drafts::remove_unchanged(table, Entity::Opportunity, |other| other.id == id, fingerprint)
    })
}

/// Restores an opportunity that the draft removes, as it is published and at its old place.
pub fn restore(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    id: &str,
    now_millis: i64,
) -> Result<(), ServiceError> {
    scope.permit(Permission::Edit)?;
    let published = drafts::load_published(tx, scope)?;
    let published =
        published.map(|content| content.opportunities.opportunities.0).unwrap_or_default();
    let index = published.iter().position(|opportunity| opportunity.id == id);
    let (before, after) =
        published.split_at(index.ok_or(ServiceError::NotFound(Entity::Opportunity))?);
    let detail = format!("opportunity {id} put back");
    drafts::edit(tx, scope, &detail, now_millis, |pack: &mut Opportunities| {
        let table = &mut pack.opportunities.0;
        let position = |id: &str| table.iter().position(|opportunity| opportunity.id == id);
        if position(id).is_some() {
            return Err(ServiceError::AlreadyExists(Existing::Opportunity));
        }
        let previous = before.iter().rev().find_map(|opportunity| position(&opportunity.id));
        let index = previous.map_or(0, |previous| previous + 1);
        if let Some(restored) = after.first() {
            table.insert(index, restored.clone());
        }
        Ok(())
    })
}

fn find<'a>(pack: &'a mut Opportunities, id: &str) -> Result<&'a mut Opportunity, ServiceError> {
    let found = pack.opportunities.0.iter_mut().find(|opportunity| opportunity.id == id);
    found.ok_or(ServiceError::NotFound(Entity::Opportunity))
}
