//! Finds records by what a person types: the start of an id, or of a word of the title.

use promise_core::{OpportunityFilter, PocketPhone, PromiseError};
use promise_protocol::{
    pack::{Localised, in_language},
    search::Query,
};

/// An id of this length is shown in full.
const MAX_SHORT_ID: usize = 20;
/// No id is shortened below this length.
const MIN_SHORT_ID: usize = 5;

/// The kind of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Pledge,
    Opportunity,
    Contact,
    OwnContact,
    Line,
    Ask,
    Appointment,
}

/// A record that can be found.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    pub(crate) kind: Kind,
    pub(crate) id: String,
    pub(crate) title: String,
}

/// Every record on the phone that can be found.
pub(crate) struct Index(Vec<Named>);

impl Index {
    pub(crate) fn load(phone: &PocketPhone) -> Result<Self, PromiseError> {
        let mut records = Vec::new();
        let mut add = |kind, id, title| records.push(Named { kind, id, title });
        for chapter in phone.promise().read()?.into_iter().flat_map(|promise| promise.chapters) {
            for pledge in chapter.pledges.into_iter().map(|marked| marked.pledge) {
                add(Kind::Pledge, pledge.id, english(&pledge.title));
            }
        }
        let all = OpportunityFilter { closed_too: true, ..OpportunityFilter::default() };
        for opportunity in
            phone.opportunities().list(&all)?.into_iter().map(|listed| listed.opportunity)
        {
            add(Kind::Opportunity, opportunity.id, opportunity.title);
        }
        for contact in phone.contacts().list()? {
            let nickname = contact.nickname.unwrap_or_default();
            add(
                Kind::Contact,
                contact.id.into_string(),
                format!("{} {nickname}", contact.display_name),
            );
        }
        for contact in phone.own_contacts().list()? {
            add(Kind::OwnContact, contact.id.into_string(), contact.display_name);
        }
        for line in phone.promise().directory()?.lines.0 {
            add(Kind::Line, line.id, english(&line.display_name));
        }
        for ask in phone.asks().list()? {
            add(Kind::Ask, ask.id.into_string(), ask.text);
        }
        for meeting in phone.appointments().list()? {
            add(Kind::Appointment, meeting.id.into_string(), meeting.title);
        }
        Ok(Self(records))
    }

    /// The contacts that the person hides. They are in no other index.
    pub(crate) fn hidden(phone: &PocketPhone) -> Result<Self, PromiseError> {
        let given = phone.contacts().list_hidden()?.into_iter();
        let given =
            given.map(|contact| (Kind::Contact, contact.id.into_string(), contact.display_name));
        let own = phone.own_contacts().list_hidden()?.into_iter();
        let own =
            own.map(|contact| (Kind::OwnContact, contact.id.into_string(), contact.display_name));
        Ok(Self(given.chain(own).map(|(kind, id, title)| Named { kind, id, title }).collect()))
    }

    /// The titles of all records.
    pub(crate) fn titles(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|named| named.title.trim())
    }

    /// The title of the record with this id.
    pub(crate) fn title(&self, id: &str) -> Option<&str> {
        self.0.iter().find(|named| named.id == id).map(|named| named.title.trim())
    }

    /// The shortest start of an id that is enough to type.
    pub(crate) fn short<'a>(&self, id: &'a str) -> &'a str {
        let is_random = id.len() == 13 && id.bytes().any(|byte| byte.is_ascii_digit());
        if id.len() <= MAX_SHORT_ID && !is_random {
            return id;
        }
        let is_unique =
            |start: &&str| self.0.iter().filter(|named| named.id.starts_with(*start)).count() <= 1;
        (MIN_SHORT_ID..id.len()).filter_map(|end| id.get(..end)).find(is_unique).unwrap_or(id)
    }

    /// Finds a record of one of these kinds (of any kind, if the list is empty) by its id, by the start
    /// of its id, or by the starts of words of its title, in any spelling.
    pub(crate) fn find(&self, typed: &str, kinds: &[Kind]) -> Result<Named, String> {
        let typed = typed.trim().to_lowercase();
        let of_kind = || {
            let wanted = |named: &&Named| kinds.is_empty() || kinds.contains(&named.kind);
            self.0.iter().filter(wanted)
        };
        let by_id = of_kind().find(|named| named.id == typed);
        let by_start = || of_kind().filter(|named| named.id.starts_with(&typed)).collect();
        let words = Query::of_prefixes(&typed);
        let by_word = || of_kind().filter(|named| words.is_found_in(&named.title)).collect();
        let found: Vec<&Named> = by_id.map_or_else(by_start, |named| vec![named]);
        let found = if found.is_empty() { by_word() } else { found };
        match found.as_slice() {
            _ if typed.is_empty() => Err("Type the name of something.".into()),
            [] => Err(format!("There is nothing called \"{typed}\" here.")),
            [named] => Ok((*named).clone()),
            [one, two, ..] => Err(format!(
                "That could be \"{}\" [{}] or \"{}\" [{}]. Type what stands in the brackets.",
                one.title.trim(),
                self.short(&one.id),
                two.title.trim(),
                self.short(&two.id)
            )),
        }
    }
}

fn english(text: &Localised) -> String {
    in_language(text, &["en"]).map_or("", |(_, text)| text).to_owned()
}
