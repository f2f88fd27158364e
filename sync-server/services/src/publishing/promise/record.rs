//! One record of the promise: the promise itself, a section or a pledge.

use promise_database::Tx;
use promise_edition::{RecordKind, fields_of};
use promise_protocol::pack::{Localised, Picture, Promise};

use crate::{
    Entity, ServiceError, StaffScope,
    publishing::drafts::{self, FieldConflict, Fields, apply_fields, merge_fields},
};

/// A record of the promise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PromiseRecord {
    /// The promise's own title and intro.
    Promise,
    /// The section with this id.
    Section(String),
    /// The pledge with this id.
    Pledge(String),
}

impl PromiseRecord {
    /// Returns the record's name in the audit log.
    pub(super) fn log_name(&self) -> String {
        match self {
            Self::Promise => RecordKind::Promise.as_str().to_owned(),
            Self::Section(id) => format!("{} {id}", RecordKind::Section.as_str()),
            Self::Pledge(id) => format!("{} {id}", RecordKind::Pledge.as_str()),
        }
    }

    /// Returns the record's fields, or `None` if there is no such record.
    pub fn fields(&self, promise: &Promise) -> Option<Fields> {
        match self {
            Self::Promise => {
                let (sections, pledges) = Default::default();
                Some(fields_of(&Promise { sections, pledges, ..promise.clone() }))
            }
            Self::Section(id) => {
                promise.sections.iter().find(|section| section.id == *id).map(fields_of)
            }
            Self::Pledge(id) => {
                promise.pledges.0.iter().find(|pledge| pledge.id == *id).map(fields_of)
            }
        }
    }

    /// Returns the record's English title, its id if it has none, or `None` if there is no such
    /// record.
    pub fn title(&self, promise: &Promise) -> Option<String> {
        match self {
            Self::Promise => Some(english_or(&promise.title, "")),
            Self::Section(id) => {
                let section = promise.sections.iter().find(|section| section.id == *id);
                section.map(|section| english_or(&section.title, id))
            }
            Self::Pledge(id) => {
                let pledge = promise.pledges.0.iter().find(|pledge| pledge.id == *id);
                pledge.map(|pledge| english_or(&pledge.title, id))
            }
        }
    }

    /// Returns the record's picture, if it has one.
    pub fn picture<'a>(&self, promise: &'a Promise) -> Option<&'a Picture> {
        match self {
            Self::Promise => None,
            Self::Section(id) => {
                promise.sections.iter().find(|section| section.id == *id)?.picture.as_ref()
            }
            Self::Pledge(id) => {
                promise.pledges.0.iter().find(|pledge| pledge.id == *id)?.picture.as_ref()
            }
        }
    }

    /// Returns the place of the record's picture, or `None` if the record cannot have one.
    pub(super) fn picture_mut<'a>(
        &self,
        promise: &'a mut Promise,
    ) -> Option<&'a mut Option<Picture>> {
        match self {
            Self::Promise => None,
            Self::Section(id) => {
                let mut sections = promise.sections.iter_mut();
                sections.find(|section| section.id == *id).map(|section| &mut section.picture)
            }
            Self::Pledge(id) => {
                let mut pledges = promise.pledges.0.iter_mut();
                pledges.find(|pledge| pledge.id == *id).map(|pledge| &mut pledge.picture)
            }
        }
    }

    /// Replaces fields of the record.
    pub(super) fn apply(&self, promise: &mut Promise, fields: &Fields) -> Result<(), ServiceError> {
        match self {
            Self::Promise => *promise = apply_fields(promise, fields)?,
            Self::Section(id) => {
                let section = promise.sections.iter_mut().find(|section| section.id == *id);
                let section = section.ok_or(ServiceError::NotFound(Entity::Section))?;
                *section = apply_fields(section, fields)?;
            }
            Self::Pledge(id) => {
                let pledge = promise.pledges.0.iter_mut().find(|pledge| pledge.id == *id);
                let pledge = pledge.ok_or(ServiceError::NotFound(Entity::Pledge))?;
                *pledge = apply_fields(pledge, fields)?;
            }
        }
        Ok(())
    }
}

/// Returns the English text, or `fallback` if there is none.
pub fn english_or(texts: &Localised, fallback: &str) -> String {
    let english = texts.get("en").filter(|text| !text.is_empty());
    english.map_or_else(|| fallback.to_owned(), Clone::clone)
}

/// Saves the fields of a form about a record: `shown` is what the form showed, `submitted` what came
/// back. Returns the fields as they were saved before, and those that another editor changed too. If
/// there are any, nothing is saved.
pub fn save_record(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    record: &PromiseRecord,
    (shown, submitted): (&Fields, &Fields),
    now_millis: i64,
) -> Result<(Fields, Vec<FieldConflict>), ServiceError> {
    drafts::edit(tx, scope, &record.log_name(), now_millis, |promise: &mut Promise| {
        let saved = record.fields(promise).ok_or(ServiceError::NotFound(Entity::PromiseRecord))?;
        match merge_fields(shown, &saved, submitted) {
            Ok(fields) => record.apply(promise, &fields).map(|()| (saved, Vec::new())),
            Err(conflicts) => Ok((saved, conflicts)),
        }
    })
}
