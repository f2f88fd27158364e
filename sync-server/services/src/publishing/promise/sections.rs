//! Adding, moving and removing sections.

use promise_database::Tx;
use promise_edition::{EditionContent, id_from_title};
use promise_protocol::pack::{Localised, Promise, PromiseSection};
use serde_json::Map;

use crate::{
    Entity, ServiceError, StaffScope,
    error::DraftRefusal,
    publishing::{
        drafts::{self, fingerprint, move_by_one},
        promise::{PromiseRecord, english_or},
    },
};

/// Adds a section at the end, and returns its id. The id is made of the English title and was never
/// used by a published section or one in the draft.
pub fn add_section(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    title: Localised,
    intro: Localised,
    now_millis: i64,
) -> Result<String, ServiceError> {
    let published = drafts::load_published(tx, scope)?;
    let content = drafts::load(tx, scope)?.content;
    let is_used = |content: &EditionContent, id: &str| {
        content.promise.sections.iter().any(|section| section.id == id)
    };
    let id = id_from_title(&english_or(&title, ""), "section", |id| {
        is_used(&content, id) || published.as_ref().is_some_and(|content| is_used(content, id))
    });
    let section =
        PromiseSection { id: id.clone(), title, intro, picture: None, unknown: Map::new() };
    let log_name = PromiseRecord::Section(id.clone()).log_name();
    drafts::edit(tx, scope, &log_name, now_millis, |promise: &mut Promise| {
        promise.sections.push(section);
        Ok(id)
    })
}

/// Moves a section by one place.
pub fn move_section(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    id: &str,
    up: bool,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let log_name = PromiseRecord::Section(id.to_owned()).log_name();
    drafts::edit(tx, scope, &log_name, now_millis, |promise: &mut Promise| {
        let sections = &mut promise.sections;
        let index = sections.iter().position(|section| section.id == id);
        let index = index.ok_or(ServiceError::NotFound(Entity::Section))?;
        move_by_one(sections, index, up);
        Ok(())
    })
}

/// Returns a fingerprint of a section and its pledges.
pub fn section_fingerprint(promise: &Promise, id: &str) -> String {
    let section = promise.sections.iter().find(|section| section.id == id);
    let pledges: Vec<_> = promise.pledges.0.iter().filter(|pledge| pledge.section == id).collect();
    fingerprint(&(section, pledges))
}

/// Removes a section with its pledges.
///
/// Returns [`DraftRefusal::ChangedSinceRead`] if they do not have the fingerprint
/// `read_fingerprint`.
pub fn remove_section(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    id: &str,
    read_fingerprint: &str,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let log_name = PromiseRecord::Section(id.to_owned()).log_name();
    drafts::edit(tx, scope, &log_name, now_millis, |promise: &mut Promise| {
        if !promise.sections.iter().any(|section| section.id == id) {
            return Err(ServiceError::NotFound(Entity::Section));
        }
        if section_fingerprint(promise, id) != read_fingerprint {
            return Err(DraftRefusal::ChangedSinceRead.into());
        }
        promise.sections.retain(|section| section.id != id);
        promise.pledges.0.retain(|pledge| pledge.section != id);
        Ok(())
    })
}
