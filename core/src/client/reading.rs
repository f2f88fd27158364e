//! Reading: all of it from this phone, with no connection.

use promise_protocol::pack::Directory;

use super::{PocketPhone, PromiseError};
use crate::{
    access::{self, AccessEntry},
    asks::{self, Appointment, Ask},
    contacts::{self, Contact},
    opportunities::{self, ListedOpportunity, OpportunityFilter},
    promise::{self, PromiseByChapter},
    store::SearchResult,
};

/// How many results a search gives.
const MOST_FOUND: usize = 50;

impl PocketPhone {
    /// The promise by section; `None` until the first sync.
    pub fn promise(&self) -> Result<Option<PromiseByChapter>, PromiseError> {
        self.transact(promise::by_chapter)
    }

    /// The directory: lines anyone can ring, and the days on which offices are closed.
    pub fn directory(&self) -> Result<Directory, PromiseError> {
        self.transact(promise::directory)
    }

    /// The people who help, those to show first in front. Hidden ones are left out.
    pub fn contacts(&self) -> Result<Vec<Contact>, PromiseError> {
        let mut contacts = self.transact(contacts::list)?;
        contacts.retain(|contact| !contact.hidden);
        Ok(contacts)
    }

    /// The contacts the young person hides.
    pub fn hidden_contacts(&self) -> Result<Vec<Contact>, PromiseError> {
        let mut contacts = self.transact(contacts::list)?;
        contacts.retain(|contact| contact.hidden);
        Ok(contacts)
    }

    /// The opportunities a filter shows, what closes soonest first.
    pub fn opportunities(
        &self,
        filter: &OpportunityFilter,
    ) -> Result<Vec<ListedOpportunity>, PromiseError> {
        let now = self.clock.now();
        self.transact(|tx| opportunities::list(tx, filter, now))
    }

    /// Every ask, newest first.
    pub fn asks(&self) -> Result<Vec<Ask>, PromiseError> {
        self.transact(asks::asks)
    }

    /// Every appointment, soonest first.
    pub fn appointments(&self) -> Result<Vec<Appointment>, PromiseError> {
        self.transact(asks::appointments)
    }

    /// Who looked at what the council holds about the person, and who did what, newest first: as
    /// the council's server tells it, for the last 13 months.
    pub fn access_log(&self) -> Result<Vec<AccessEntry>, PromiseError> {
        self.transact(access::log)
    }

    /// Pledges, opportunities, contacts (the council's and own) and lines that have all of these words, best first. The
    /// last word may be unfinished. What was searched for is written nowhere.
    pub fn search(&self, words: &str) -> Result<Vec<SearchResult>, PromiseError> {
        self.transact(|tx| tx.search(words, MOST_FOUND))
    }
}
