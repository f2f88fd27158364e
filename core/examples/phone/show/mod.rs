//! What each command prints.

pub(crate) mod access_log;
pub(crate) mod appointments;
pub(crate) mod asks;
pub(crate) mod news;
pub(crate) mod opportunities;
pub(crate) mod people;
pub(crate) mod phones;
pub(crate) mod promise;
pub(crate) mod reminders;
pub(crate) mod ring_now;
pub(crate) mod search;
pub(crate) mod status;
pub(crate) mod timescales;

use promise_protocol::pack::{Localised, in_language};

use crate::{
    Outcome,
    lookup::{Kind, Named},
    session::Session,
};

/// All details of one record.
pub(crate) fn one(session: &mut Session<'_>, typed: &str) -> Outcome {
    let Named { kind, id, .. } = session.index.find(typed, &[])?;
    match kind {
        Kind::Pledge => promise::one(session, &id),
        Kind::Opportunity => opportunities::one(session, &id),
        Kind::Contact => people::one(session, &id),
        Kind::OwnContact => people::one_own(session, &id),
        Kind::Line => people::one_line(session, &id),
        Kind::Ask => asks::one(session, &id),
        Kind::Appointment => appointments::one(session, &id),
    }
}

fn english(text: &Localised) -> &str {
    in_language(text, &["en"]).map_or("", |(_, text)| text)
}
