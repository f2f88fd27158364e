//! Cards of an uploaded file as the page shows them.

use promise_protocol::values::PhoneNumber;
use promise_services::{
    address_book::import::{CardProblem, CardRemark, ImportedCard},
    cards::CardId,
};

use crate::{
    features::cards::card_path,
    kit::{format, words},
};

/// A card that can be added.
pub(super) struct NewRow {
    pub(super) position: u32,
    pub(super) is_ticked: bool,
    pub(super) name: String,
    /// What they are, and where they work.
    pub(super) what: String,
    /// Numbers, the e-mail address, and what to know before it is added.
    pub(super) details: Vec<String>,
}

impl NewRow {
    pub(super) fn new(card: &ImportedCard, similar: &[String], is_ticked: bool) -> Self {
        let mut details = format::phones(&card.phones);
        details.extend(Some(card.email.clone()).filter(|email| !email.is_empty()));
        details.extend(card.phones.iter().filter_map(format::call_cost));
        let texts = [("cards-similar", similar), ("cards-left-out", card.left_out.as_slice())];
        let texts = texts.into_iter().filter(|(_, list)| !list.is_empty());
        details.extend(texts.map(|(key, list)| words::with(key, "list", &list.join(", "))));
        details.extend(card.remarks.iter().map(|remark| words::t(remark_key(*remark))));
        let parts = [&card.role, &card.organisation, &card.team];
        let parts: Vec<&str> =
            parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        Self {
            position: card.position,
            is_ticked,
            name: card.name.clone(),
            what: parts.join(", "),
            details,
        }
    }
}

/// A card that is not added.
pub(super) struct OtherRow {
    /// The page of the entry that is the same, or an empty text.
    pub(super) href: String,
    pub(super) name: String,
    pub(super) text: String,
}

impl OtherRow {
    /// A card of which an entry is in the book.
    pub(super) fn in_book(card: &ImportedCard, entry: &CardId, more: &[PhoneNumber]) -> Self {
        Self { href: card_path(entry), ..Self::twice(card, more) }
    }

    /// A card of which an earlier one is in the file.
    pub(super) fn twice(card: &ImportedCard, more: &[PhoneNumber]) -> Self {
        let numbers = format::phones(more).join(", ");
        let text = words::with("cards-more-numbers", "list", &numbers);
        let text = if more.is_empty() { String::new() } else { text };
        Self { href: String::new(), name: card.name.clone(), text }
    }

    /// A card that cannot be added.
    pub(super) fn unusable(card: &ImportedCard, problem: CardProblem) -> Self {
        let position = usize::try_from(card.position).unwrap_or_default();
        let name = if card.name.is_empty() {
            words::count("cards-position", position)
        } else {
            card.name.clone()
        };
        Self { href: String::new(), name, text: words::t(problem_key(problem)) }
    }
}

fn remark_key(remark: CardRemark) -> &'static str {
    match remark {
        CardRemark::Shortened => "cards-shortened",
        CardRemark::UncertainText => "cards-uncertain",
        CardRemark::UnreadableLine => "cards-unreadable-line",
        CardRemark::NoteLeftOut => "cards-note-left-out",
    }
}

fn problem_key(problem: CardProblem) -> &'static str {
    match problem {
        CardProblem::NoName => "cards-no-name",
        CardProblem::Unfinished => "cards-unfinished",
        CardProblem::NoWayToReach => "cards-no-way",
    }
}
