//! Reading: all of it from this phone, with no connection.

use promise_core::{
    PhoneStatus, PicturesState, PromiseError,
    access::AccessEntry,
    asks::{Appointment, Ask},
    contacts::Contact,
    opportunities::{ListedOpportunity, OpportunityFilter},
    promise::PromiseByChapter,
    store::SearchResult,
};
use promise_protocol::pack::Directory;

use crate::{guard::guard, phone::PocketPhone};

#[uniffi::export]
impl PocketPhone {
    /// How things stand.
    pub fn status(&self) -> Result<PhoneStatus, PromiseError> {
        guard(|| self.0.status())
    }

    /// The council's name in words; nothing if the phone is not paired.
    pub fn council(&self) -> Result<Option<String>, PromiseError> {
        guard(|| self.0.council())
    }

    /// The promise by section; nothing until the first sync.
    pub fn promise(&self) -> Result<Option<PromiseByChapter>, PromiseError> {
        guard(|| self.0.promise())
    }

    /// The lines anyone can ring, and the days on which offices are closed.
    pub fn directory(&self) -> Result<Directory, PromiseError> {
        guard(|| self.0.directory())
    }

    /// The people who help, those to show first in front. Hidden ones are left out.
    pub fn contacts(&self) -> Result<Vec<Contact>, PromiseError> {
        guard(|| self.0.contacts())
    }

    /// The contacts the young person hides.
    pub fn hidden_contacts(&self) -> Result<Vec<Contact>, PromiseError> {
        guard(|| self.0.hidden_contacts())
    }

    /// The opportunities a filter shows, what closes soonest first.
    pub fn opportunities(
        &self,
        filter: OpportunityFilter,
    ) -> Result<Vec<ListedOpportunity>, PromiseError> {
        guard(|| self.0.opportunities(&filter))
    }

    /// Every ask, newest first.
    pub fn asks(&self) -> Result<Vec<Ask>, PromiseError> {
        guard(|| self.0.asks())
    }

    /// Every appointment, soonest first.
    pub fn appointments(&self) -> Result<Vec<Appointment>, PromiseError> {
        guard(|| self.0.appointments())
    }

    /// Who looked at what the council holds about the person, and who did what, newest first: for
    /// the last 13 months.
    pub fn access_log(&self) -> Result<Vec<AccessEntry>, PromiseError> {
        guard(|| self.0.access_log())
    }

    /// A picture's bytes, by the hash that a section or pledge names; nothing if it is not here, or
    /// not yet.
    pub fn picture(&self, hash: String) -> Result<Option<Vec<u8>>, PromiseError> {
        guard(|| self.0.picture(&hash))
    }

    /// Which pictures are here.
    pub fn pictures(&self) -> Result<PicturesState, PromiseError> {
        guard(|| self.0.pictures())
    }

    /// Says whether pictures come after each sync, which they do until this says otherwise.
    pub fn set_pictures_with_sync(&self, with_sync: bool) -> Result<(), PromiseError> {
        guard(|| self.0.set_pictures_with_sync(with_sync))
    }

    /// Pledges, opportunities, contacts and lines that have all of these words, best first. The
    /// last word may be unfinished. What was searched for is written nowhere.
    pub fn search(&self, words: String) -> Result<Vec<SearchResult>, PromiseError> {
        guard(|| self.0.search(&words))
    }
}
