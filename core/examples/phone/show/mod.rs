//! What each command shows.

pub(crate) mod appointments;
pub(crate) mod asks;
pub(crate) mod found;
pub(crate) mod looked;
pub(crate) mod opportunities;
pub(crate) mod people;
pub(crate) mod promise;
pub(crate) mod status;

use promise_protocol::pack::Localised;

use crate::{
    Outcome,
    doing::Desk,
    names::{Kind, Named},
};

/// Everything about one thing.
pub(crate) fn one(desk: &mut Desk<'_>, typed: &str) -> Outcome {
    let Named { kind, id, .. } = desk.names.find(typed, &[])?;
    match kind {
        Kind::Pledge => promise::one(desk, &id),
        Kind::Opportunity => opportunities::one(desk, &id),
        Kind::Contact => people::one(desk, &id),
        Kind::OwnContact => people::one_own(desk, &id),
        Kind::Line => people::one_line(desk, &id),
        Kind::Ask => asks::one(desk, &id),
        Kind::Appointment => appointments::one(desk, &id),
    }
}

fn english(text: &Localised) -> &str {
    promise_core::promise::in_language(text, &["en"])
}
