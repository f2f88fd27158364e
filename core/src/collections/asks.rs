//! Asks: what the young person asks their adviser, and the answers.

use chrono::{DateTime, SecondsFormat, Utc};
use promise_protocol::{AskId, ContactId, OpportunityId, PledgeId, vocabulary::AskStatus};

use super::{Collection, Fields, InvalidEdit, Record, Topic};
use crate::store::{StoreError, Tx};

/// The collection of asks.
pub(crate) const ASK: &str = "ask";

/// A question that the young person asked their adviser.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Ask {
    /// The ask's id.
    pub id: AskId,
    /// What they asked.
    pub text: String,
    /// The pledge it is about.
    pub about_pledge: Option<PledgeId>,
    /// The contact it is about.
    pub about_contact: Option<ContactId>,
    /// The opportunity it is about.
    pub about_opportunity: Option<OpportunityId>,
    /// The private note that they shared with it, as it was then.
    pub shared_note: Option<String>,
    /// When they asked.
    pub asked_at: Option<DateTime<Utc>>,
    /// How far the adviser is with it; `None` until the adviser sets a status.
    pub status: Option<AskStatus>,
    /// The adviser's answer.
    pub reply: Option<String>,
    /// Who answered.
    pub replied_by: Option<String>,
    /// When they answered.
    pub replied_at: Option<DateTime<Utc>>,
}

impl Ask {
    pub(crate) fn from_record(record: &Record) -> Self {
        Self {
            id: AskId::new(record.id.clone()),
            text: record.text_or_empty("text"),
            about_pledge: record.get("about_pledge"),
            about_contact: record.get("about_contact"),
            about_opportunity: record.get("about_opportunity"),
            shared_note: record.text("shown"),
            asked_at: record.get("asked_at"),
            status: record.get("status"),
            reply: record.text("reply"),
            replied_by: record.text("replied_by"),
            replied_at: record.get("replied_at"),
        }
    }
}

/// What an ask is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum AskAbout {
    /// Nothing in particular.
    #[default]
    Anything,
    /// A pledge.
    Pledge(#[cfg_attr(feature = "uniffi", uniffi(name = "id"))] PledgeId),
    /// A contact.
    Contact(#[cfg_attr(feature = "uniffi", uniffi(name = "id"))] ContactId),
    /// An opportunity.
    Opportunity(#[cfg_attr(feature = "uniffi", uniffi(name = "id"))] OpportunityId),
}

/// The fields of a new ask. One without text is invalid: no adviser could answer it.
pub(crate) fn new_ask(
    text: &str,
    about: AskAbout,
    now: DateTime<Utc>,
) -> Result<Fields, InvalidEdit> {
    if text.trim().is_empty() {
        return Err(InvalidEdit::Field("text"));
    }
    let fields = Fields::default()
        .value("text", Some(text))
        .value("asked_at", Some(now.to_rfc3339_opts(SecondsFormat::Secs, true)));
    Ok(match about {
        AskAbout::Anything => fields,
        AskAbout::Pledge(id) => fields.value("about_pledge", Some(id)),
        AskAbout::Contact(id) => fields.value("about_contact", Some(id)),
        AskAbout::Opportunity(id) => fields.value("about_opportunity", Some(id)),
    })
}

/// Adds a copy of a private note to a new ask, for the adviser to read.
pub(crate) fn with_shared_note(ask: Fields, note: String) -> Fields {
    ask.value("shown", Some(note))
}

/// Lists the asks, newest first.
pub(crate) fn list(tx: &mut dyn Tx) -> Result<Vec<Ask>, StoreError> {
    let mut asks: Vec<Ask> = Record::list(tx, ASK)?.iter().map(Ask::from_record).collect();
    asks.sort_by(|a, b| b.asked_at.cmp(&a.asked_at).then_with(|| a.id.cmp(&b.id)));
    Ok(asks)
}

/// What the young person asks their adviser.
pub(crate) struct AskCollection;

impl Collection for AskCollection {
    fn name(&self) -> &'static str {
        ASK
    }

    fn topic(&self) -> Topic {
        Topic::Asks
    }
}
