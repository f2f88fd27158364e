//! Names that can be typed: long ones are cut to what tells them apart.

use promise_core::{Error, Phone, opportunities::Filter};

/// A name this long is typed as it is.
const SHORT: usize = 20;
/// No name is cut to fewer letters.
const LEAST: usize = 5;

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Pledge,
    Opportunity,
    Contact,
    Line,
    Ask,
    Appointment,
}

/// Every name on the phone.
pub(crate) struct Names(Vec<(Kind, String)>);

impl Names {
    pub(crate) fn on(phone: &Phone) -> Result<Self, Error> {
        let mut names = Vec::new();
        let mut add = |kind, ids: Vec<String>| names.extend(ids.into_iter().map(|id| (kind, id)));
        if let Some(promise) = phone.promise()? {
            let pledges = promise.chapters.into_iter().flat_map(|chapter| chapter.pledges);
            add(Kind::Pledge, pledges.map(|marked| marked.pledge.id).collect());
        }
        let all = Filter { closed_too: true, ..Filter::default() };
        let listed = phone.opportunities(&all)?;
        add(Kind::Opportunity, listed.into_iter().map(|listed| listed.opportunity.id).collect());
        add(Kind::Contact, phone.contacts()?.into_iter().map(|contact| contact.id).collect());
        add(Kind::Line, phone.directory()?.lines.0.into_iter().map(|line| line.id).collect());
        add(Kind::Ask, phone.asks()?.into_iter().map(|ask| ask.id).collect());
        add(
            Kind::Appointment,
            phone.appointments()?.into_iter().map(|meeting| meeting.id).collect(),
        );
        Ok(Self(names))
    }

    /// What to type for a name.
    pub(crate) fn short<'a>(&self, id: &'a str) -> &'a str {
        let is_random = id.len() == 13 && id.bytes().any(|byte| byte.is_ascii_digit());
        if id.len() <= SHORT && !is_random {
            return id;
        }
        let tells_apart = |start: &&str| {
            self.0.iter().filter(|(_, other)| other.starts_with(*start)).count() <= 1
        };
        let mut starts = (LEAST..id.len()).filter_map(|end| id.get(..end));
        starts.find(tells_apart).unwrap_or(id)
    }

    /// The thing that was meant: of this exact name, or the only one that starts so.
    pub(crate) fn find(&self, typed: &str, kinds: &[Kind]) -> Result<(Kind, &str), String> {
        let typed = typed.trim().to_lowercase();
        let of_kind = || self.0.iter().filter(|(kind, _)| kinds.is_empty() || kinds.contains(kind));
        if let Some((kind, id)) = of_kind().find(|(_, id)| *id == typed) {
            return Ok((*kind, id));
        }
        let mut found = of_kind().filter(|(_, id)| id.starts_with(&typed));
        match (found.next(), found.next()) {
            (Some((kind, id)), None) => Ok((*kind, id)),
            (Some((_, one)), Some((_, two))) => Err(format!(
                "More than one name starts with that: {one} and {two}. Type more of it."
            )),
            (None, _) => Err(format!("There is nothing called \"{typed}\" here.")),
        }
    }

    pub(crate) fn find_id(&self, typed: &str, kind: Kind) -> Result<&str, String> {
        self.find(typed, &[kind]).map(|(_, id)| id)
    }
}
