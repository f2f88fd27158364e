//! A card of a file, as the entry that it would become.

use std::collections::{BTreeMap, BTreeSet};

use promise_edition::email;
use promise_protocol::{
    phone_number,
    schema::{self, MAX_PHONES},
    values::PhoneNumber,
    vcard::{self, Card},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{ServiceError, cards::CardEdit};

/// The most texts of one card that are shown although an entry has no field for them, and the most characters
/// of each.
const MAX_LEFT_OUT: usize = 5;
const MAX_LEFT_OUT_CHARS: usize = 120;

/// A card of a file, cut to what an entry holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportedCard {
    /// Which card of the file it is, counted from 1.
    pub position: u32,
    /// The name. Empty only if the card has none.
    pub name: String,
    /// What they are.
    pub role: String,
    /// Where they work.
    pub organisation: String,
    /// Their team.
    pub team: String,
    /// The telephone numbers, the preferred one first.
    pub phones: Vec<PhoneNumber>,
    /// The e-mail address.
    pub email: String,
    /// The languages, as language tags.
    pub languages: Vec<String>,
    /// Texts for which an entry has no field, such as a second e-mail address.
    pub left_out: Vec<String>,
    /// What to know before it is added, each once.
    pub remarks: Vec<CardRemark>,
    /// Why it cannot be added. `None` if it can.
    pub problem: Option<CardProblem>,
}

/// What to know about a card before it is added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardRemark {
    /// A text is longer than its field, and is cut.
    Shortened,
    /// Letters may be wrong: their encoding is broken, unknown or not given.
    UncertainText,
    /// A line could not be read. The rest was read.
    UnreadableLine,
    /// It has a note, which is left out.
    NoteLeftOut,
}

/// Why a card cannot be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardProblem {
    /// It has no name of any kind.
    NoName,
    /// The file ends within it, so that a number in it may lack digits.
    Unfinished,
    /// It has neither a telephone number nor an e-mail address.
    NoWayToReach,
}

impl ImportedCard {
    /// Fits a card into the fields of an entry.
    pub(super) fn new(position: u32, card: Card) -> Self {
        let mut remarks: BTreeSet<CardRemark> =
            card.remarks.iter().filter_map(|remark| remark_of(*remark)).collect();
        if card.note.is_some() {
            remarks.insert(CardRemark::NoteLeftOut);
        }
        let mut left_out = card.more;
        let mut phones = card.phones;
        for PhoneNumber { number, ext, .. } in phones.drain(phones.len().min(MAX_PHONES)..) {
            left_out.push(phone_number::format_with_extension(&number, ext.as_deref()));
        }
        let address = card.email.unwrap_or_default();
        let email = if email::is_valid(&address) {
            address
        } else {
            left_out.extend(Some(address).filter(|address| !address.is_empty()));
            String::new()
        };
        let problem = match card.problem {
            Some(vcard::CardProblem::NoName) => Some(CardProblem::NoName),
            Some(vcard::CardProblem::Unfinished) => Some(CardProblem::Unfinished),
            None if phones.is_empty() && email.is_empty() => Some(CardProblem::NoWayToReach),
            None => None,
        };
        let mut fit = |field: &str, text: String| {
            let max = schema::CONTACT.field(field).and_then(schema::Field::max_chars);
            let start = start(&text, max.unwrap_or_default());
            if start != text {
                remarks.insert(CardRemark::Shortened);
            }
            start
        };
        let mut parts = card.organisation.into_iter();
        let name = fit("display_name", card.name);
        let role = fit("role", card.role.unwrap_or_default());
        let organisation = fit("organisation", parts.next().unwrap_or_default());
        let team = fit("team", parts.collect::<Vec<_>>().join(", "));
        left_out.truncate(MAX_LEFT_OUT);
        Self {
            position,
            name,
            role,
            organisation,
            team,
            phones,
            email,
            languages: card.languages,
            left_out: left_out.iter().map(|text| start(text, MAX_LEFT_OUT_CHARS)).collect(),
            remarks: remarks.into_iter().collect(),
            problem,
        }
    }

    /// Returns the card of the new entry. What the file does not say stays unset.
    pub(super) fn into_edit(self) -> Result<CardEdit, ServiceError> {
        let texts = [
            ("display_name", self.name),
            ("role", self.role),
            ("organisation", self.organisation),
            ("team", self.team),
            ("email", self.email),
        ];
        let texts = texts.into_iter().filter(|(_, text)| !text.is_empty());
        let mut fields: BTreeMap<String, Value> =
            texts.map(|(field, text)| (field.to_owned(), text.into())).collect();
        if !self.phones.is_empty() {
            fields.insert("phones".to_owned(), json!(self.phones));
        }
        if !self.languages.is_empty() {
            fields.insert("languages".to_owned(), json!(self.languages));
        }
        CardEdit::new(fields)
    }
}

/// Returns the remark of the reader that matters for an entry. What is left out is listed, or is said once for
/// the whole file; what costs extra and who cannot be reached is found again.
fn remark_of(remark: vcard::CardRemark) -> Option<CardRemark> {
    use vcard::CardRemark as Read;
    match remark {
        Read::UncertainText => Some(CardRemark::UncertainText),
        Read::UnreadableLine => Some(CardRemark::UnreadableLine),
        Read::NoWayToReach
        | Read::CostsExtra
        | Read::NumberInNote
        | Read::TextInNote
        | Read::Shortened
        | Read::PictureLeftOut
        | Read::BirthdayLeftOut
        | Read::OtherLeftOut => None,
    }
}

/// Returns as much of a text as `max` characters hold.
fn start(text: &str, max: usize) -> String {
    if text.chars().count() <= max {
        return text.to_owned();
    }
    text.chars().take(max).collect::<String>().trim_end().to_owned()
}
