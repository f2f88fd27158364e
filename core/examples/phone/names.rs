//! Names that can be typed: the start of an id, or a word of what it is called.

use promise_core::{
    PocketPhone, PromiseError, opportunities::OpportunityFilter, promise::in_language,
};
use promise_protocol::pack::Localised;

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
    OwnContact,
    Line,
    Ask,
    Appointment,
}

/// One thing that can be named.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    pub(crate) kind: Kind,
    pub(crate) id: String,
    pub(crate) title: String,
}

/// Everything on the phone that can be named.
pub(crate) struct Names(Vec<Named>);

impl Names {
    pub(crate) fn on(phone: &PocketPhone) -> Result<Self, PromiseError> {
        let mut names = Vec::new();
        let mut add = |kind, id, title| names.push(Named { kind, id, title });
        for chapter in phone.promise()?.into_iter().flat_map(|promise| promise.chapters) {
            for pledge in chapter.pledges.into_iter().map(|marked| marked.pledge) {
                add(Kind::Pledge, pledge.id, english(&pledge.title));
            }
        }
        let all = OpportunityFilter { closed_too: true, ..OpportunityFilter::default() };
        for opportunity in phone.opportunities(&all)?.into_iter().map(|listed| listed.opportunity) {
            add(Kind::Opportunity, opportunity.id, opportunity.title);
        }
        for contact in phone.contacts()? {
            let nickname = contact.nickname.unwrap_or_default();
            add(Kind::Contact, contact.id, format!("{} {nickname}", contact.display_name));
        }
        for contact in phone.own_contacts()? {
            add(Kind::OwnContact, contact.id, contact.display_name);
        }
        for line in phone.directory()?.lines.0 {
            add(Kind::Line, line.id, english(&line.display_name));
        }
        for ask in phone.asks()? {
            add(Kind::Ask, ask.id, ask.text);
        }
        for meeting in phone.appointments()? {
            add(Kind::Appointment, meeting.id, meeting.title);
        }
        Ok(Self(names))
    }

    /// The people the young person hides. They are named nowhere else.
    pub(crate) fn hidden(phone: &PocketPhone) -> Result<Self, PromiseError> {
        let given = phone.hidden_contacts()?.into_iter();
        let given = given.map(|contact| (Kind::Contact, contact.id, contact.display_name));
        let own = phone.hidden_own_contacts()?.into_iter();
        let own = own.map(|contact| (Kind::OwnContact, contact.id, contact.display_name));
        Ok(Self(given.chain(own).map(|(kind, id, title)| Named { kind, id, title }).collect()))
    }

    /// What everything here is called.
    pub(crate) fn titles(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|named| named.title.trim())
    }

    /// What the thing of this id is called.
    pub(crate) fn title(&self, id: &str) -> Option<&str> {
        self.0.iter().find(|named| named.id == id).map(|named| named.title.trim())
    }

    /// What to type for a thing.
    pub(crate) fn short<'a>(&self, id: &'a str) -> &'a str {
        let is_random = id.len() == 13 && id.bytes().any(|byte| byte.is_ascii_digit());
        if id.len() <= SHORT && !is_random {
            return id;
        }
        let tells_apart =
            |start: &&str| self.0.iter().filter(|named| named.id.starts_with(*start)).count() <= 1;
        (LEAST..id.len()).filter_map(|end| id.get(..end)).find(tells_apart).unwrap_or(id)
    }

    /// The thing of one of these kinds that was meant (of any, if there are none): by its id, by
    /// the start of it, or by the start of a word it is called.
    pub(crate) fn find(&self, typed: &str, kinds: &[Kind]) -> Result<Named, String> {
        let typed = typed.trim().to_lowercase();
        let of_kind = || {
            let wanted = |named: &&Named| kinds.is_empty() || kinds.contains(&named.kind);
            self.0.iter().filter(wanted)
        };
        let by_id = of_kind().find(|named| named.id == typed);
        let by_start = || of_kind().filter(|named| named.id.starts_with(&typed)).collect();
        let by_word = || of_kind().filter(|named| is_called(named, &typed)).collect();
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
    in_language(text, &["en"]).to_owned()
}

/// Whether one of its words starts so.
fn is_called(named: &Named, typed: &str) -> bool {
    let title = named.title.to_lowercase();
    title.starts_with(typed) || title.split_whitespace().any(|word| word.starts_with(typed))
}
