//! Changing one opportunity of the draft.

use promise_protocol::pack::{Opportunities, Opportunity, OpportunityStatus};
use serde_json::Value;

use crate::{
    Permission, ServiceError, StaffScope,
    publishing::drafts::{self, FieldConflict, Fields},
};
use promise_database::Tx;
use promise_edition::{
    Issue, IssueKind, TextOrigin, Texts, id_from_title,
    opportunities::{apply_texts, column, to_texts},
};

/// What became of a form.
#[derive(Debug)]
pub enum SaveOutcome {
    /// It is in the draft.
    Saved,
    /// The form has issues.
    Invalid(Vec<Issue>),
    /// Somebody else changed the same meanwhile: what it says now, and where both changed it. Where
    /// it is stands under [`PLACES`].
    Conflicting(Texts, Vec<FieldConflict>),
}

/// Adds an opportunity, and returns its id. An opportunity without an id gets one from its title.
pub fn add(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    texts: &Texts,
    now_millis: i64,
) -> Result<Result<String, Vec<Issue>>, ServiceError> {
    scope.permit(Permission::Edit)?;
    let work = drafts::load(tx, scope)?;
    let published =
        drafts::load_published(tx, scope)?.map(|it| it.opportunities).unwrap_or_default();
    let tables = [&work.content.opportunities.opportunities.0, &published.opportunities.0];
    let is_taken = |id: &str| tables.iter().any(|table| table.iter().any(|it| it.id == id));
    let mut texts = texts.clone();
    let typed = texts.get("ref").cloned().unwrap_or_default();
    if typed.is_empty() {
        let title = texts.get("title").map_or("", String::as_str);
        texts.insert("ref", id_from_title(title, "opportunity", is_taken));
    }
    let new = match apply_texts(None, &texts, TextOrigin::Form) {
        Ok(new) if is_taken(&new.id) => {
            return Ok(Err(vec![Issue::in_field("ref", IssueKind::IdTaken, &typed)]));
        }
        Ok(new) => new,
        Err(issues) => return Ok(Err(issues)),
    };
    let id = new.id.clone();
    let what = format!("opportunity {id} added");
    drafts::edit(tx, scope, &what, now_millis, |pack: &mut Opportunities| {
        pack.opportunities.0.push(new);
        Ok(())
    })?;
    Ok(Ok(id))
}

/// Saves some columns of an opportunity. `was` is what the form showed, `mine` what came back.
pub fn save(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    id: &str,
    (was, mine): (&Texts, &Texts),
    now_millis: i64,
) -> Result<SaveOutcome, ServiceError> {
    let what = format!("opportunity {id} changed");
    drafts::edit(tx, scope, &what, now_millis, |pack: &mut Opportunities| {
        let now = find(pack, id)?;
        let written = match apply_texts(Some(now), mine, TextOrigin::Form) {
            Ok(new) => to_texts(&new),
            Err(issues) => return Ok(SaveOutcome::Invalid(issues)),
        };
        // As it would be written, so that another spelling of the same is no change.
        let mine = as_fields(&mine.keys().map(|it| (*it, text(&written, it))).collect());
        let merged =
            drafts::merge_fields(&as_fields(was), &as_fields(&to_texts(now)), &mine, &[].into());
        let chosen = match merged {
            Ok(chosen) => as_texts(&chosen),
            Err(clashes) => return Ok(SaveOutcome::Conflicting(to_texts(now), clashes)),
        };
        match apply_texts(Some(now), &chosen, TextOrigin::Form) {
            Ok(new) => *now = new,
            // Each is right, and both together are not: ages or days out of order.
            Err(issues) => return Ok(SaveOutcome::Invalid(issues)),
        }
        Ok(SaveOutcome::Saved)
    })
}

fn text(texts: &Texts, column: &str) -> String {
    texts.get(column).cloned().unwrap_or_default()
}

/// What two columns are called that belong together: somebody chooses between both at once.
pub const PLACES: &str = "places";
/// What stands between the two.
pub const PLACE_SEPARATOR: char = '\u{1f}';

fn as_fields(texts: &Texts) -> Fields {
    let mut fields = Fields::new();
    for (column, text) in
        texts.iter().filter(|(column, _)| !matches!(**column, "area" | "postcode"))
    {
        fields.insert((*column).to_owned(), Value::from(text.clone()));
    }
    if texts.contains_key("area") || texts.contains_key("postcode") {
        let both = format!("{}{PLACE_SEPARATOR}{}", text(texts, "area"), text(texts, "postcode"));
        fields.insert(PLACES.to_owned(), Value::from(both));
    }
    fields
}

fn as_texts(fields: &Fields) -> Texts {
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

/// Closes an opportunity, opens it again, or says that it is full.
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
    let what = format!("opportunity {id} {done}");
    drafts::edit(tx, scope, &what, now_millis, |pack: &mut Opportunities| {
        find(pack, id)?.status = status;
        Ok(())
    })
}

/// Removes an opportunity. `print` is its fingerprint when whoever removes it looked at it.
///
/// [`DraftRefusal::ChangedSinceRead`](crate::publishing::drafts::DraftRefusal::ChangedSinceRead): it was changed meanwhile.
pub fn remove(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    id: &str,
    print: &str,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let what = format!("opportunity {id} removed");
    drafts::edit(tx, scope, &what, now_millis, |pack: &mut Opportunities| {
        let table = &mut pack.opportunities.0;
        drafts::remove_unchanged(table, "opportunity", |it| it.id == id, print)
    })
}

/// Puts back what the draft removed, as it is published and where it stood.
pub fn restore(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    id: &str,
    now_millis: i64,
) -> Result<(), ServiceError> {
    scope.permit(Permission::Edit)?;
    let published = drafts::load_published(tx, scope)?.map(|it| it.opportunities.opportunities.0);
    let published = published.unwrap_or_default();
    let unknown = ServiceError::NotFound("opportunity");
    let at = published.iter().position(|it| it.id == id).ok_or(unknown)?;
    let what = format!("opportunity {id} put back");
    drafts::edit(tx, scope, &what, now_millis, |pack: &mut Opportunities| {
        let table = &mut pack.opportunities.0;
        if table.iter().any(|it| it.id == id) {
            return Err(ServiceError::AlreadyExists("opportunity"));
        }
        let Some(old) = published.get(at) else { return Ok(()) };
        let mut before = published.iter().take(at).rev();
        let place = before.find_map(|it| table.iter().position(|here| here.id == it.id));
        table.insert(place.map_or(0, |place| place + 1), old.clone());
        Ok(())
    })
}

fn find<'a>(pack: &'a mut Opportunities, id: &str) -> Result<&'a mut Opportunity, ServiceError> {
    let found = pack.opportunities.0.iter_mut().find(|it| it.id == id);
    found.ok_or(ServiceError::NotFound("opportunity"))
}
