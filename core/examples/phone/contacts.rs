//! Adding contacts, and what is put beside them.

use clap::Args;
use promise_core::{ContactEdit, NumberOwner, OwnContactEdit, PromiseError};
use promise_protocol::{
    phone_number,
    values::{PhoneKind, PhoneNumber},
};

use crate::{
    Outcome,
    lookup::{Index, Kind, Named},
    session::Session,
};

#[derive(Args)]
pub(crate) struct Add {
    /// Their name
    #[arg(required = true)]
    name: Vec<String>,
    /// A number, such as "07700 900123". Again for another one
    #[arg(long)]
    phone: Vec<String>,
    /// What they are to you, such as "Friend"
    #[arg(long)]
    role: Option<String>,
    /// Where they work
    #[arg(long)]
    works_for: Option<String>,
    /// Their email address
    #[arg(long)]
    email: Option<String>,
    /// A note to yourself
    #[arg(long)]
    note: Option<String>,
    /// You know what calls to the number cost
    #[arg(long)]
    cost_confirmed: bool,
}

/// What to put beside a contact.
pub(crate) enum Mark {
    Pin(bool),
    Hide,
    Discreet(bool),
    Note(String),
}

impl Session<'_> {
    pub(crate) fn add(&mut self, add: Add) -> Outcome {
        let name = add.name.join(" ");
        let contact = OwnContactEdit {
            display_name: Some(name.clone()),
            role: add.role,
            organisation: add.works_for,
            phones: Some(add.phone.into_iter().map(number).collect()),
            email: add.email,
            note: add.note,
            cost_confirmed: add.cost_confirmed,
            ..OwnContactEdit::default()
        };
        self.phone.own_contacts().add(contact).map_err(|error| match error {
            PromiseError::Invalid { field } if field == "display_name" => {
                "Write their name too.".into()
            }
            error @ PromiseError::CostlyPhoneNumber { .. } => {
                format!("{error} To save it, write --cost-confirmed at the end.").into()
            }
            error => Box::<dyn std::error::Error>::from(error),
        })?;
        self.screen.text(&format!("{name} is with your people now. Only you can see it."));
        Ok(())
    }

    pub(crate) fn remove(&mut self, id: &str) -> Outcome {
        let Named { id, title, .. } = self.index.find(id, &[Kind::OwnContact])?;
        self.phone.own_contacts().delete(&id.into())?;
        self.screen.text(&format!("{} is not on this phone any more.", title.trim()));
        Ok(())
    }

    pub(crate) fn mark_contact(&mut self, id: &str, mark: Mark) -> Outcome {
        let person = self.index.find(id, &[Kind::Contact, Kind::OwnContact])?;
        let name = person.title.trim();
        let words = match &mark {
            Mark::Pin(true) => format!("{name} comes first now."),
            Mark::Pin(false) => format!("{name} is back among the others."),
            Mark::Hide => {
                format!("{name} is hidden. To see them again, type unhide and their name.")
            }
            Mark::Discreet(true) => format!("{name} does not show while this phone is locked."),
            Mark::Discreet(false) => format!("{name} shows while this phone is locked too."),
            Mark::Note(note) if note.is_empty() => format!("There is no note about {name} now."),
            Mark::Note(_) => format!("Your note about {name} is saved. Only you can see it."),
        };
        let mut edit = ContactEdit::default();
        match mark {
            Mark::Pin(pinned) => edit.pinned = Some(pinned),
            Mark::Hide => edit.hidden = Some(true),
            Mark::Discreet(discreet) => edit.discreet = Some(discreet),
            Mark::Note(note) => edit.note = Some(note),
        }
        self.write(&person, edit)?;
        self.screen.text(&words);
        Ok(())
    }

    /// Records that the person has seen the new numbers of a contact or line.
    pub(crate) fn numbers_seen(&mut self, id: &str) -> Outcome {
        let Named { id, title, kind } = self.index.find(id, &[Kind::Contact, Kind::Line])?;
        let owner = match kind {
            Kind::Line => NumberOwner::Line { id: id.clone() },
            _ => NumberOwner::Contact { id: id.as_str().into() },
        };
        self.phone.mark_numbers_seen(&owner)?;
        self.screen.text(&format!("The new number of {} is not marked any more.", title.trim()));
        Ok(())
    }

    /// Without an id, lists the contacts that the person hides.
    pub(crate) fn unhide(&mut self, id: Option<&str>) -> Outcome {
        let hidden = Index::hidden(self.phone)?;
        let Some(id) = id else {
            let names: Vec<&str> = hidden.titles().collect();
            let words = if names.is_empty() {
                "You hide nobody.".to_owned()
            } else {
                format!("You hide: {}.", names.join(", "))
            };
            self.screen.text(&words);
            return Ok(());
        };
        let person = hidden.find(id, &[])?;
        self.write(&person, ContactEdit { hidden: Some(false), ..ContactEdit::default() })?;
        self.screen.text(&format!("{} is not hidden any more.", person.title.trim()));
        Ok(())
    }

    fn write(&self, person: &Named, edit: ContactEdit) -> Outcome {
        if person.kind == Kind::Contact {
            return Ok(self.phone.contacts().edit(&person.id.as_str().into(), edit)?);
        }
        let ContactEdit { pinned, hidden, discreet, note, .. } = edit;
        let edit = OwnContactEdit { pinned, hidden, discreet, note, ..OwnContactEdit::default() };
        Ok(self.phone.own_contacts().edit(&person.id.as_str().into(), edit)?)
    }
}

/// A typed number with its most likely kind. The core parses it again, and reports what is wrong.
fn number(typed: String) -> PhoneNumber {
    let kind = phone_number::parse(&typed)
        .map_or(PhoneKind::Landline, |typed| PhoneKind::guess(&typed.number));
    PhoneNumber { number: typed, kind, ext: None, prefer: false, unknown: serde_json::Map::new() }
}
