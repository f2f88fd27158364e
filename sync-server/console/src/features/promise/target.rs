//! What a form about the promise is about: the promise itself, a section or a pledge.

use promise_edition::{RecordKind, fields_of};
use promise_protocol::pack::{Localised, Promise};
use promise_services::{
    ServiceError,
    publishing::drafts::{Fields, apply_fields},
};

/// What a form is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// The promise's own title and first words.
    Promise,
    /// The section of this name.
    Section(String),
    /// The pledge of this name.
    Pledge(String),
}

/// What stands for the promise's own name in an address.
const ITSELF: &str = "itself";

impl Target {
    pub(super) fn of(kind: &str, id: &str) -> Option<Self> {
        match (RecordKind::parse(kind)?, id) {
            (RecordKind::Promise, ITSELF) => Some(Self::Promise),
            (RecordKind::Section, id) => Some(Self::Section(id.to_owned())),
            (RecordKind::Pledge, id) => Some(Self::Pledge(id.to_owned())),
            _ => None,
        }
    }

    /// Its kind and name, as they stand in an address.
    pub(super) fn path(&self) -> String {
        let (kind, id) = match self {
            Self::Promise => (RecordKind::Promise, ITSELF),
            Self::Section(id) => (RecordKind::Section, id.as_str()),
            Self::Pledge(id) => (RecordKind::Pledge, id.as_str()),
        };
        format!("{}/{id}", kind.as_str())
    }

    /// What the log calls it.
    pub(super) fn what(&self) -> String {
        match self {
            Self::Promise => RecordKind::Promise.as_str().to_owned(),
            Self::Section(id) => format!("{} {id}", RecordKind::Section.as_str()),
            Self::Pledge(id) => format!("{} {id}", RecordKind::Pledge.as_str()),
        }
    }

    /// Its own page.
    pub(super) fn home(&self) -> String {
        match self {
            Self::Promise => "/console/promise".to_owned(),
            Self::Section(id) => format!("/console/promise/sections/{id}"),
            Self::Pledge(id) => format!("/console/promise/pledges/{id}"),
        }
    }

    /// Its fields, if it is there.
    pub(super) fn fields(&self, promise: &Promise) -> Option<Fields> {
        match self {
            Self::Promise => {
                let (sections, pledges) = Default::default();
                Some(fields_of(&Promise { sections, pledges, ..promise.clone() }))
            }
            Self::Section(id) => promise.sections.iter().find(|it| it.id == *id).map(fields_of),
            Self::Pledge(id) => promise.pledges.0.iter().find(|it| it.id == *id).map(fields_of),
        }
    }

    /// What people call it, if it is there.
    pub(super) fn name(&self, promise: &Promise) -> Option<String> {
        match self {
            Self::Promise => Some(title(&promise.title, "")),
            Self::Section(id) => {
                promise.sections.iter().find(|it| it.id == *id).map(|it| title(&it.title, id))
            }
            Self::Pledge(id) => {
                promise.pledges.0.iter().find(|it| it.id == *id).map(|it| title(&it.title, id))
            }
        }
    }

    /// Puts fields in place of its own.
    pub(super) fn put(&self, promise: &mut Promise, fields: &Fields) -> Result<(), ServiceError> {
        match self {
            Self::Promise => *promise = apply_fields(promise, fields)?,
            Self::Section(id) => {
                let held = promise.sections.iter_mut().find(|it| it.id == *id);
                let held = held.ok_or(ServiceError::NotFound("section"))?;
                *held = apply_fields(held, fields)?;
            }
            Self::Pledge(id) => {
                let held = promise.pledges.0.iter_mut().find(|it| it.id == *id);
                let held = held.ok_or(ServiceError::NotFound("pledge"))?;
                *held = apply_fields(held, fields)?;
            }
        }
        Ok(())
    }
}

/// A title in English; what stands for it while there is none.
pub(super) fn title(texts: &Localised, otherwise: &str) -> String {
    let english = texts.get("en").filter(|text| !text.is_empty());
    english.map_or_else(|| otherwise.to_owned(), Clone::clone)
}
