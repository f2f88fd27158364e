//! Adding, moving and removing pledges.

use promise_database::{DatabaseError, Tx};
use promise_edition::{EditionContent, id_from_title};
use promise_protocol::pack::{Localised, Pledge, Promise};
use serde_json::json;

use crate::{
    Entity, ServiceError, StaffScope,
    publishing::{
        drafts::{self, Fields, remove_unchanged},
        promise::{PromiseRecord, english_or},
    },
};

/// Adds a pledge at the end of a section, and returns its id. The id is made of the English title
/// and was never used by a published pledge or one in the draft.
pub fn add_pledge(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    section: &str,
    (title, text): (Localised, Localised),
    now_millis: i64,
) -> Result<String, ServiceError> {
    let published = drafts::load_published(tx, scope)?;
    let content = drafts::load(tx, scope)?.content;
    let is_used = |content: &EditionContent, id: &str| {
        content.promise.pledges.0.iter().any(|pledge| pledge.id == id)
    };
    let id = id_from_title(&english_or(&title, ""), "pledge", |id| {
        is_used(&content, id) || published.as_ref().is_some_and(|content| is_used(content, id))
    });
    let log_name = PromiseRecord::Pledge(id.clone()).log_name();
    drafts::edit(tx, scope, &log_name, now_millis, |promise: &mut Promise| {
        if !promise.sections.iter().any(|other| other.id == section) {
            return Err(ServiceError::NotFound(Entity::Section));
        }
        let pledge = json!({ "id": id, "section": section, "title": title, "text": text });
        let pledge: Pledge =
            serde_json::from_value(pledge).map_err(|_| DatabaseError::Unreadable("pledge"))?;
        promise.pledges.0.push(pledge);
        Ok(id)
    })
}

/// Moves a pledge by one place within its section, and returns the section's id.
pub fn move_pledge(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    id: &str,
    up: bool,
    now_millis: i64,
) -> Result<String, ServiceError> {
    let log_name = PromiseRecord::Pledge(id.to_owned()).log_name();
    drafts::edit(tx, scope, &log_name, now_millis, |promise: &mut Promise| {
        swap_with_neighbour(&mut promise.pledges.0, id, up)
            .ok_or(ServiceError::NotFound(Entity::Pledge))
    })
}

/// Swaps a pledge with the one before or after it in the same section, if there is one. Returns the
/// section's id, or `None` if there is no such pledge.
fn swap_with_neighbour(pledges: &mut [Pledge], id: &str, up: bool) -> Option<String> {
    let index = pledges.iter().position(|pledge| pledge.id == id)?;
    let section = pledges.get(index)?.section.clone();
    let is_neighbour =
        |other: &usize| pledges.get(*other).is_some_and(|pledge| pledge.section == section);
    let other = if up {
        (0..index).rev().find(is_neighbour)
    } else {
        (index + 1..pledges.len()).find(is_neighbour)
    };
    if let Some(other) = other {
        pledges.swap(index, other);
    }
    Some(section)
}

/// Puts a pledge into another section.
pub fn set_section(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    id: &str,
    section: &str,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let record = PromiseRecord::Pledge(id.to_owned());
    drafts::edit(tx, scope, &record.log_name(), now_millis, |promise: &mut Promise| {
        record.apply(promise, &Fields::from([("section".to_owned(), section.into())]))
    })
}

/// Removes a pledge, and returns the id of its section. `read_fingerprint` is the pledge's
/// fingerprint when the caller read it. The errors are those of
/// [`find_unchanged`](drafts::find_unchanged).
pub fn remove_pledge(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    id: &str,
    read_fingerprint: &str,
    now_millis: i64,
) -> Result<String, ServiceError> {
    let log_name = PromiseRecord::Pledge(id.to_owned()).log_name();
    drafts::edit(tx, scope, &log_name, now_millis, |promise: &mut Promise| {
        let pledges = &mut promise.pledges.0;
        let pledge = pledges.iter().find(|pledge| pledge.id == id);
        let section = pledge.map(|pledge| pledge.section.clone()).unwrap_or_default();
        remove_unchanged(pledges, Entity::Pledge, |pledge| pledge.id == id, read_fingerprint)?;
        Ok(section)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moved_pledge_stays_in_its_section() {
        let pledge = |(id, section): (&str, &str)| -> Pledge {
            let pledge = json!({"id": id, "section": section, "title": {}, "text": {}});
            serde_json::from_value(pledge).unwrap()
        };
        let mut pledges: Vec<Pledge> =
            [("a", "x"), ("b", "y"), ("c", "x"), ("d", "x")].map(pledge).into();
        let mut order = |id: &str, up: bool| {
            swap_with_neighbour(&mut pledges, id, up)?;
            Some(pledges.iter().map(|pledge| pledge.id.as_str()).collect::<String>())
        };
        assert_eq!(order("c", true).as_deref(), Some("cbad"));
        assert_eq!(order("c", true).as_deref(), Some("cbad"), "it is the first");
        assert_eq!(order("b", false).as_deref(), Some("cbad"), "it is the only one");
        assert_eq!(order("a", false).as_deref(), Some("cbda"));
        assert_eq!(order("e", false), None);
    }
}
